"""Boards come in whole, in each system's shape; nothing is closed without proof, and nothing is written twice."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from jobs.filters import Filters
from jobs.importing.boards import BOARDS
from jobs.importing.run import Busy, import_board
from jobs.importing.schedule import ask_for, due, read_due_boards
from jobs.importing.spec import board_named, board_of
from jobs.models import Board, Company, ImportRun, Job
from jobs.search import search
from jobs.services import close_jobs
from jobswipe.problems import InvalidInput
from tests.conftest import make_job
from tests.jobs import payloads
from tests.jobs.conftest import Answer, Boards

pytestmark = pytest.mark.django_db

GREENHOUSE = "/v1/boards/acme/jobs"
RUN = ImportRun.Status


def put_greenhouse(boards: Boards, *numbers: int, total: int | None = None, **changes: Any) -> None:
    rows = [payloads.greenhouse_row(number, **changes) for number in numbers]
    boards.put(GREENHOUSE, {"jobs": rows, "meta": {"total": len(rows) if total is None else total}})
    for number in numbers:
        boards.put(f"{GREENHOUSE}/{number}", payloads.GREENHOUSE_FORM | payloads.greenhouse_row(number))


def read(spec: str = "greenhouse:acme") -> ImportRun:
    return import_board(board_of(spec))


def facts(job: Job) -> tuple[str, str, str, str]:
    return job.location, job.work_mode, job.employment_type, job.department


# ---------------------------------------------------------------- each system


def test_greenhouse(boards: Boards) -> None:
    put_greenhouse(boards, 101)
    assert read().status == RUN.COMPLETE
    job = Job.objects.get()
    assert facts(job) == ("Seattle, WA · San Francisco, CA · New York, NY", "hybrid", "", "Light")
    assert job.apply_url == "https://job-boards.greenhouse.io/acme/jobs/101"
    assert job.other_urls == ["https://acme.example.com/careers?gh_jid=101"]
    assert job.description.startswith("<p>You look after <strong>lighthouses")
    assert job.keywords == ["PostgreSQL", "Python"]
    assert job.company.name == "Acme Lights, Inc."
    assert [(one["label"], one["kind"], one["required"]) for one in job.questions] == [
        ("First Name", "text", True), ("Resume/CV", "file", True), ("Are you free of vertigo?", "single_choice", True),
        ("Location", "location", True),
    ]  # fmt: skip
    assert (job.pay_min, job.pay_max, job.pay_year) == (Decimal(50_000), Decimal(80_000), 80_000)
    assert (job.pay_currency, job.pay_period) == ("USD", "year")


def test_a_greenhouse_posting_stays_in_its_region() -> None:
    row = payloads.greenhouse_row(absolute_url="https://boards.eu.greenhouse.io/acme/jobs/101")
    assert BOARDS["greenhouse"].parse(row, "acme").apply_url == "https://job-boards.eu.greenhouse.io/acme/jobs/101"


def test_lever_page_by_page(boards: Boards) -> None:
    many = [payloads.LEVER_ROW | {"id": f"id-{number}"} for number in range(101)]
    boards.put("/v0/postings/acme?mode=json&limit=100&skip=0", many[:100])
    boards.put("/v0/postings/acme?mode=json&limit=100&skip=100", many[100:])
    assert read("lever:acme").seen == 101
    job = Job.objects.get(external_id="id-100")
    assert facts(job) == ("Toronto, ON · Canada", "hybrid", "full_time", "Sales")
    assert (float(job.pay_min or 0), job.pay_period, job.seniority) == (22.5, "hour", "senior")
    assert all(text in job.description for text in ("Sell light.", "<h3>About you</h3>", "You like fog.", "small team"))


def test_ashby(boards: Boards) -> None:
    boards.put(
        "/posting-api/job-board/acme%20co",
        {"apiVersion": "1", "jobs": [payloads.ASHBY_ROW, payloads.ASHBY_ROW | {"id": "x", "isListed": False}]},
    )
    boards.put("/api/non-user-graphql", payloads.ASHBY_FORM)
    run = read("ashby:acme%20co")
    job = Job.objects.get()
    assert facts(job) == ("Europe · Munich, Germany", "remote", "full_time", "Engineering")
    assert (job.pay_min, job.pay_max, job.pay_currency) == (Decimal(62_000), Decimal(133_000), "EUR")
    assert "all of several" in job.pay_source
    assert "script" not in job.description
    assert run.problems == [
        {"row": 1, "title": job.title, "problem": "The description held a script; it was taken out."}
    ]
    assert job.questions[1]["options"] == ["A friend"]
    assert job.company.name == "Acme Co"


def test_the_employer_of_a_new_board_is_called_what_its_postings_call_it(boards: Boards) -> None:
    said = {"descriptionHtml": "<h2>ABOUT NORTHWOODSPACE</h2><p>At Northwood Space we build links.</p>"}
    boards.put("/posting-api/job-board/northwoodspace", {"jobs": [payloads.ASHBY_ROW | said]})
    boards.put("/api/non-user-graphql", payloads.ASHBY_FORM)
    read("ashby:northwoodspace")
    assert Company.objects.get().name == "Northwood Space"


def test_smartrecruiters(boards: Boards) -> None:
    row = payloads.SMARTRECRUITERS_ROW
    boards.put(
        "/v1/companies/ACME1/postings",
        {"offset": 0, "limit": 100, "totalFound": 1, "content": [{**row, "jobAd": None}]},
    )
    boards.put(f"/v1/companies/ACME1/postings/{row['id']}", row)
    assert read("smartrecruiters:ACME1").status == RUN.COMPLETE
    job = Job.objects.get()
    assert facts(job) == ("Zürich, Switzerland", "", "full_time", "Information Technology")
    assert (job.seniority, job.company.name) == ("entry", "ACME Licht")
    assert "<h3>Profil</h3>" in job.description


def test_workable_makes_one_job_of_a_posting_in_two_cities(boards: Boards) -> None:
    boards.put("/api/v1/widget/accounts/acme", payloads.WORKABLE)
    boards.put("/api/v1/jobs/C7389E54B7/form", payloads.WORKABLE_FORM)
    assert read("workable:acme").added == 1
    job = Job.objects.get()
    assert job.location == "London, United Kingdom · Paris, France"
    assert [(one["label"], one["kind"]) for one in job.questions[2:]] == [
        ("Do you own boots?", "boolean"),
        ("Shift", "single_choice"),
    ]


def test_workday_in_pages_of_twenty(boards: Boards) -> None:
    rows = [payloads.workday_row(number) for number in range(25)]
    root = "/wday/cxs/acme/Careers"
    boards.in_turn(
        f"{root}/jobs",
        *(Answer(json.dumps(page).encode()) for page in (
            {"total": 25, "jobPostings": rows[:20]}, {"total": 0, "jobPostings": rows[20:]}, {"total": 0,
            "jobPostings": rows[20:]},
        )),
    )  # fmt: skip
    for number in range(25):
        boards.put(f"{root}{rows[number]['externalPath']}", payloads.workday_detail(number))
    run = read("workday:acme.wd5.myworkdayjobs.com/Careers")
    assert (run.status, run.added) == (RUN.COMPLETE, 25)
    job = Job.objects.get(external_id="JR-7")
    assert facts(job) == ("Hobart, TAS · Penrith, NSW", "", "full_time", "")
    assert (timezone.now() - (job.posted_at or timezone.now())).days in {6, 7}
    assert job.company.name == "Acme Dairy Pty Ltd"


def test_any_careers_page_with_json_ld(boards: Boards) -> None:
    boards.put(
        "/careers",
        '<a href="/careers/lampist">Lampist</a> <a href="/about">x</a> <a href="https://else.example.org/jobs/1">y</a>',
    )
    boards.put("/careers/lampist", payloads.JSON_LD)
    run = read("https://acme.example.com/careers")
    assert boards.paths() == ["/careers", "/careers/lampist"]
    assert [one["problem"] for one in run.problems] == ["The JSON-LD of the page is broken."]
    job = Job.objects.get()
    assert facts(job) == ("Ireland", "remote", "part_time", "")
    assert (job.apply_url, job.description) == ("https://acme.example.com/careers/lampist", "<p>Trim the wick.</p>")
    assert (float(job.pay_min or 0), job.pay_currency, job.pay_period) == (18.5, "EUR", "hour")
    assert (job.company.name, job.company.domain) == ("Acme Lights", "acme.example.com")


# ---------------------------------------------------------------- lifecycle


def test_an_unchanged_board_writes_nothing(boards: Boards) -> None:
    put_greenhouse(boards, 1, 2, 3)
    read()
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(xmin::text || ctid::text ORDER BY id) FROM jobs_job")
        rows = cursor.fetchone()
        again = read()
        cursor.execute("SELECT array_agg(xmin::text || ctid::text ORDER BY id) FROM jobs_job")
        assert cursor.fetchone() == rows
    assert (again.seen, again.added, again.changed) == (3, 0, 0)


def test_a_change_is_a_new_version_and_leaves_earlier_snapshots(
    boards: Boards, alice: User, swipe_right: Callable[[User, Job], Application]
) -> None:
    put_greenhouse(boards, 1)
    read()
    application = swipe_right(alice, Job.objects.get())
    put_greenhouse(boards, 1, title="Head keeper")
    assert read().changed == 1
    job = Job.objects.get()
    assert (job.title, job.version, job.changed_at is not None) == ("Head keeper", 2, True)
    application.snapshot.refresh_from_db()
    assert application.snapshot.content["title"] == "Keeper 1"
    assert application.snapshot.content["questions"][2]["label"] == "Are you free of vertigo?"
    assert application.snapshot.content["pay_min"] == 50_000


def test_a_job_is_gone_after_two_complete_readings_without_it_and_may_come_back(boards: Boards) -> None:
    put_greenhouse(boards, 1, 2)
    read()
    put_greenhouse(boards, 2)
    assert read().closed == 0
    assert read().closed == 1
    gone = Job.objects.get(external_id="1")
    assert (gone.status, gone.closed_reason) == (Job.Status.CLOSED, "Its board does not list it any more.")
    assert gone.closed_at is not None
    put_greenhouse(boards, 1, 2)
    assert read().reopened == 1
    gone.refresh_from_db()
    assert [gone.status, gone.closed_reason, gone.closed_at] == [Job.Status.OPEN, "", None]
    assert gone.reopened_at is not None


def test_a_miss_is_forgotten_when_the_job_is_there_again(boards: Boards) -> None:
    for numbers in ((1, 2), (2,), (1, 2), (2,)):
        put_greenhouse(boards, *numbers)
        assert read().closed == 0


def test_a_clear_404_closes_at_once(boards: Boards) -> None:
    put_greenhouse(boards, 1, 2)
    boards.put(f"{GREENHOUSE}/2", {"status": 404}, status=404)
    assert read().closed == 1
    assert "404" in Job.objects.get(external_id="2").closed_reason


def test_what_staff_closed_stays_closed(boards: Boards) -> None:
    put_greenhouse(boards, 1)
    read()
    close_jobs([Job.objects.get().pk], reason="Closed by staff")
    assert read().reopened == 0


def test_a_partial_answer_closes_nothing(boards: Boards) -> None:
    put_greenhouse(boards, 1, 2)
    read()
    put_greenhouse(boards, 2, total=2)  # the board says two and gives one
    for _ in range(3):
        run = read()
        assert (run.status, run.closed) == (RUN.PARTIAL, 0)
    many = [payloads.LEVER_ROW | {"id": f"id-{number}"} for number in range(100)]
    boards.put("/v0/postings/acme?mode=json&limit=100&skip=0", many)
    boards.put("/v0/postings/acme?mode=json&limit=100&skip=100", "oops", status=500)
    run = read("lever:acme")
    assert (run.status, "500" in run.message) == (RUN.PARTIAL, True)
    assert Job.objects.filter(status=Job.Status.OPEN).count() == 102


def test_a_refused_row_is_no_proof_that_the_job_is_gone(boards: Boards) -> None:
    put_greenhouse(boards, 1)
    read()
    for _ in range(3):
        put_greenhouse(boards, 1, title=None)
        assert (read().closed, read().refused) == (0, 1)


def test_a_new_board_of_which_nothing_can_be_used_says_why(boards: Boards) -> None:
    put_greenhouse(boards, 1, id=None)
    run = read()
    assert (run.status, [one["problem"] for one in run.problems]) == (RUN.COMPLETE, ["The id is missing."])
    put_greenhouse(boards, 1)
    assert read().added == 1
    assert Company.objects.get().name == "Acme Lights, Inc."


def test_an_empty_answer_of_smartrecruiters_closes_nothing(boards: Boards) -> None:
    row = payloads.SMARTRECRUITERS_ROW
    boards.put("/v1/companies/ACME1/postings", {"totalFound": 1, "content": [row]})
    boards.put(f"/v1/companies/ACME1/postings/{row['id']}", row)
    read("smartrecruiters:ACME1")
    boards.put("/v1/companies/ACME1/postings", {"totalFound": 0, "content": []})
    assert [read("smartrecruiters:ACME1").closed for _ in range(3)] == [0, 0, 0]


def test_an_id_under_two_boards_is_one_group(boards: Boards) -> None:
    for name in ("acme", "acme-labs"):
        boards.put(f"/posting-api/job-board/{name}", {"jobs": [payloads.ASHBY_ROW]})
        boards.put("/api/non-user-graphql", payloads.ASHBY_FORM)
        read(f"ashby:{name}")
    assert (Company.objects.count(), Job.objects.count()) == (2, 2)
    assert len(set(Job.objects.values_list("group", flat=True))) == 1


# ---------------------------------------------------------------- the network


def test_a_board_that_has_not_changed_is_not_read_again(boards: Boards) -> None:
    rows = {"jobs": [payloads.greenhouse_row(1)], "meta": {"total": 1}}
    boards.put(GREENHOUSE, rows, ETag='"v1"')
    boards.put(f"{GREENHOUSE}/1", payloads.GREENHOUSE_FORM)
    assert [read().status, read().status] == [RUN.COMPLETE, RUN.UNCHANGED]


def test_html_instead_of_json_is_asked_again(boards: Boards) -> None:
    good = Answer(b'{"jobs": [], "meta": {"total": 0}}')
    boards.in_turn(GREENHOUSE, Answer(b"<html>busy</html>"), good)
    assert read().status == RUN.COMPLETE


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        (b"<html>no</html>", 200, "a page instead of data"),
        (b'{"jobs": [{"id": 1', 200, "broken data"),
        (b'{"jobs": 5}', 200, "no list of postings"),
        (b"[]", 200, "no list of postings"),
        (b"", 503, "answered 503"),
        (b"", 429, "less often"),
        (b"", 403, "refuses us"),
        (b"", 404, "no board of this name"),
    ],
)
def test_a_board_that_fails_says_why_and_is_put_off(boards: Boards, body: bytes, status: int, sentence: str) -> None:
    put_greenhouse(boards, 1)
    read()
    boards.in_turn(GREENHOUSE, Answer(body, status))
    waits = []
    for _ in range(2):
        run = read()
        assert (run.status, run.closed, sentence in run.message) == (RUN.FAILED, 0, True), run.message
        board = Board.objects.get()
        waits.append(board.next_at - timezone.now())
    assert board.failures == 2
    assert waits[1] > waits[0]
    assert Job.objects.get().status == Job.Status.OPEN


def test_redirects_lead_to_public_hosts_only(boards: Boards, settings: Any) -> None:
    for target in (
        "http://10.0.0.5/x",
        "https://db.internal/",
        "https://169.254.169.254/latest/meta-data",
        "http://acme.example.org/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::ffff:10.0.0.5]/",
        "https://[2002:a00:5::]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "file:///etc/passwd",
    ):
        boards.in_turn(GREENHOUSE, Answer(b"", 302, {"Location": target}))
        run = read()
        assert run.status == RUN.FAILED
        assert any(word in run.message for word in ("no public host", "https")), run.message


def test_a_name_that_resolves_to_a_private_address_gets_nowhere(
    boards: Boards, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = ("10.1.2.3", "169.254.169.254", "::ffff:10.1.2.3", "2002:a01:203::", "64:ff9b::a01:203", "fd00::1")
    answer = [(10 if ":" in one else 2, 1, 6, "", (one, 443)) for one in inside]
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: answer)
    assert "is no public host" in read("https://jobs.example.net/careers").message


def test_an_answer_that_is_too_large_is_cut_off(boards: Boards, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 1000
    boards.put(GREENHOUSE, {"jobs": ["x" * 5000]})
    assert "The answer is over" in read().message


def test_an_answer_that_breaks_off_is_no_answer(boards: Boards) -> None:
    boards.put(GREENHOUSE, '{"jobs": []}', Content_Length="500")
    assert read().status == RUN.FAILED


def test_redirects_end(boards: Boards) -> None:
    boards.put(GREENHOUSE, "", status=302, Location="https://boards-api.greenhouse.io" + GREENHOUSE)
    assert "without an end" in read().message


# ---------------------------------------------------------------- logos

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def page_with_logo(logo: object) -> str:
    posting = {"@type": "JobPosting", "title": "x", "hiringOrganization": {"name": "Acme", "logo": logo}}
    return f'<script type="application/ld+json">{json.dumps(posting)}</script>'


@pytest.fixture
def logos(boards: Boards, settings: Any, tmp_path: Path) -> Boards:
    settings.IMPORT_LOGOS = True
    settings.MEDIA_ROOT = tmp_path
    put_greenhouse(boards, 1)
    return boards


def test_an_employers_logo_is_taken_from_its_job_page_and_served_by_us(logos: Boards, client: Client) -> None:
    logos.put("/careers", page_with_logo({"@type": "ImageObject", "url": "/brand/logo.png"}))
    logos.put("/brand/logo.png", PNG, Content_Type="text/html")  # what it is, its content says
    read()
    company = Company.objects.get()
    page = client.get(f"/companies/{company.slug}/logo")
    assert (page.status_code, page.headers["Content-Type"], page.content) == (200, "image/png", PNG)
    read()
    assert logos.paths().count("/brand/logo.png") == 1


@pytest.mark.parametrize(
    ("logo", "content"),
    [
        ("https://acme.example.com/logo.svg", b"<svg onload='steal()' xmlns='http://www.w3.org/2000/svg'/>"),
        ("https://acme.example.com/logo.png", b"<html>no picture</html>"),
        ("https://acme.example.com/logo.png", PNG + b"0" * 300_000),
        ("https://10.0.0.5/logo.png", PNG),
        ("http://acme.example.org/logo.png", PNG),
        ({"url": 5}, PNG),
    ],
)
def test_what_is_no_small_picture_of_a_public_host_is_no_logo(logos: Boards, logo: object, content: bytes) -> None:
    logos.put("/careers", page_with_logo(logo))
    logos.put("/logo.svg", content)
    logos.put("/logo.png", content)
    assert read().status == RUN.COMPLETE
    company = Company.objects.get()
    assert (company.logo.name, company.logo_asked_at is not None) == ("", True)


def test_a_slow_board_shows_how_far_it_is(boards: Boards, monkeypatch: pytest.MonkeyPatch) -> None:
    put_greenhouse(boards, 1, 2, 3)
    seen: list[int] = []
    monkeypatch.setattr("jobs.importing.upsert.SOON", -1)
    import_board(board_of("greenhouse:acme"), progress=lambda run: seen.append(run.seen))
    assert seen == [1, 2, 3, 3]


def test_boards_that_begin_alike_are_not_one_employers(boards: Boards) -> None:
    for token in ("monarchcrops", "monarchmoney"):
        row = payloads.greenhouse_row(1, company_name=None, content="&lt;p&gt;Monarch is new.&lt;/p&gt;")
        boards.put(f"/v1/boards/{token}/jobs", {"jobs": [row], "meta": {"total": 1}})
        read(f"greenhouse:{token}")
    assert sorted(Company.objects.values_list("name", flat=True)) == ["Monarch", "Monarchmoney"]


def test_employers_of_before_are_called_as_their_postings_do_unless_somebody_named_them(db: None) -> None:
    for token, name in (("heidihealth", "Heidihealth"), ("claylabs", "Claylabs, said staff"), ("n8n", "N8n")):
        company = Company.objects.create(name=name, slug=token)
        board = Board.objects.create(kind="ashby", token=token, company=company)
        make_job(company=company, board=board, location="Berlin", description="<p>Heidi is new. At n8n we are.</p>")
    import_module("jobs.migrations.0010_call_employers_as_their_postings_do").rename(apps, None)
    assert sorted(Company.objects.values_list("name", "key")) == [
        ("Claylabs, said staff", "claylabs said staff"), ("Heidi", "heidi"), ("n8n", "n8n")
    ]  # fmt: skip
    assert [job.company.name for job in search(Filters(q="heidi", place="Berlin")).jobs] == ["Heidi"]


# ---------------------------------------------------------------- how boards are named


@pytest.mark.parametrize(
    ("spec", "board"),
    [
        ("greenhouse:stripe", ("greenhouse", "stripe")),
        ("https://job-boards.greenhouse.io/stripe/jobs/1", ("greenhouse", "stripe")),
        ("https://boards-api.greenhouse.io/v1/boards/stripe/jobs", ("greenhouse", "stripe")),
        ("https://boards.eu.greenhouse.io/stripe", ("greenhouse", "stripe")),
        ("https://boards.greenhouse.io/embed/job_app?token=1&for=stripe", ("greenhouse", "stripe")),
        (
            "https://boards.greenhouse.io/embed/job_app?token=1",
            ("page", "https://boards.greenhouse.io/embed/job_app?token=1"),
        ),
        ("https://jobs.ashbyhq.com/Hyperliquid%20Labs", ("ashby", "Hyperliquid Labs")),
        ("https://api.ashbyhq.com/posting-api/job-board/ramp?includeCompensation=true", ("ashby", "ramp")),
        ("https://jobs.eu.lever.co/acme/1", ("lever", "eu/acme")),
        ("https://api.lever.co/v0/postings/arcteryx.com?mode=json", ("lever", "arcteryx.com")),
        ("https://api.smartrecruiters.com/v1/companies/Visa/postings", ("smartrecruiters", "Visa")),
        ("https://apply.workable.com/api/v1/widget/accounts/acme?details=true", ("workable", "acme")),
        ("https://acme.wd5.myworkdayjobs.com/en-US/Careers/job/x", ("workday", "acme.wd5.myworkdayjobs.com/Careers")),
        ("https://acme.wd5.myworkdayjobs.com/Careers", ("workday", "acme.wd5.myworkdayjobs.com/Careers")),
        (
            "https://wd5.myworkdaysite.com/en-US/recruiting/acme/Careers/job/x",
            ("workday", "acme.wd5.myworkdayjobs.com/Careers"),
        ),
        ("workday:acme|wd5|Careers", ("workday", "acme.wd5.myworkdayjobs.com/Careers")),
        ("workday:acme.wd5.myworkdayjobs.com/Careers", ("workday", "acme.wd5.myworkdayjobs.com/Careers")),
        ("https://acme.example.com/careers", ("page", "https://acme.example.com/careers")),
    ],
)
def test_a_board_is_named_by_kind_or_by_address(spec: str, board: tuple[str, str]) -> None:
    assert board_named(spec) == board


@pytest.mark.parametrize(
    "spec",
    [
        "stripe",
        "icims:stripe",
        "greenhouse:",
        "",
        "ftp://example.com/x",
        "http://acme.example/jobs",
        "https://10.0.0.8/",
    ],
)
def test_what_names_no_board_is_explained(spec: str) -> None:
    with pytest.raises(InvalidInput):
        board_named(spec)


def test_the_command_reads_boards_and_tells(boards: Boards, capsys: pytest.CaptureFixture[str]) -> None:
    put_greenhouse(boards, 1)
    call_command("import_board", "greenhouse:acme")
    assert "greenhouse:acme: complete. 1 seen, 1 new" in capsys.readouterr().out
    with pytest.raises(CommandError, match="nowhere"):
        call_command("import_board", "greenhouse:nowhere", "greenhouse:acme")
    assert "greenhouse:acme: complete" in capsys.readouterr().out


# ---------------------------------------------------------------- the schedule


def test_boards_are_read_when_their_time_has_come_and_one_that_fails_does_not_stop_the_rest(
    boards: Boards, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_greenhouse(boards, 1)
    broken, good, later = board_of("lever:broken"), board_of("greenhouse:acme"), board_of("greenhouse:later")
    Board.objects.filter(pk=later.pk).update(next_at=timezone.now() + timedelta(hours=1))
    monkeypatch.setattr("jobs.importing.boards.lever.read", lambda token, client: 1 / 0)
    assert read_due_boards() == 2
    assert ImportRun.objects.get(board=broken).status == RUN.FAILED
    assert ImportRun.objects.get(board=good).status == RUN.COMPLETE
    assert not ImportRun.objects.filter(board=later).exists()
    assert due() == []


def test_what_staff_ask_for_comes_first_even_where_nothing_is_scheduled(
    boards: Boards, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_greenhouse(boards, 1)
    board = board_of("greenhouse:acme")
    Board.objects.filter(pk=board.pk).update(is_active=False)
    assert read_due_boards() == 0
    ask_for(board)
    with monkeypatch.context() as busy:
        busy.setattr("jobs.importing.schedule.import_board", Mock(side_effect=Busy))
        assert read_due_boards() == 0
    assert due() == [board.pk]  # it waits until its host is free
    assert read_due_boards() == 1
    assert due() == []
