"""Devices that come at the same moment: nothing is held twice, and nobody works on after being signed out."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from accounts.models import Candidate, User
from applications import services
from applications.models import Application, Lane
from applications.states import HELD, Status
from automation import leases, outcomes
from automation.devices import services as devices
from automation.models import Attempt
from tests.conftest import make_job
from tests.devices.conftest import SUBMITTED, Agent, Swipe

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do them all at the same moment, each on a connection of its own."""
    together = Barrier(len(acts))

    def do(act: Callable[[], Any]) -> Any:
        together.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def test_racing_devices_of_one_person_share_what_waits(alice: User, swipe_right: Swipe) -> None:
    agents = [Agent(alice, f"Computer {number}") for number in range(4)]
    applications = [swipe_right(alice, make_job()) for _ in range(20)]

    def claim_all(agent: Agent) -> list[int]:
        taken = []
        while claimed := agent.claim(2):
            taken += [one["application"] for one in claimed]
        return taken

    taken = at_once(*(partial(claim_all, agent) for agent in agents))
    assert sorted(pk for one in taken for pk in one) == [application.pk for application in applications]
    assert Attempt.objects.filter(finished_at=None).count() == len(applications)


def test_swipes_and_changes_of_lane_at_once_take_no_more_than_the_allowance(alice: User, swipe_right: Swipe) -> None:
    User.objects.filter(pk=alice.pk).update(server_limit=3)
    Candidate.objects.filter(user=alice).update(lane=Lane.DEVICE)
    on_device = [swipe_right(alice, make_job()) for _ in range(3)]
    Candidate.objects.filter(user=alice).update(lane=Lane.SERVER)

    def change(application: Application) -> None:
        with suppress(services.NoAllowance):
            services.change_lane(actor=alice, application_id=application.pk, lane=Lane.SERVER)

    swipes = [partial(swipe_right, alice, make_job()) for _ in range(5)]
    at_once(*swipes, *(partial(change, one) for one in on_device))
    lanes = Counter(Application.objects.values_list("lane", flat=True))
    assert lanes == {Lane.SERVER: 3, Lane.DEVICE: 5}


def test_a_claim_and_a_revocation_at_once_leave_nothing_with_the_device(alice: User, swipe_right: Swipe) -> None:
    for _ in range(8):
        agent = Agent(alice)
        swipe_right(alice, make_job())
        at_once(
            partial(leases.claim, lane=Lane.DEVICE, runner="Laptop", limit=10, user=alice, device=agent.device),
            partial(devices.revoke, actor=alice, device_id=agent.device.pk),
        )
        assert not devices.held_by(agent.device).exists()
    assert set(Application.objects.values_list("status", flat=True)) == {Status.QUEUED}


def test_a_finish_and_a_revocation_at_once_end_in_one_way(alice: User, swipe_right: Swipe) -> None:
    for _ in range(8):
        agent = Agent(alice)
        swipe_right(alice, make_job())
        [attempt] = agent.claim()
        pk, lease = attempt["id"], attempt["token"]
        leases.start(attempt_id=pk, lease=lease)
        leases.begin_submit(attempt_id=pk, lease=lease)
        at_once(
            partial(outcomes.finish, attempt_id=pk, lease=lease, result=SUBMITTED),
            partial(devices.revoke, actor=alice, device_id=agent.device.pk),
        )
        # Either the outcome came first, or it was the proof that settled what the revocation had left open.
        assert Application.objects.get(attempts=pk).status == Status.COMPLETED
    assert not Application.objects.filter(status__in=HELD).exists()
