"""Staff paste a list of proxies: each line is taken, or named with what is wrong with it; secrets stay secret."""

from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from proxies.models import Proxy
from proxies.parsing import parse
from proxies.providers import Caller, provider_of
from proxies.services import add_pasted

READ = [
    ("proxy.example.com:8080", "http://proxy.example.com:8080", "", ""),
    ("10.0.0.1:3128:ada:se:cret", "http://10.0.0.1:3128", "ada", "se:cret"),
    ("socks5h://ada:p%40ss@[2001:db8:0::1]:1080", "socks5://[2001:db8::1]:1080", "ada", "p@ss"),
    ("[::1]:1080:ada:secret", "http://[::1]:1080", "ada", "secret"),
    ("https://a:b@c@PROXY.example:443", "https://proxy.example:443", "a", "b@c"),
    ("http://bücher.example:80", "http://xn--bcher-kva.example:80", "", ""),
]
REFUSED = [
    ("proxy.example.com", "no port"),
    ("proxy.example.com:99999", "not a number from 1 to 65535"),
    ("proxy.example.com:٣", "not a number from 1 to 65535"),
    ("ftp://proxy.example.com:21", "none of http, https and socks5"),
    ("2001:db8::1:8080", "stands in brackets"),
    ("[2001:db8::zz]:80", "looks like an IP address"),
    ("300.1.1.1:80", "looks like an IP address"),
    (":8080", "no host"),
    ("exa_mple.com:80", "not a name that the internet knows"),
    ("a:b@host.example:80:c:d", "names a user twice"),
    ("host.example:80 country=Germany", "not two letters"),
    ("host.example:80 kind=fast", "none of datacenter"),
    ("host.example:80 provider=acme", "none of static, gateway"),
    ("host.example:80 something", "name=value pairs"),
    ("host.example:80 host_per_hour=0", "from 1 to 32767"),
    (f"socks5://{'u' * 256}:p@host.example:80", "at most 255 bytes"),
]


@pytest.mark.parametrize(("line", "url", "user", "password"), READ)
def test_a_line_is_read(line: str, url: str, user: str, password: str) -> None:
    parsed = parse(line)
    assert not parsed.bad
    proxy = parsed.proxies[1]
    assert (proxy.url, proxy.user, proxy.password) == (url, user, password)


@pytest.mark.parametrize(("line", "reason"), REFUSED)
def test_a_bad_line_is_named_without_its_secret(line: str, reason: str) -> None:
    [bad] = parse(f"\n# a comment\n{line}").bad
    assert bad.number == 3
    assert reason in bad.reason


def test_further_columns_are_taken_from_pairs_and_from_csv() -> None:
    [pairs] = parse("h.example:80 country=de kind=isp tags=a;b host_per_hour=7").proxies.values()
    csv = parse('host,port,user,password,country,kind\nh.example,80,ada,"p,w",de,isp\nh.example,80\nx,0,,,,')
    [row] = csv.proxies.values()
    assert (pairs.country, pairs.kind, pairs.tags, pairs.host_per_hour) == ("DE", "isp", ["a", "b"], 7)
    assert (row.country, row.kind, row.user, row.password) == ("DE", "isp", "ada", "p,w")
    assert [(bad.number, bad.reason[:14]) for bad in csv.bad] == [(3, "It has 2 colum"), (4, "Its port is no")]
    assert "no column “speed”" in parse("host,port,speed\na,1,2").bad[0].reason


@pytest.mark.django_db
def test_ten_thousand_lines_are_added_once_and_repeats_are_named() -> None:
    lines = [f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}:8080:user{n}:pass{n}" for n in range(10_000)]
    first = add_pasted("\n".join([*lines, lines[4], "nonsense"]))
    assert (first.count, [bad.number for bad in first.bad]) == (10_000, [10_001, 10_002])
    assert first.bad[0].reason == "It repeats line 5."
    again = add_pasted("\n".join([*lines[:3], "10.0.0.0:8080:other:user"]))
    assert (again.count, [bad.reason for bad in again.bad]) == (1, ["It is in the list already."] * 3)
    assert Proxy.objects.count() == 10_001


@pytest.mark.django_db
def test_user_and_password_are_encrypted_at_rest_and_keys_rotate(settings: Settings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.PROXY_KEYS = [old]
    add_pasted("h.example:80:adas-name:adas-secret")
    with connection.cursor() as cursor:
        cursor.execute("SELECT proxies_proxy::text FROM proxies_proxy")
        [[row]] = cursor.fetchall()
    assert "adas" not in row

    settings.PROXY_KEYS = [new, old]
    call_command("rotate_proxy_keys", verbosity=0)
    settings.PROXY_KEYS = [new]
    proxy = Proxy.objects.get()
    assert (proxy.user, proxy.password) == ("adas-name", "adas-secret")
    assert "adas" not in repr(provider_of(proxy).upstream(proxy, Caller(1)))

    settings.PROXY_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="not in PROXY_KEYS"):
        call_command("rotate_proxy_keys", verbosity=0)


def test_without_keys_of_their_own_they_follow_the_secret_of_the_site(db: None, settings: Settings) -> None:
    settings.PROXY_KEYS = []
    add_pasted("h.example:80:adas-name:adas-secret")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-secret-" * 4, [settings.SECRET_KEY]
    call_command("rotate_proxy_keys", verbosity=0, stdout=StringIO())
    settings.SECRET_KEY_FALLBACKS = []
    assert Proxy.objects.get().password == "adas-secret"
    settings.PROXY_KEYS = [Fernet.generate_key().decode()]
    assert Proxy.objects.get().password == "adas-secret", "keys of their own may come later"


def test_a_gateway_puts_the_persons_session_into_the_user_name() -> None:
    [proxy] = parse("gate.example:7000:acme-cc-{country}-s-{session}:pw provider=gateway country=DE").proxies.values()
    gateway = provider_of(proxy)
    ada = gateway.upstream(proxy, Caller(1))
    assert ada.user.startswith("acme-cc-de-s-")
    assert ada.user == gateway.upstream(proxy, Caller(1)).user
    assert ada.user != gateway.upstream(proxy, Caller(1, session=1)).user
    assert ada.user != gateway.upstream(proxy, Caller(2)).user
    assert ada.password == "pw"
