"""How often a device has the database asked: fifty hear of work at the same moment, and thousands come back at once."""

from collections import Counter

import pytest

from accounts.models import User
from tests.conftest import make_job
from tests.devices.conftest import Agent, Swipe
from tests.statements import Statement, sent


def test_a_device_costs_few_statements(
    laptop: Agent, alice: User, swipe_right: Swipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        swipe_right(alice, make_job())
    found: list[Statement] = []
    with sent(found, "claim", monkeypatch):
        assert len(laptop.claim(3)) == 3
    with sent(found, "look", monkeypatch):
        assert laptop.get("devices/work/").json()["waiting"] == 0
    counted = Counter(one.part for one in found)
    assert counted["claim"] <= 9
    assert counted["look"] <= 3
