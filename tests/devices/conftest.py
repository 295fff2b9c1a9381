"""Devices for tests: alice's laptop, and what a device says to the site."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import ApiToken, User
from accounts.services import issue_token
from applications.models import Application
from automation.models import Device
from jobs.models import Job

Swipe = Callable[[User, Job], Application]
SUBMITTED = {"outcome": "submitted", "confirmation": "response", "message": "Thank you for applying."}


def pair(user: User, name: str = "Laptop") -> tuple[Device, str]:
    """Pair a device without the codes; return it with its token."""
    token, secret = issue_token(user=user, name=name, scope=ApiToken.Scope.DEVICE)
    return Device.objects.create(user=user, token=token, name=name), secret


class Agent:
    """A device at the REST interface."""

    def __init__(self, user: User, name: str = "Laptop") -> None:
        self.device, self.secret = pair(user, name)
        self.client = APIClient(HTTP_AUTHORIZATION=f"Bearer {self.secret}", raise_request_exception=False)

    def post(self, path: str, body: dict[str, Any] | None = None, format: str = "json", **headers: Any) -> Any:
        if format == "json":  # by hand: the client's renderer cannot say all that a device could
            sent: Any = {"data": json.dumps(body or {}), "content_type": "application/json"}
        else:
            sent = {"data": body, "format": format}
        return self.client.post(f"/api/v1/{path}", **sent, **headers)

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1/{path}")

    def claim(self, most: int = 1) -> list[dict[str, Any]]:
        answer = self.post("claims/", {"max": most})
        assert answer.status_code == 200, answer.content
        attempts: list[dict[str, Any]] = answer.json()["attempts"]
        return attempts


@pytest.fixture
def laptop(alice: User) -> Agent:
    return Agent(alice)


@pytest.fixture
def bobs(bob: User) -> Agent:
    return Agent(bob, "Bob's tower")


@pytest.fixture
def application(laptop: Agent, alice: User, job: Job, swipe_right: Swipe) -> Application:
    """One that waits for alice's laptop: she had it when she swiped."""
    return swipe_right(alice, job)


@pytest.fixture
def attempt(laptop: Agent, application: Application) -> dict[str, Any]:
    """It is claimed by the laptop: id, application, token, packet."""
    return laptop.claim()[0]
