"""A day and a time of day, as a person writes them, in the one form that the browser's own controls take."""

import pytest

from automation.engine.forms.answers.answer import Reply, reply_to
from automation.engine.forms.answers.moments import day_as_wanted, told
from automation.engine.result import Question, Why
from tests.engine.conftest import candidate
from tests.engine.test_answering import field


@pytest.mark.parametrize(
    ("control", "written", "held"),
    [
        ("time", "15:30", "15:30"),
        ("time", "03:30", "03:30"),
        ("time", "15:30:20", "15:30:20"),
        ("time", "3:30 pm", "15:30"),
        ("time", "3:30PM", "15:30"),
        ("time", "3.30 p.m.", "15:30"),
        ("time", "3 pm", "15:00"),
        ("time", "at 3pm", "15:00"),
        ("time", "15h30", "15:30"),
        ("time", "12 am", "00:00"),
        ("time", "12:15 pm", "12:15"),
        ("date", "2026-12-14", "2026-12-14"),
        ("date", "14 December 2026", "2026-12-14"),
        ("date", "Dec 14th, 2026", "2026-12-14"),
        ("date", "12/14/2026", "2026-12-14"),
        ("date", "14.12.2026", "2026-12-14"),
        ("date", "4/4/2026", "2026-04-04"),
        ("datetime-local", "2026-12-14T15:30", "2026-12-14T15:30"),
        ("datetime-local", "2026-12-14 15:30", "2026-12-14T15:30"),
        ("datetime-local", "2026-12-01 9:00", "2026-12-01T09:00"),
        ("datetime-local", "December 14, 2026 at 3:30 pm", "2026-12-14T15:30"),
        ("datetime-local", "3pm on 14 May 2026", "2026-05-14T15:00"),
    ],
)
def test_what_a_person_writes_is_held_in_the_control_s_own_form(control: str, written: str, held: str) -> None:
    assert told(control, written) == held


@pytest.mark.parametrize(
    ("control", "written"),
    [
        ("time", ""),
        ("time", "3:30"),  # of the morning or the afternoon
        ("time", "3:3 pm"),
        ("time", "3 or 4 pm"),
        ("time", "3 pm CET"),
        ("time", "25:00"),
        ("time", "13 pm"),
        ("time", "afternoon"),
        ("time", "2026-12-14"),
        ("date", "03/04/2026"),  # of March or April
        ("date", "31 February 2026"),
        ("date", "14 December"),
        ("date", "14/12/26"),
        ("date", "next week"),
        ("datetime-local", "2026-12-14"),  # at what time
        ("datetime-local", "14 May 2026 3:30"),  # of the morning or the afternoon
        ("datetime-local", "3:30 pm"),  # on what day
        ("datetime-local", "03/04/2026 15:30"),
        ("datetime-local", "14 December 2026 3:30"),
    ],
)
def test_what_cannot_be_told_is_not_guessed(control: str, written: str) -> None:
    assert told(control, written) == ""


def test_an_answer_that_cannot_be_told_is_asked_again() -> None:
    slot = field("Interview slot", input_type="time")
    bank = [{"question": "Interview slot", "answer": "3:30"}]

    asked = reply_to(slot, candidate(answers=bank))

    assert isinstance(asked, Question)
    assert asked.why == Why.AMBIGUOUS


def test_a_day_of_the_profile_has_no_time_of_day() -> None:
    start = field("Earliest start date", input_type="datetime-local")

    assert not isinstance(reply_to(start, candidate()), Reply)


@pytest.mark.parametrize(
    ("text", "complaint", "written"),
    [
        ("2026-12-28", "Available from must be in the format DD-MM-YYYY", "28-12-2026"),
        ("12/28/2026", "Bitte TT.MM.JJJJ eingeben", "28.12.2026"),
        ("2026-12-28", "Please enter a valid date", ""),
        ("2026-12-28", "Pick a month (MM/YYYY)", ""),  # that is not how a day is written
        ("03/04/2026", "Use the format YYYY-MM-DD", ""),  # of March or of April
        ("Two weeks", "Use the format YYYY-MM-DD", ""),
    ],
)
def test_a_day_is_written_as_a_complaint_shows_that_it_is_wanted(text: str, complaint: str, written: str) -> None:
    assert day_as_wanted(text, complaint) == written
