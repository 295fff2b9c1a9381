"""Practice employers: evidence, questions, dry runs, other addresses. Each with every quirk is in `test_trials_*`."""

import hashlib
import json
from pathlib import Path

from automation.engine.result import Outcome, Source
from tests.engine.conftest import PDF, Apply, Listener
from tests.processes import Employers

POSTINGS = {"meridian": "/meridian/jobs/{}", "harborlight": "/harborlight/jobs/{}"}


def address(employers: Employers, employer: str, job: str, switch: str = "") -> str:
    return employers.url + POSTINGS[employer].format(job) + (f"?{switch}" if switch else "")


def test_the_plain_form_arrives_once_with_every_value(employers: Employers, apply: Apply, listener: Listener) -> None:
    result = apply(address(employers, "meridian", "weather-engineer"))

    assert (result.outcome, result.confirmation, result.company_script) == (
        Outcome.SUBMITTED, "response", "generic@1",
    )  # fmt: skip
    [received] = employers.inbox("weather-engineer")
    assert received["fields"] == {
        "first_name": "Ada", "last_name": "Moreno", "email": "ada@example.com", "phone": "+15125550142",
        "city": "Austin", "country": "United States of America", "linkedin": "https://www.linkedin.com/in/adamoreno",
        "years": "8", "authorized": "yes", "sponsorship": "No", "modes": "Remote", "start": "2026-12-14",
        "source": "Company website", "why": "Maps.", "cover_letter": "", "gender": "I don't wish to answer",
        "privacy": "yes", "website_url": "",
    }  # fmt: skip
    assert [(file["field"], file["sha256"]) for file in received["files"]] == [
        ("resume", hashlib.sha256(PDF).hexdigest())
    ]
    assert listener.asked == 1
    assert listener.steps == [
        "opening", "reading", "answering", "uploading", "filling", "checking", "submitting", "confirming",
    ]  # fmt: skip


def test_a_question_that_appears_after_an_answer_is_answered_too(employers: Employers, apply: Apply) -> None:
    told = {"gender": "Female", "race": "White", "veteran": "decline", "disability": "No"}
    answers = [{"question": "Are you Hispanic/Latino?", "answer": "No"}]

    apply(address(employers, "harborlight", "4713"), ada={"demographics": told, "answers": answers})

    [received] = employers.inbox("4713")
    assert {name: received["fields"][name] for name in ("gender", "race", "disability_status")} == {
        "gender": "Female",
        "race": "White",
        "disability_status": "No, I do not have a disability and have not had one in the past",
    }


def test_a_question_nobody_can_know_is_the_only_one_that_is_asked(employers: Employers, apply: Apply) -> None:
    result = apply(address(employers, "meridian", "stars", "ask=1"))

    assert [(one.label, one.why) for one in result.questions] == [
        ("What is your favourite constellation, and why?", "unknown")
    ]


def test_the_person_s_answer_lets_it_through(employers: Employers, apply: Apply) -> None:
    answer = {"question": "What is your favourite constellation, and why?", "answer": "Lyra."}
    why = {"question": "Why do you want to work at Meridian?", "answer": "Maps."}

    result = apply(address(employers, "meridian", "lyra", "ask=1"), ada={"answers": [answer, why]})

    assert result.outcome is Outcome.SUBMITTED
    assert [one.source for one in result.fields if one.value == "Lyra."] == [Source.ANSWER]


def test_a_dry_run_does_everything_but_the_click(employers: Employers, apply: Apply, listener: Listener) -> None:
    result = apply(address(employers, "meridian", "rehearsal"), dry_run=True)

    assert result.outcome is Outcome.DRY_RUN
    assert (employers.inbox("rehearsal"), listener.asked) == ([], 0)
    assert listener.kinds == ["before-submit", "form"]


def test_evidence_shows_what_was_sent_and_what_came_back(employers: Employers, apply: Apply, tmp_path: Path) -> None:
    result = apply(address(employers, "meridian", "proof"))

    folder = tmp_path / "evidence"
    assert sorted(result.evidence) == ["after-submit.png", "before-submit.png", "form.json", "response.json"]
    form = json.loads((folder / "form.json").read_text())
    assert form["company_script"] == "generic@1"
    assert form["resume"]["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert {"label": "E-mail address", "value": "ada@example.com", "source": "profile"} in form["fields"]
    response = json.loads((folder / "response.json").read_text())
    assert response["answers"][0]["status"] == 303
    assert (folder / "after-submit.png").read_bytes().startswith(b"\x89PNG")


def test_another_address_is_tried_before_a_posting_is_called_closed(employers: Employers, apply: Apply) -> None:
    result = apply(
        address(employers, "harborlight", "moved", "closed=1"),
        other_urls=(address(employers, "harborlight", "moved"),),
    )

    assert result.outcome is Outcome.SUBMITTED
