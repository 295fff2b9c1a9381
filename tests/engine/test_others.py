"""A fact of somebody else, of somewhere else or of another time is not the candidate's own of today."""

import pytest

from automation.engine.forms.field import Kind
from automation.engine.forms.questions.others import is_of_another
from tests.engine.test_answering import field, said

FACTS = (
    "First name",
    "Last name",
    "Full name",
    "E-mail address",
    "Mobile number",
    "Street address",
    "City",
    "LinkedIn",
)


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize(
    "whose",
    ["Emergency contact: {}", "Father's {}", "Employee {}", "Manager's {}", "{} of the person who referred you", "{} of next of kin"],
)  # fmt: skip
def test_a_fact_of_somebody_else_is_not_answered_with_ones_own(fact: str, whose: str) -> None:
    assert said(field(fact)) is not None
    assert said(field(whose.format(fact))) is None


@pytest.mark.parametrize(
    "label",
    [
        "Former last name", "Other first name", "Second last name", "Old address", "Temporary street address",
        "Work phone", "Business e-mail", "Office zip code", "Company street address", "City of your employer",
        "Website of your current employer", "Current job location", "City where you'd like to work",
        "Alternate city", "Name of your university's dean", "School zip code", "Father's degree",
        "Desired annual salary (in thousands)", "E-Mail des Vorgesetzten", "E-Mail (geschäftlich)",
        "E-mail de votre responsable", "E-mail professionnel", "Autre e-mail", "LinkedIn de votre responsable",
        "E-mail do gestor", "Email aziendale", "E-mail til din chef", "E-mail przełożonego",
    ],
)  # fmt: skip
def test_what_is_elsewhere_or_of_another_time_is_asked(label: str) -> None:
    assert said(field(label)) is None


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Job application: e-mail", "ada@example.com"),
        ("Email — our recruiting team writes to it", "ada@example.com"),
        ("Permanent street address", "12 Elm St"),
        ("Family name", "Moreno"),
        ("Name of your current employer", "Initech"),
        ("Your current job title (e.g. Account Manager)", "Staff Engineer"),
        ("School name", "UT Austin"),
        ("Legal first name (if it differs from other documents)", "Ada"),
    ],
)
def test_a_word_about_others_beside_it_takes_nothing_from_a_fact(label: str, expected: str) -> None:
    assert said(field(label)) == expected


def test_a_field_for_any_e_mail_takes_none_that_is_anothers() -> None:
    assert said(field("Reach you at", kind=Kind.EMAIL)) == "ada@example.com"
    assert said(field("Your sister's", kind=Kind.EMAIL)) is None
    assert is_of_another("email", "your sister's", len("your sister's"))


@pytest.mark.parametrize(
    "label",
    ["Telefonnummer Notfallkontakt", "Teléfono de emergencia", "Téléphone professionnel", "Zweite Telefonnummer"],
)
def test_a_field_for_any_number_takes_none_that_is_anothers(label: str) -> None:
    assert said(field(label, kind=Kind.PHONE)) is None


@pytest.mark.parametrize("section", ["Next of kin", "Family", "Spouse", "Parent or guardian", "Dependents"])
def test_a_section_about_others_makes_its_facts_theirs(section: str) -> None:
    assert said(field("Last name", section=section)) is None


def test_a_field_that_is_marked_for_machines_is_anothers_where_its_label_says_so() -> None:
    assert said(field("Emergency contact phone", autocomplete="tel")) is None
