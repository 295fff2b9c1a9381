"""An application that ends on our side is recorded, its person told, and staff may put it back."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from applications.models import Application, Lane
from applications.services import NotWaiting
from applications.states import Status
from automation import leases
from automation.models import DeadLetter
from automation.operations import deadletters
from automation.outcomes import finish
from jobs.models import Job
from tests.conftest import make_job

EndWith = Callable[[str], Application]


@pytest.fixture
def end_with(alice: User, swipe_right: Callable[[User, Job], Application]) -> EndWith:
    """Let an application of alice's end with this failure."""

    def end(kind: str) -> Application:
        application = swipe_right(alice, make_job())
        [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
        result = {"outcome": "failed", "failure_kind": kind, "message": "The form is beyond us."}
        finish(attempt_id=attempt.pk, lease=attempt.lease, result=result)
        application.refresh_from_db()
        return application

    return end


def test_what_ends_on_our_side_is_recorded_and_its_person_is_told_once(
    end_with: EndWith, alice: User, caplog: pytest.LogCaptureFixture
) -> None:
    application = end_with("form_unsupported")
    letter = DeadLetter.objects.get(application=application)
    assert (letter.failure_kind, letter.reason) == ("form_unsupported", "The form is beyond us.")
    assert deadletters.tell() == 1
    assert deadletters.tell() == 0
    [sent] = mail.outbox
    assert sent.to == [alice.email]
    assert "The form is beyond us." in sent.body
    assert f"/applications/{application.pk}" in sent.body
    [line] = [one for one in caplog.records if one.name == deadletters.__name__]
    assert (vars(line)["application"], vars(line)["person"]) == (application.pk, alice.pk)
    assert "form_unsupported" in line.getMessage()
    assert "beyond us" not in line.getMessage(), "what a page said may name its person"


def test_what_the_employer_ended_is_no_dead_letter(end_with: EndWith) -> None:
    assert end_with("posting_closed").status == Status.FAILED
    assert not DeadLetter.objects.exists()


def test_staff_see_the_reasons_and_put_one_or_many_back(end_with: EndWith, charlie: User, client: Client) -> None:
    ended = [end_with("form_unsupported") for _ in range(2)]
    client.force_login(charlie)
    page = reverse("admin:automation_deadletter_changelist")
    assert "The form is beyond us." in client.get(page).content.decode()
    chosen = list(DeadLetter.objects.values_list("pk", flat=True))
    client.post(page, {"action": "put_back", "_selected_action": chosen})
    for application in ended:
        application.refresh_from_db()
        assert (application.status, application.tries) == (Status.QUEUED, 0)
    assert set(DeadLetter.objects.values_list("put_back_by", flat=True)) == {charlie.pk}


def test_what_has_moved_on_is_not_put_back(end_with: EndWith, charlie: User) -> None:
    end_with("form_unsupported")
    letter = DeadLetter.objects.get()
    deadletters.put_back(letter.pk, actor=charlie)
    with pytest.raises(NotWaiting):
        deadletters.put_back(letter.pk, actor=charlie)


def test_others_do_not_see_the_list(alice: User, client: Client) -> None:
    client.force_login(alice)
    assert client.get(reverse("admin:automation_deadletter_changelist")).status_code == 302
