"""Pasted lists of proxies: each line becomes an entry, or a sentence that says what is wrong with it."""

import csv
import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

import idna

from proxies.models import Proxy
from proxies.providers import PROVIDERS

MOST_LINES = 20_000
SCHEMES = {"http": "http", "https": "https", "socks5": "socks5", "socks5h": "socks5"}
NUMBERS = ("parallel", "host_parallel", "host_per_hour")
EXTRAS = ("country", "provider", "kind", "tags", *NUMBERS)
COLUMNS = ("scheme", "host", "port", "user", "password", *EXTRAS)
ADDRESS = re.compile(r"(\[[^\]]*\]|[^:\[\]]*):([^:]*)(?::(.*))?", re.DOTALL)  # host:port[:user:password]


@dataclass(frozen=True)
class BadLine:
    """A line that was left out. Its text is not repeated: it may hold a password."""

    number: int
    reason: str


@dataclass
class Parsed:
    """Entries by the number of their line, and what could not be read."""

    proxies: dict[int, Proxy] = field(default_factory=dict)
    bad: list[BadLine] = field(default_factory=list)


class Unreadable(ValueError):
    """The text says what is wrong with the line."""


def parse(text: str) -> Parsed:
    """Read pasted lines, or CSV whose first line names its columns. Empty lines and those with # are passed over.

    A line is `[scheme://][user:password@]host:port` or `[scheme://]host:port:user:password`, then perhaps
    `country=DE kind=residential provider=gateway tags=a;b host_per_hour=20`.
    """
    lines = text.splitlines()
    parsed = Parsed()
    if len(lines) > MOST_LINES:
        parsed.bad.append(BadLine(MOST_LINES + 1, f"Only {MOST_LINES:,} lines are taken at a time."))
    rows = _rows(lines[:MOST_LINES])
    seen: dict[str, int] = {}
    for number, given in rows:
        try:
            if isinstance(given, Unreadable):
                raise given
            proxy = _proxy(given)
            if (first := seen.setdefault(proxy.identity, number)) != number:
                raise Unreadable(f"It repeats line {first}.")
            parsed.proxies[number] = proxy
        except Unreadable as error:
            parsed.bad.append(BadLine(number, str(error)))
    return parsed


Row = tuple[int, dict[str, str] | Unreadable]


def _rows(lines: list[str]) -> Iterator[Row]:
    used = [(number, line.strip().lstrip("\ufeff")) for number, line in enumerate(lines, 1)]
    used = [(number, line) for number, line in used if line and not line.startswith("#")]
    header = [name.strip().casefold() for name in used[0][1].split(",")] if used else []
    if {"host", "port"} <= set(header):
        yield from _csv_rows(header, used)
        return
    for number, line in used:
        try:
            yield number, _read_line(line)
        except Unreadable as error:
            yield number, error


def _csv_rows(header: list[str], lines: list[tuple[int, str]]) -> Iterator[Row]:
    if unknown := [name for name in header if name not in COLUMNS]:
        yield lines[0][0], Unreadable(f"There is no column “{unknown[0]}”. Columns are {', '.join(COLUMNS)}.")
        return
    for number, line in lines[1:]:
        cells = next(csv.reader([line]))
        if len(cells) != len(header):
            yield number, Unreadable(f"It has {len(cells)} columns; the first line names {len(header)}.")
        else:
            yield number, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}


def _read_line(line: str) -> dict[str, str]:
    address, *extras = line.split()
    given = dict(_read_extra(extra) for extra in extras)
    scheme, has_scheme, rest = address.rpartition("://")
    given["scheme"] = scheme if has_scheme else "http"
    credentials, at, place = rest.rpartition("@")
    if at:
        user, _, password = credentials.partition(":")
        given |= {"user": unquote(user), "password": unquote(password)}
    if place.count(":") > 1 and not place.startswith("[") and re.fullmatch(r"[0-9a-fA-F:.]+", place):
        raise Unreadable("An IPv6 address stands in brackets: [2001:db8::1]:8080.")
    found = ADDRESS.fullmatch(place)
    if found is None:
        raise Unreadable("It has no port: an address is host:port.")
    given |= {"host": found[1], "port": found[2]}
    if found[3] is not None:
        if at:
            raise Unreadable("It names a user twice, before and after the address.")
        given["user"], _, given["password"] = found[3].partition(":")
    return given


def _read_extra(extra: str) -> tuple[str, str]:
    name, is_pair, value = extra.partition("=")
    if not is_pair or name not in EXTRAS:
        raise Unreadable(f"After the address come name=value pairs of {', '.join(EXTRAS)}.")
    return name, value


def _proxy(given: dict[str, str]) -> Proxy:
    scheme = SCHEMES.get((given.get("scheme") or "http").casefold())
    if scheme is None:
        raise Unreadable("Its scheme is none of http, https and socks5.")
    proxy = Proxy(scheme=scheme, host=clean_host(given["host"]), port=_port(given["port"]))
    user, password = given.get("user", ""), given.get("password", "")
    if password and not user:
        raise Unreadable("It has a password and no user.")
    if scheme == "socks5" and max(len(user.encode()), len(password.encode())) > 255:
        raise Unreadable("SOCKS5 takes users and passwords of at most 255 bytes.")
    proxy.user, proxy.password = user, password
    proxy.country = _country(given.get("country", ""))
    proxy.kind = _choice(given.get("kind", ""), ["", *Proxy.Kind.values], "kind")
    proxy.provider = _choice(given.get("provider") or "static", list(PROVIDERS), "provider")
    proxy.tags = [tag for tag in re.split(r"[;|]", given.get("tags", "")) if tag]
    for name in NUMBERS:
        if given.get(name):
            setattr(proxy, name, _number(given[name], name))
    proxy.identity = proxy.make_identity()
    return proxy


def clean_host(text: str) -> str:
    """Return a host as it is kept: an address in its short form, a name in ASCII (IDNA). Raises Unreadable."""
    host = text.strip().removeprefix("[").removesuffix("]")
    if not host:
        raise Unreadable("It has no host.")
    if ":" in host or re.fullmatch(r"[0-9.]+", host):
        try:
            return ipaddress.ip_address(host).compressed
        except ValueError:
            raise Unreadable("Its host looks like an IP address and is none.") from None
    try:
        return idna.encode(host, uts46=True, std3_rules=True).decode()
    except idna.IDNAError:
        raise Unreadable("Its host is not a name that the internet knows.") from None


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Unreadable("Its port is not a number from 1 to 65535.")
    return int(text)


def _country(text: str) -> str:
    if text and not re.fullmatch(r"[A-Za-z]{2}", text):
        raise Unreadable("Its country is not two letters, like US or DE.")
    return text.upper()


def _choice(text: str, choices: list[str], name: str) -> str:
    if text not in choices:
        raise Unreadable(f"Its {name} is none of {', '.join(filter(None, choices))}.")
    return text


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 32767):
        raise Unreadable(f"{name} is a number from 1 to 32767.")
    return int(text)
