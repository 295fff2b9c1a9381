"""Search finds words, forgives mistyped ones, filters, counts, and pages by keys."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from jobs import search as module
from jobs import texts, walks
from jobs.filters import Filters
from jobs.importing.upsert import learn_words
from jobs.models import Company, Job
from jobs.search import counts, search
from jobs.services import close_jobs
from tests.conftest import make_job

pytestmark = pytest.mark.django_db


def post(title: str, **fields: Any) -> Job:
    job = make_job(title=title, **fields)
    learn_words([job.title, job.company.name, *job.keywords])
    return job


def found(**wanted: Any) -> list[str]:
    return [job.title for job in search(Filters(**wanted)).jobs]


def test_words_in_the_title_come_before_words_elsewhere_and_new_before_old() -> None:
    post("Baker", description="<p>We use Python.</p>")
    post("Python Developer")
    post("Python Teacher", department="Developer relations")
    assert found(q="python") == ["Python Teacher", "Python Developer", "Baker"]
    assert found(q="python developer") == ["Python Developer", "Python Teacher"]


def test_employers_skills_and_places_are_found() -> None:
    post("Cook", location="Lisbon, Portugal", description="<p>Knows Kubernetes.</p>")
    assert found(q="meridian") == found(q="kubernetes") == found(q="lisbon") == ["Cook"]


def test_words_of_descriptions_are_found_after_those_elsewhere() -> None:
    post(
        "Cook", location="Lisbon, Portugal", work_mode="onsite", description="<p>Sourdough and a <b>lighthouse</b>.</p>"
    )
    post("Sourdough Baker")
    post("Waiter", description="<p>Carry sourdough.</p>", work_mode="remote")
    assert found(q="sourdough") == ["Sourdough Baker"]
    assert texts.write_words() == 3
    assert found(q="sourdough") == ["Sourdough Baker", "Waiter", "Cook"]
    assert found(q="lighthouse cook") == ["Cook"]  # one word in the title, one in the description
    assert found(q="sourdough", mode=("onsite",)) == found(q="sourdough", place="Portugal") == ["Cook"]
    assert found(q="lighthouse", place="France") == []
    assert counts(Filters(q="sourdough")).of["all"] == {"": 3}
    pages = [search(Filters(q="sourdough"), limit=1)]
    while pages[-1].next:
        pages.append(search(Filters(q="sourdough"), key=pages[-1].next, limit=1))
    assert [job.title for page in pages for job in page.jobs] == ["Sourdough Baker", "Waiter", "Cook"]


def test_a_changed_description_is_read_anew() -> None:
    job = post("Cook", description="<p>Sourdough.</p>")
    texts.write_words()
    job.description = "<p>Lighthouses.</p>"
    job.save()
    assert texts.waiting() == 1
    texts.write_words()
    assert (found(q="sourdough"), found(q="lighthouse")) == ([], ["Cook"])


def test_quotes_or_and_minus_are_understood() -> None:
    post("Head Cook")
    post("Cook Head Waiter")
    assert found(q='"head cook"') == ["Head Cook"]
    assert found(q="cook -waiter") == ["Head Cook"]
    assert len(found(q="waiter or cook")) == 2


@pytest.mark.parametrize("mistyped", ["pyhton", "pythn", "phyton", "Pythonn"])
def test_a_mistyped_word_finds_what_was_meant(mistyped: str) -> None:
    post("Python Developer")
    page = search(Filters(q=f"{mistyped} developer"))
    assert [job.title for job in page.jobs] == ["Python Developer"]
    assert page.corrected == "python developer"


def test_a_word_that_is_like_no_other_finds_nothing() -> None:
    post("Python Developer")
    assert found(q="zymurgist") == []


def test_filters() -> None:
    post(
        "Right", location="Munich, Germany", work_mode="hybrid", employment_type="part_time", seniority="senior",
        pay_max=40, pay_currency="EUR", pay_period="hour", posted_at=timezone.now(),
    )  # fmt: skip
    post("Wrong", location="Lyon, France", work_mode="onsite", pay_max=40, pay_currency="USD", pay_period="year",
         posted_at=timezone.now() - timedelta(days=20))  # fmt: skip
    for one in (
        {"place": "Germany"}, {"place": "München"}, {"mode": ("hybrid", "remote")}, {"type": ("part_time",)},
        {"rank": ("senior",)},
        {"pay": 80_000}, {"pay": 83_200, "currency": "EUR"}, {"posted": 7}, {"q": "right", "place": "Germany",
        "mode": ("hybrid",)},
    ):  # fmt: skip
        assert found(**one) == ["Right"], one
    assert found(pay=83_201, currency="EUR") == []
    assert found(without=(Company.objects.get().pk,)) == []
    close_jobs([Job.objects.get(title="Right").pk], reason="Filled")
    assert found() == ["Wrong"]


def test_what_is_typed_into_an_address_is_read_with_patience() -> None:
    query = QueryDict(
        "q=%00x&mode=remote&mode=nowhere&pay=1e9&posted=5&currency=zzz&without=1&without=x&place=" + "y" * 500
    )
    filters = Filters.read(query)
    assert (filters.q, filters.mode, filters.pay, filters.posted, filters.currency) == (
        "x",
        ("remote",),
        None,
        None,
        "",
    )
    assert (filters.without, len(filters.place)) == ((1,), 200)
    assert Filters.read(QueryDict(filters.as_query())) == filters


@pytest.mark.parametrize("text", ["'", "a:b & !c", "\\", "((", "%", "in='x'", "🦄", "-", '"'])
def test_odd_words_do_no_harm(text: str) -> None:
    post("Cook")
    assert isinstance(search(Filters(q=text, place=text)).jobs, list)


@pytest.mark.parametrize("looked", [2, 2_000])  # at so many together
def test_counts_tell_what_each_choice_would_leave(looked: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOKED", looked)
    monkeypatch.setattr(module, "MOST_COUNTED", 2)
    monkeypatch.setattr(module, "ALONE", 60)
    post("Cook", work_mode="onsite", posted_at=timezone.now() - timedelta(days=5))
    for mode in ("remote", "remote", "hybrid"):
        post("Cook", work_mode=mode)
    post("Waiter", work_mode="remote")
    told = counts(Filters(q="cook", mode=("hybrid",)))
    for mode, jobs in {"remote": 2, "hybrid": 1, "onsite": 1}.items():
        assert told.of["mode"][mode] == jobs or (0 < told.of["mode"][mode] < jobs and f"mode={mode}" in told.more)
    assert bool(told.more) == (looked == 2)  # of so many it only knows that there are at least some
    assert told.of["all"] == {"": 1}
    assert counts(Filters(q="cook")).of["all"] == {"": 3}  # of four: it says that there are more than two
    assert counts(Filters(q="cook", mode=("onsite",))).of["posted"] == {"1": 0, "3": 0, "7": 1, "30": 1}


def test_a_choice_that_takes_too_long_to_count_has_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOKED", 2)
    monkeypatch.setattr(module, "ALONE", 0)
    for _ in range(3):
        post("Cook", work_mode="remote")
    told = counts(Filters(q="cook"))
    assert told.of["mode"] == {"remote": 3, "hybrid": 0}  # the first one is counted, and the time is over
    assert told.of["type"] == {}


def test_what_was_posted_lately_is_found_wherever_its_id_lies() -> None:
    old = [post("Cook", posted_at=timezone.now() - timedelta(days=days)) for days in (40, 5, 2)]
    far = post("Cook", pk=old[0].pk + 300_000, posted_at=timezone.now())
    found = search(Filters(q="cook", posted=3)).jobs
    assert {job.pk for job in found} == {old[2].pk, far.pk}
    assert counts(Filters(q="cook", posted=3)).of["posted"] == {"1": 1, "3": 2, "7": 3, "30": 3}


FAR = (100, 3_000, 500_000, 925_000, 930_000, 995_000, 1_000_000)  # in blocks of each size


@pytest.mark.parametrize("limit", range(1, 9))
def test_the_newest_are_found_however_far_their_ids_lie_apart(limit: int) -> None:
    for pk in FAR:
        post("Cook", pk=pk)
    jobs = Filters(q="cook").apply(Job.objects.filter(status=Job.Status.OPEN))
    newest = list(reversed(FAR))
    assert walks.matching(jobs, limit, top=FAR[-1]) == newest[:limit]
    assert walks.matching(jobs, limit, top=FAR[-2]) == newest[1:][:limit]
    others = walks.matching(jobs, limit, top=FAR[-1], decided=lambda ids: {FAR[-1], FAR[1]} & set(ids))
    assert others == [pk for pk in newest if pk not in {FAR[-1], FAR[1]}][:limit]


def test_enough_of_many_are_found_near_by_and_all_of_a_few() -> None:
    for pk in FAR:
        post("Cook", pk=pk)
    jobs = Filters(q="cook").apply(Job.objects.filter(status=Job.Status.OPEN))
    with CaptureQueriesContext(connection) as asked:
        near = walks.some(jobs, ("pk",), 4, top=FAR[-1])
    assert sorted(near) == [(pk,) for pk in FAR[-4:]]
    assert all(
        "#" in one["sql"] for one in asked if "search" in one["sql"]
    )  # what all postings have is never collected
    assert len(walks.some(jobs, ("pk",), 100, top=FAR[-1])) == len(FAR)


def test_pages_hold_each_job_once_while_new_ones_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WINDOW", 4)
    expected = {
        post(f"Cook {number}" if number % 3 else f"Waiter {number}", department="Kitchen cook").pk
        for number in range(23)
    }
    seen: list[int] = []
    key = ""
    while True:
        page = search(Filters(q="cook"), key=key, limit=3)
        seen += [job.pk for job in page.jobs]
        post("Cook late")
        if not (key := page.next):
            break
    assert len(seen) == len(set(seen))
    assert expected <= set(seen)


def test_rest_lists_searches_and_pages(alice: User, client_of: Callable[[User], APIClient]) -> None:
    for number in range(3):
        post(f"Cook {number}")
    client = client_of(alice)
    first = client.get("/api/v1/jobs/?q=cook&limit=2").json()
    second = client.get(first["next"]).json()
    assert [job["title"] for job in [*first["results"], *second["results"]]] == ["Cook 2", "Cook 1", "Cook 0"]
    assert second["next"] is None
    assert client.get("/api/v1/jobs/", {"cursor": "nonsense"}).status_code == 200
    assert client.get("/jobs/counts", {"q": "cook"}).json()["of"]["all"] == {"": 3}
    assert APIClient().get("/jobs/counts").status_code == 302
