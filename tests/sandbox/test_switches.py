"""Each switch in the address changes what the practice employers do, and nothing else."""

import time

import pytest

from automation.sandbox.harborlight import CODE
from tests.sandbox.conftest import FIELDS, Send, Site, apply_at_harborlight, apply_at_meridian

PAGES = ("/meridian/jobs/x", "/meridian/jobs/x/apply", "/harborlight/jobs/1")
CONSTELLATION = "What is your favourite constellation, and why?"


def test_a_first_submit_can_fail_and_the_second_is_received(site: Site, send: Send) -> None:
    assert send(site, "?error_once=1").status_code == 500
    assert site.inbox() == {"applications": [], "rejected": 1}

    assert send(site, "?error_once=1").status_code in {200, 303}
    assert len(site.received()) == 1


def test_a_first_submit_fails_for_each_person_and_posting(site: Site, send: Send) -> None:
    tries = [send(site, "?error_once=1", **whose) for whose in ({}, {"job": "2"}, {"email": "bob@example.com"})]

    assert [answer.status_code for answer in tries] == [500, 500, 500]


def test_an_incomplete_form_is_not_the_submit_that_fails_once(site: Site, send: Send) -> None:
    assert send(site, "?error_once=1", first_name="").status_code == 422
    assert send(site, "?error_once=1").status_code == 500


@pytest.mark.parametrize("status", [429, 503])
def test_a_submit_can_be_answered_with_any_status_and_is_not_received(site: Site, send: Send, status: int) -> None:
    assert send(site, f"?submit={status}").status_code == status
    assert site.inbox() == {"applications": [], "rejected": 1}


def test_a_submit_can_go_unanswered_and_is_received(site: Site, send: Send) -> None:
    answer = send(site, "?silent=1")

    assert (answer.status_code, answer.text) in {(204, ""), (200, "{}")}
    assert len(site.received()) == 1


def test_a_submit_can_be_swallowed(site: Site, send: Send) -> None:
    answer = send(site, "?swallow=1")

    assert (answer.status_code, answer.text) in {(204, ""), (200, "{}")}
    assert site.inbox() == {"applications": [], "rejected": 1}


def test_a_challenge_is_shown_and_bars_the_submit(site: Site, send: Send) -> None:
    for page in ("/meridian/jobs/x/apply", "/harborlight/jobs/1"):
        shown = site.get(f"{page}?captcha=1").text
        assert 'class="h-captcha"' in shown
        assert 'width="303" height="480"' in shown
        assert "h-captcha" not in site.get(page).text

    assert send(site, "?captcha=1").status_code in {422, 428}
    assert site.received() == []


def test_a_code_from_an_e_mail_lets_the_submit_through(site: Site) -> None:
    upload = site.upload().json()["key"]
    sent = {"fields": FIELDS, "uploads": {"resume": upload}}

    asked = site.post("/harborlight/jobs/1?code=1", json=sent)
    wrong = site.post("/harborlight/jobs/1?code=1", json=sent | {"security_code": "00000000"})
    right = site.post("/harborlight/jobs/1?code=1", json=sent | {"security_code": CODE.lower()})

    assert (asked.status_code, wrong.status_code, right.status_code) == (428, 428, 200)
    assert asked.json() == {"error": "captcha-failed", "security_code_recipient": "ada@example.com"}
    assert (len(site.received()), site.inbox()["rejected"]) == (1, 2)
    assert CODE in site.get("/inbox").text


def test_an_application_can_be_there_already(site: Site, send: Send) -> None:
    assert "already applied" in send(site, "?applied=1").text
    assert site.inbox() == {"applications": [], "rejected": 1}


def test_one_more_question_is_asked_and_required(site: Site) -> None:
    for page in ("/meridian/jobs/x/apply", "/harborlight/jobs/1"):
        assert CONSTELLATION in site.get(f"{page}?ask=1").text
        assert CONSTELLATION not in site.get(page).text

    assert apply_at_meridian(site, "?ask=1").status_code == 422
    assert apply_at_harborlight(site, "?ask=1").status_code == 422
    assert apply_at_meridian(site, "?ask=1", constellation="Lyra.").status_code == 303
    assert apply_at_harborlight(site, "?ask=1", question_7009="Lyra.").status_code == 200


def test_a_closed_posting_is_gone_for_visits_and_submits(site: Site, send: Send) -> None:
    for page in PAGES[:2]:
        answer = site.get(f"{page}?closed=1")
        assert (answer.status_code, "This job is no longer available" in answer.text) == (404, True)
    answer = site.get("/harborlight/jobs/1?closed=1")
    assert (answer.status_code, answer.headers["location"]) == (302, "/harborlight?error=true")
    assert "The job you are looking for is no longer open." in site.get("/harborlight?error=true").text
    assert "no longer open" not in site.get("/harborlight").text

    assert send(site, "?closed=1").status_code == 404
    assert site.received() == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_page_can_answer_any_status(site: Site, path: str, status: int) -> None:
    assert site.get(f"{path}?status={status}").status_code == status


@pytest.mark.parametrize("path", PAGES)
def test_a_page_and_a_submit_can_be_slow(site: Site, send: Send, path: str) -> None:
    started = time.monotonic()
    site.get(f"{path}?slow=0.1")
    seen = time.monotonic()
    send(site, "?slow=0.1")

    assert seen - started >= 0.1
    assert time.monotonic() - seen >= 0.1


@pytest.mark.parametrize("switch", ["slow=soon", "slow=-1", "slow=nan", "slow=61", "status=100", "status=x"])
@pytest.mark.parametrize("path", PAGES)
def test_a_switch_that_makes_no_sense_is_refused(site: Site, path: str, switch: str) -> None:
    answer = site.get(f"{path}?{switch}")

    assert (answer.status_code, answer.text.partition(" ")[0]) == (400, switch.partition("=")[0])


def test_switches_go_along_to_the_submit(site: Site) -> None:
    assert 'href="/meridian/jobs/x/apply?silent=1&amp;slow=1"' in site.get("/meridian/jobs/x?silent=1&slow=1").text
    assert 'action="/meridian/jobs/x/apply?silent=1"' in site.get("/meridian/jobs/x/apply?silent=1").text
    assert 'data-submit="/harborlight/jobs/1?silent=1"' in site.get("/harborlight/jobs/1?silent=1").text
