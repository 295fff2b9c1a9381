"""What is answered to a question and what is not, over the many wordings of `wordings.toml`."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from automation.engine.forms.field import Kind
from tests.engine.test_answering import YES_NO, field, said

WORDINGS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("wordings.toml").read_text())


def answers(questions: list[str], *options: str, **more: Any) -> dict[str, str]:
    return {one: said(field(one, *options, **more)) or "" for one in questions}


@pytest.mark.parametrize("answer", WORDINGS["written"])
def test_a_text_is_written_for_what_it_answers_and_nothing_else(answer: str) -> None:
    asked = WORDINGS["written"][answer]

    assert answers(asked) == dict.fromkeys(asked, answer)


@pytest.mark.parametrize("answer", WORDINGS["yes_or_no"])
def test_yes_or_no_is_said_only_to_what_was_said(answer: str) -> None:
    asked = WORDINGS["yes_or_no"][answer]

    assert answers(asked, *YES_NO) == dict.fromkeys(asked, answer)


@pytest.mark.parametrize("answer", WORDINGS["ticked"])
def test_a_box_is_ticked_only_for_the_consents_that_were_given(answer: str) -> None:
    asked = WORDINGS["ticked"][answer]

    assert answers(asked, kind=Kind.CONSENT) == dict.fromkeys(asked, answer)


def test_what_is_to_be_told_in_own_words_is_never_made_up() -> None:
    asked = WORDINGS["told"][""]

    assert answers(asked, kind=Kind.LONG_TEXT) == dict.fromkeys(asked, "")


@pytest.mark.parametrize("question", WORDINGS["chosen"])
def test_the_option_that_means_the_same_is_chosen(question: str) -> None:
    for answer, *options in WORDINGS["chosen"][question]:
        assert (said(field(question, *options)) or "") == answer, options


@pytest.mark.parametrize(("shown", "written"), WORDINGS["dated"].items())
def test_a_date_is_written_as_the_field_shows(shown: str, written: str) -> None:
    assert said(field("Start date", placeholder=shown)) == written
