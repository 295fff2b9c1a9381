"""Whatever is sent to any documented operation, it is answered: never with an error of ours."""

import json
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

import pytest
import yaml
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import ApiToken, User
from accounts.services import issue_token
from applications.models import Application
from automation.models import Device
from jobs.models import Job
from tests.processes import ROOT

HOSTILE: list[Any] = [None, True, -1, 2**70, "", "\x00", "\ud800", "x" * 5000, [], [[]], {}, {"a": {"b": "\x00"}}]
NO_OBJECTS: list[Any] = [[], "x", 1, None]
IDS = ["0", "1", "-1", str(2**70), "x", "%00", "..%2f", "9" * 400]
DOCUMENT: dict[str, Any] = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text())


def operations() -> Iterator[tuple[str, str, list[str], list[str]]]:
    """Give path, verb, names of the query and names in the body of each."""
    for path, verbs in DOCUMENT["paths"].items():
        for verb, told in verbs.items():
            query = [one["name"] for one in told.get("parameters", ()) if one["in"] == "query"]
            yield path, verb, query, _names(told.get("requestBody", {}).get("content", {}))


def _names(content: dict[str, Any]) -> list[str]:
    for one in content.values():
        schema = one["schema"]
        if name := schema.get("$ref", "").rpartition("/")[2]:
            schema = DOCUMENT["components"]["schemas"][name]
        return list(schema.get("properties", {}))
    return []


def requests() -> Iterator[tuple[str, str, Any]]:
    """Give verb, address and body of every hostile request."""
    for path, verb, query, names in operations():
        for given in IDS if "{" in path else [""]:
            yield verb, _filled(path, given), {}
        here = _filled(path, "1")
        yield from ((verb, f"{here}?{name}={value}", {}) for name in query for value in ("-1", "9" * 40, "%00", "x"))
        if verb != "get":
            yield from ((verb, here, body) for body in NO_OBJECTS)
            yield from ((verb, here, dict.fromkeys(names, value)) for value in HOSTILE)
            yield from ((verb, here, {name: value}) for name in names for value in HOSTILE)


def _filled(path: str, value: str) -> str:
    start, _, rest = path.partition("{")
    return start + value + _filled(rest.partition("}")[2], value) if rest else path


@pytest.mark.parametrize("scope", [ApiToken.Scope.USER, ApiToken.Scope.DEVICE])
def test_no_request_brings_an_error_of_ours(
    transactional_db: None,
    alice: User,
    job: Job,
    swipe_right: Callable[[User, Job], Application],
    scope: ApiToken.Scope,
    settings: Settings,
) -> None:
    settings.REST_PER_PERSON = settings.REST_PER_DEVICE = 0  # or most of them would be answered 429
    swipe_right(alice, job)
    token, secret = issue_token(user=alice, name="test", scope=scope)
    if scope == ApiToken.Scope.DEVICE:
        Device.objects.create(user=alice, name="desk", token=token)
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {secret}")
    client.raise_request_exception = False
    broken = [
        (answer.status_code, verb, address, body)
        for verb, address, body in requests()
        if (answer := client.generic(verb.upper(), address, json.dumps(body), "application/json")).status_code
        >= HTTPStatus.INTERNAL_SERVER_ERROR
    ]
    assert broken == []


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/nothing/", "/api/v1/swipes/no-uuid/"])
def test_an_address_that_leads_nowhere_is_a_problem_too(address: str, debug: bool, settings: Settings) -> None:
    settings.DEBUG = debug
    client = Client(enforce_csrf_checks=True)
    for answer in (client.get(address), client.delete(address)):
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
        assert answer.json()["code"] == "not_found"


def test_a_body_that_is_too_large_is_a_problem_too(alice: User, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client = APIClient()
    client.force_login(alice)
    answer = client.post("/api/v1/swipes/", {"cover_letter": "x" * 100}, format="json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/problem+json")
    assert answer.json()["code"] == "too_large"


def test_what_answers_in_yaml_refuses_in_json(client: Client) -> None:
    answer = client.post("/api/v1/schema/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (405, "application/problem+json")
    assert answer.json()["code"] == "method_not_allowed"


@pytest.mark.parametrize("address", ["/api/v1/events/?wait=0.1", "/api/v1/devices/work/?wait=0.1"])
def test_what_waits_for_news_answers_other_verbs_at_once(alice: User, address: str) -> None:
    scope = ApiToken.Scope.DEVICE if "devices" in address else ApiToken.Scope.USER
    token, secret = issue_token(user=alice, name="test", scope=scope)
    Device.objects.create(user=alice, name="desk", token=token)
    assert APIClient(HTTP_AUTHORIZATION=f"Bearer {secret}").options(address).status_code == 200
