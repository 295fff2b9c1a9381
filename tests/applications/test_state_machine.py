"""All pairs of the state table hold, in the function and in the database."""

from collections.abc import Callable
from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from applications.machine import IllegalMove, MovedMeanwhile, transition, transition_all
from applications.models import Application, Event
from applications.states import MOVES, Status
from jobs.models import Job
from tests.conftest import make_job

PAIRS = list(product(Status, Status))
Swipe = Callable[[User, Job], Application]


@pytest.fixture
def application(alice: User, job: Job, swipe_right: Swipe) -> Application:
    return swipe_right(alice, job)


def put_into(application: Application, status: Status) -> None:
    """Set a status past the machine and its trigger, as no code of the product can."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE applications_application SET status = %s WHERE id = %s", [status, application.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    application.status = status


@pytest.mark.parametrize(("old", "new"), [pair for pair in PAIRS if pair[1] in MOVES[pair[0]]])
def test_a_legal_move_changes_the_status_and_writes_one_event(
    application: Application, old: Status, new: Status
) -> None:
    put_into(application, old)
    before = Event.objects.filter(user=application.user).count()
    transition(application, new, message="Because.")
    application.refresh_from_db()
    event = Event.objects.get(user=application.user, seq=before + 1)
    assert application.status == new
    assert event.data == {"from": old, "to": new, "message": "Because."}


@pytest.mark.parametrize(("old", "new"), [pair for pair in PAIRS if pair[1] not in MOVES[pair[0]]])
def test_an_illegal_move_is_refused_and_writes_nothing(application: Application, old: Status, new: Status) -> None:
    put_into(application, old)
    before = Event.objects.count()
    with pytest.raises(IllegalMove):
        transition(application, new)
    assert Application.objects.get(pk=application.pk).status == old
    assert Event.objects.count() == before


@pytest.mark.parametrize(("old", "new"), [(a, b) for a, b in PAIRS if a != b and b not in MOVES[a]])
def test_the_database_refuses_an_illegal_move_by_itself(application: Application, old: Status, new: Status) -> None:
    put_into(application, old)
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(status=new)


def test_a_move_from_a_status_that_has_changed_is_refused(application: Application) -> None:
    stale = Application.objects.get(pk=application.pk)
    transition(application, Status.CANCELLED)
    with pytest.raises(MovedMeanwhile):
        transition(stale, Status.CLAIMED)
    assert Application.objects.get(pk=application.pk).status == Status.CANCELLED


def test_a_move_under_a_lease_that_has_changed_is_refused(application: Application) -> None:
    stale = Application.objects.get(pk=application.pk)
    transition(application, Status.CLAIMED, lease=1)
    transition(application, Status.QUEUED)
    with pytest.raises(MovedMeanwhile):
        transition(stale, Status.CLAIMED, lease=1)


def test_several_moves_at_once_write_an_event_each_in_their_order(
    alice: User, bob: User, swipe_right: Callable[[User, Job], Application]
) -> None:
    moved = [swipe_right(user, make_job()) for user in (alice, bob, alice)]
    before = {user.pk: user.events.latest("seq").seq for user in (alice, bob)}

    transition_all(moved, Status.CANCELLED)

    for user, own in ((alice, [moved[0].pk, moved[2].pk]), (bob, [moved[1].pk])):
        told = user.events.filter(seq__gt=before[user.pk]).values_list("application", "seq", "data__to")
        assert list(told) == [(pk, before[user.pk] + n, Status.CANCELLED) for n, pk in enumerate(own, 1)]


@pytest.mark.django_db(transaction=True)
def test_of_several_none_moves_when_one_has_moved_on(
    alice: User, swipe_right: Callable[[User, Job], Application]
) -> None:
    first, second = (swipe_right(alice, make_job()) for _ in range(2))
    transition(Application.objects.get(pk=second.pk), Status.CANCELLED)
    with pytest.raises(MovedMeanwhile):
        transition_all([first, second], Status.CLAIMED)
    assert list(Application.objects.order_by("pk").values_list("status", flat=True)) == ["QUEUED", "CANCELLED"]
    assert not alice.events.filter(data__to=Status.CLAIMED).exists()


def test_a_move_within_a_transaction_costs_two_statements(
    application: Application, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):  # beside the one that appends its event, which passes Django by
        transition(application, Status.CLAIMED, lease=1)


def test_a_move_and_its_event_come_together_or_not_at_all(application: Application) -> None:
    before = Event.objects.count()

    class PowerCut(Exception):
        pass

    def cut_short() -> None:
        with transaction.atomic():
            transition(application, Status.CANCELLED)
            raise PowerCut

    with pytest.raises(PowerCut):
        cut_short()
    assert Event.objects.count() == before
    assert Application.objects.get(pk=application.pk).status == Status.QUEUED
