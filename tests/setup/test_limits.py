"""Whoever sends more REST requests than anybody needs is told to wait; nobody else is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from accounts.models import ApiToken, User
from accounts.services import issue_token
from automation.models import Device
from jobswipe import limits
from jobswipe.problems import TooMany

MOST = 3
JOBS, WORK = "/api/v1/jobs/", "/api/v1/devices/me/"
HOME, OFFICE = "8.8.8.8", "9.9.9.9"


@pytest.fixture(autouse=True)
def few(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three requests through, in a minute that does not end."""
    settings.REST_PER_PERSON = settings.REST_PER_DEVICE = settings.REST_PER_ADDRESS = MOST
    settings.PAGES_PER_ADDRESS = MOST
    monkeypatch.setattr(limits, "counts", limits.Counts(lambda: 75.5))


def statuses(client: APIClient, address: str = JOBS, **headers: Any) -> list[int]:
    return [client.get(address, **headers).status_code for _ in range(MOST + 1)]


def test_a_person_is_told_to_wait_and_others_go_on(
    alice: User, bob: User, client_of: Callable[[User], APIClient]
) -> None:
    client = client_of(alice)
    assert statuses(client) == [200] * MOST + [429]
    answer = client.get(JOBS)
    assert (answer["Retry-After"], answer["Content-Type"]) == ("45", "application/problem+json")
    assert (answer.json()["code"], answer.json()["retry_after"]) == ("throttled", 45)
    assert client_of(bob).get(JOBS).status_code == 200


def test_a_device_counts_by_itself(alice: User, client_of: Callable[[User], APIClient]) -> None:
    statuses(client_of(alice))
    token, secret = issue_token(user=alice, name="desk", scope=ApiToken.Scope.DEVICE)
    Device.objects.create(user=alice, name="desk", token=token)
    device = APIClient(HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert statuses(device, WORK) == [200] * MOST + [429]


def test_an_address_is_stopped_before_anybody_is_looked_up(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stranger = APIClient(HTTP_AUTHORIZATION="Bearer guessed")
    assert statuses(stranger, REMOTE_ADDR=HOME) == [401] * MOST + [429]
    with django_assert_num_queries(0):
        answer = stranger.get(JOBS, REMOTE_ADDR=HOME)
    assert (answer["Retry-After"], answer.json()["code"]) == ("45", "throttled")
    assert stranger.get(JOBS, REMOTE_ADDR=OFFICE).status_code == 401


@pytest.mark.parametrize("addresses", [
    [f"2001:4860:4860:0:{n:x}::8888" for n in range(MOST + 1)],  # one network of IPv6
    [*MOST * ["8.8.8.8"], "::ffff:8.8.8.8"],
    [*MOST * ["::ffff:8.8.8.8"], "64:ff9b::808:808"],
])  # fmt: skip
def test_an_address_is_the_same_however_it_is_written(db: None, addresses: list[str]) -> None:
    stranger = APIClient()
    answers = [stranger.get(JOBS, REMOTE_ADDR=address).status_code for address in addresses]
    assert answers == [401] * MOST + [429]
    assert stranger.get(JOBS, REMOTE_ADDR="2001:4860:4860:1::8888").status_code == 401


def test_pages_are_counted_by_address_too_and_apart(
    db: None, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = "/accounts/login/"
    assert [client.get(page, REMOTE_ADDR=HOME).status_code for _ in range(MOST + 1)] == [200] * MOST + [429]
    with django_assert_num_queries(0):
        assert client.post(page, {"login": "x"}, REMOTE_ADDR=HOME)["Retry-After"] == "45"
    assert client.get(page, REMOTE_ADDR=OFFICE).status_code == 200
    assert client.get(JOBS, REMOTE_ADDR=HOME).status_code == 401


def test_private_addresses_stand_for_many_and_are_let_through(db: None) -> None:
    assert statuses(APIClient(), REMOTE_ADDR="10.0.0.7") == [401] * (MOST + 1)


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "address"),
    [
        (False, HOME, "10.0.0.7"),
        (True, HOME, HOME),
        (True, f"{OFFICE}, 1.1.1.1 , {HOME}", HOME),
        (True, "", "10.0.0.7"),
    ],
)
def test_the_address_is_the_hop_that_our_proxy_wrote(
    settings: Settings, behind_proxy: bool, forwarded: str, address: str
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.7", HTTP_X_FORWARDED_FOR=forwarded)
    assert limits.address_of(request) == address


def test_counts_are_forgotten_with_their_minute() -> None:
    now = 60.0
    counts = limits.Counts(lambda: now)
    for _ in range(MOST):
        counts.count("alice", MOST)
    with pytest.raises(TooMany):
        counts.count("alice", MOST)
    now = 120.0
    counts.count("alice", MOST)
