"""The deck shows what fits a person, says why, mixes employers, and never shows again what was decided."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import remember_answer
from applications.models import Swipe
from applications.services import swipe, undo
from jobs import texts
from jobs.deck import Card, deck
from jobs.filters import Filters
from jobs.models import Company, Job
from jobs.services import close_jobs
from jobs.taste import learned
from tests.conftest import make_job

pytestmark = pytest.mark.django_db
Left = Callable[[User, Job], Swipe]


def employer(name: str) -> Company:
    return Company.objects.get_or_create(slug=name.lower(), defaults={"name": name})[0]


def post(title: str, company: str = "Meridian Labs", **fields: Any) -> Job:
    job = make_job(title=title, **fields)
    job.company = employer(company)
    job.save()
    return job


def titles(cards: list[Card]) -> list[str]:
    return [card.job.title for card in cards]


def decide(user: User, job: Job, direction: str = "left") -> Swipe:
    return swipe(actor=user, job_id=job.pk, direction=Swipe.Direction(direction), key=uuid4())[0]


@pytest.fixture
def engineer(alice: User) -> User:
    alice.candidate.current_title = "Backend Engineer"
    alice.candidate.skills = [{"name": "python", "years": 8}, {"name": "Postgres"}]
    alice.candidate.work_mode = "remote"
    alice.candidate.salary_amount, alice.candidate.salary_currency, alice.candidate.salary_period = 60, "USD", "hour"
    alice.candidate.save()
    return alice


def test_what_fits_comes_first_and_says_why(engineer: User) -> None:
    post("Nurse", location="Austin, TX", work_mode="onsite")
    post("Backend Engineer", "Far", location="Berlin, Germany", work_mode="onsite")
    best = post(
        "Senior Backend Engineer", "Near", location="Remote - US", work_mode="remote", posted_at=timezone.now(),
        description="<p>Python and PostgreSQL.</p>", pay_min=100_000, pay_max=150_000, pay_currency="USD",
        pay_period="year",
    )  # fmt: skip
    cards = deck(engineer)
    assert titles(cards)[0] == best.title
    assert cards[0].reasons == ["Close to your title", "Asks for PostgreSQL and Python", "Remote where you live"]
    assert cards[0].score > cards[1].score + 20


def test_a_person_of_whom_nothing_is_known_sees_the_newest_first(bob: User) -> None:
    old = post("Cook", posted_at=timezone.now() - timedelta(days=60))
    new = post("Clerk", "Other", posted_at=timezone.now())
    assert titles(deck(bob)) == [new.title, old.title]


def test_employers_are_mixed(engineer: User) -> None:
    for number in range(4):
        post(f"Backend Engineer {number}", "Big", work_mode="remote", location="Remote - US")
    for name in ("Small", "Tiny"):
        post("Cook", name)
    assert [card.job.company.name for card in deck(engineer)] == ["Big", "Tiny", "Small", "Big", "Big", "Big"]


def test_one_opening_in_several_cities_is_one_card_with_its_places(engineer: User) -> None:
    for city in ("Boston, MA", "Austin, TX", "Denver, CO"):
        post(f"Backend Engineer - {city.split(',')[0]}", location=city)
    [card] = deck(engineer)
    assert card.job.location == "Austin, TX"  # where the person lives
    assert {one.location for one in card.elsewhere} == {"Boston, MA", "Denver, CO"}


def test_a_decided_opening_does_not_come_again_in_another_city(engineer: User) -> None:
    here, there = post("Backend Engineer", location="Austin, TX"), post("Backend Engineer", location="Boston, MA")
    decision = decide(engineer, here)
    assert deck(engineer) == []
    undo(actor=engineer, key=decision.key)
    assert {card.job.pk for card in deck(engineer)} <= {here.pk, there.pk}


def test_closed_jobs_and_those_on_the_page_are_left_out(engineer: User) -> None:
    one, two, three = (post(f"Cook {number}") for number in range(3))
    close_jobs([one.pk], reason="Filled")
    assert titles(deck(engineer, held=[two.pk])) == [three.title]


def test_the_deck_goes_on_until_all_is_decided(engineer: User) -> None:
    for number in range(15):
        post(f"Cook {number}", f"Inn {number % 4}")
    held: list[int] = []
    while cards := deck(engineer, held=held):
        held += [card.job.pk for card in cards]
    assert sorted(held) == sorted(Job.objects.values_list("pk", flat=True))


def test_it_learns_from_decisions_and_counts_openly() -> None:
    decisions = [(True, "design", 1, "", "")] * 4 + [(False, "sales", 2, "", "")] * 4 + [(True, "legal", 3, "", "")]
    found = learned(decisions)
    assert found["family", "design"] > 0 > found["family", "sales"]
    assert found["company", 2] < 0
    assert ("family", "legal") not in found  # once is no habit


def test_what_was_passed_again_and_again_sinks(bob: User) -> None:
    for number in range(4):
        decide(bob, post(f"Account Executive {number}", f"S{number}"))
        decide(bob, post(f"Product Designer {number}", f"D{number}"), "save")
    post("Product Designer", "Old")
    post("Account Executive", "New")
    cards = deck(bob)
    assert titles(cards) == ["Product Designer", "Account Executive"]
    assert cards[0].reasons == ["You often choose design"]


def test_filters_narrow_the_deck(engineer: User) -> None:
    wanted = post("Gardener", "Green", location="Berlin, Germany", work_mode="hybrid")
    post("Gardener", "Grey", location="Paris, France")
    assert titles(deck(engineer, Filters(q="gardener", place="Berlin", mode=("hybrid",)))) == [wanted.title]


def test_words_of_descriptions_narrow_the_deck_and_what_was_decided_stays_away(engineer: User) -> None:
    left, kept = (post(name, name, description="<p>Feed the hippos.</p>") for name in ("Keeper", "Vet"))
    texts.write_words()
    decide(engineer, left)
    assert titles(deck(engineer, Filters(q="hippos"))) == [kept.title]


# ---------------------------------------------------------------- REST and the page


def test_rest_gives_cards_with_reasons(engineer: User, client_of: Callable[[User], APIClient]) -> None:
    job = post("Backend Engineer", location="Remote - US", work_mode="remote")
    client = client_of(engineer)
    [card] = client.get("/api/v1/deck/?mode=remote&limit=3").json()["results"]
    assert (card["id"], card["company"]["name"], card["elsewhere"]) == (job.pk, "Meridian Labs", [])
    assert "Remote where you live" in card["reasons"]
    assert client.get("/api/v1/deck/", {"held": [job.pk]}).json()["results"] == []
    assert APIClient().get("/api/v1/deck/").status_code == 401


def test_decisions_of_others_are_theirs(engineer: User, bob: User, client_of: Callable[[User], APIClient]) -> None:
    job = post("Backend Engineer")
    decide(bob, job)
    assert [card["id"] for card in client_of(engineer).get("/api/v1/deck/").json()["results"]] == [job.pk]


def test_the_page_filters_without_javascript(engineer: User, client_of: Callable[[User], APIClient]) -> None:
    post("Gardener", "Green")
    post("Cook", "Inn")
    page = client_of(engineer).get("/jobs", {"q": "gardener"}).content.decode()
    assert ">Gardener</h2>" in page
    assert ">Cook</h2>" not in page
    assert f"without={employer('Green').pk}" in page
    left_out = client_of(engineer).get("/jobs", {"without": employer("Green").pk}).content.decode()
    assert ">Gardener</h2>" not in left_out
    assert (
        client_of(engineer).get("/jobs", {"q": "\x00(&!", "pay": "x", "without": "y", "held": "z"}).status_code == 200
    )


QUESTIONS = [
    {"label": "First name", "kind": "text", "options": [], "required": True, "key": "first_name"},
    {"label": "Resume", "kind": "file", "options": [], "required": True, "key": "resume"},
    {"label": "Do you own boots?", "kind": "boolean", "options": [], "required": True, "key": "q1"},
    {"label": "Favourite lamp?", "kind": "single_choice", "options": ["Oil", "Gas"], "required": True, "key": "q2"},
    {"label": "Anything else?", "kind": "longtext", "options": [], "required": False, "key": "q3"},
]


def test_a_card_says_what_its_form_asks_and_the_person_has_not_answered(
    alice: User, bob: User, client_of: Callable[[User], APIClient]
) -> None:
    job = make_job(questions=QUESTIONS)
    client = client_of(alice)
    assert "Asks 2 questions you have not answered yet" in client.get("/jobs").content.decode()
    page = client.get(f"/jobs/{job.pk}/questions").content.decode()
    assert "Do you own boots?" in page
    assert "First name" not in page
    client.post(f"/jobs/{job.pk}/questions", {"question": ["Do you own boots?", "Never asked"], "answer": ["Yes", "x"]})
    assert list(alice.answers.values_list("question", "answer")) == [("Do you own boots?", "Yes")]
    assert "Asks 1 question you have not answered yet" in client.get("/jobs").content.decode()
    remember_answer(user=alice, question="Favourite lamp?", answer="Oil", source="profile")  # type: ignore[arg-type]
    assert "not answered yet" not in client.get("/jobs").content.decode()
    assert "Asks 2 questions" in client_of(bob).get("/jobs").content.decode()  # answers are one's own
    assert client.get("/jobs/999999/questions").status_code == 404
    assert APIClient().get(f"/jobs/{job.pk}/questions").status_code == 302
