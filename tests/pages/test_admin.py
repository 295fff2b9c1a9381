"""Staff add companies and jobs, look at what happened, and put back what failed."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape
from openpyxl import Workbook  # type: ignore[import-untyped]  # not typed
from rest_framework.test import APIClient

from accounts.models import User
from applications.models import Application, Lane
from applications.states import Status
from automation import leases
from automation.engine.result import Outcome
from automation.models import Attempt
from automation.operations import charts, dashboard
from automation.outcomes import finish
from jobs.importing.run import CLOSED_BY_FILE
from jobs.models import Board, Company, ImportRun, Job
from jobswipe.spreadsheets import as_meant
from jobswipe.staff_menu import MENU
from tests.conftest import make_job


@pytest.fixture
def staff(charlie: User, client_of: Callable[[User], APIClient]) -> Client:
    return client_of(charlie)


@pytest.fixture
def failed(alice: User, job: Job, swipe_right: Callable[[User, Job], Application]) -> Application:
    application = swipe_right(alice, job)
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)
    finish(attempt_id=attempt.pk, lease=attempt.lease, result={"outcome": "failed", "failure_kind": "form_unsupported"})
    application.refresh_from_db()
    return application


def put_back(client: Client, application: Application) -> str:
    given = {"action": "put_back", "_selected_action": [application.pk]}
    return client.post("/admin/applications/application/", given, follow=True).content.decode()


@pytest.mark.parametrize("model", sorted(one._meta.label_lower for one in admin.site._registry))
def test_every_list_opens(staff: Client, failed: Application, model: str) -> None:
    assert staff.get(f"/admin/{model.replace('.', '/')}/").status_code == 200


def test_every_list_has_one_place_in_the_menu(staff: Client) -> None:
    listed = [model for models in MENU.values() for model in models]
    assert sorted(listed) == sorted(one._meta.label_lower for one in admin.site._registry)
    menu = staff.get("/admin/").content.decode()
    assert all(f'href="/admin/{model.replace(".", "/")}/"' in menu for model in listed)


def test_the_admin_has_the_icon_of_the_site(staff: Client) -> None:
    icon = re.search(r'<link rel="icon" href="([^"]+)"', staff.get("/admin/").content.decode())
    assert icon
    assert finders.find(icon[1].removeprefix(settings.STATIC_URL))


def test_the_menu_shows_staff_what_they_may_look_at_alone(alice: User, client_of: Callable[[User], APIClient]) -> None:
    User.objects.filter(pk=alice.pk).update(is_staff=True)
    alice.user_permissions.add(Permission.objects.get(codename="view_job"))
    menu = client_of(alice).get("/admin/").content.decode()
    assert 'href="/admin/jobs/job/"' in menu
    assert 'href="/admin/accounts/user/"' not in menu


def test_a_company_and_a_job_are_added_by_hand(staff: Client) -> None:
    no_boards = {"boards-TOTAL_FORMS": 0, "boards-INITIAL_FORMS": 0}
    staff.post("/admin/jobs/company/add/", {"name": "Acme", "slug": "acme", **no_boards})
    company = Company.objects.get(slug="acme")
    given = {
        "company": company.pk, "title": "Fitter", "apply_url": "https://example.com/fitter",
        "description": "<p>Fit.</p>", "benefits": "", "other_urls": "[]", "questions": "[]",
        "pay_min": 50, "pay_max": 40,
    }  # fmt: skip
    assert "The lowest pay is above the highest" in staff.post("/admin/jobs/job/add/", given).content.decode()
    staff.post("/admin/jobs/job/add/", given | {"pay_max": 60})
    assert Job.objects.get(company=company).status == Job.Status.OPEN


def test_jobs_are_closed_and_opened_together(staff: Client, job: Job) -> None:
    for action, status in (("close", Job.Status.CLOSED), ("reopen", Job.Status.OPEN)):
        staff.post("/admin/jobs/job/", {"action": action, "_selected_action": [job.pk]})
        job.refresh_from_db()
        assert job.status == status


def test_what_forbids_to_delete_an_employer_is_told_by_number(
    staff: Client, job: Job, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        make_job(title=f"Nurse {number}")
    page = f"/admin/jobs/company/{job.company_id}/delete/"
    with django_assert_max_num_queries(20):
        shown = staff.get(page).content.decode()
    assert "31 jobs" in shown
    assert "Nurse 7" not in shown
    staff.post(page, {"post": "yes"})
    assert Company.objects.filter(pk=job.company_id).exists()


def test_many_jobs_are_deleted_together_and_a_few_of_them_named(staff: Client, job: Job) -> None:
    made = [make_job(title=f"Nurse {number}").pk for number in range(30)]
    given = {"action": "delete_selected", "_selected_action": made}
    shown = staff.post("/admin/jobs/job/", given).content.decode()
    assert shown.count("Nurse") == 20
    assert "30" in shown
    staff.post("/admin/jobs/job/", given | {"post": "yes"})
    assert list(Job.objects.all()) == [job]


def test_a_mistyped_board_is_deleted_with_its_readings(staff: Client) -> None:
    board = Board.objects.create(kind="greenhouse", token="strpe")
    for _ in range(3):
        ImportRun.objects.create(board=board, source=str(board), status=ImportRun.Status.FAILED)
    page = f"/admin/jobs/board/{board.pk}/delete/"
    assert re.search(r"import runs:\s*3", staff.get(page).content.decode(), re.IGNORECASE)
    staff.post(page, {"post": "yes"})
    assert not Board.objects.exists()


def test_an_attempt_shows_its_log(staff: Client, failed: Application) -> None:
    attempt = Attempt.objects.get()
    page = staff.get(f"/admin/automation/attempt/{attempt.pk}/change/")
    assert (page.status_code, f"/applications/{failed.pk}/archive" in page.content.decode()) == (200, True)


def test_an_application_shows_its_attempts(staff: Client, failed: Application) -> None:
    page = staff.get(f"/admin/applications/application/{failed.pk}/change/").content.decode()
    assert f"/admin/automation/attempt/{failed.attempts.get().pk}/change/" in page
    assert "form_unsupported" in page


def test_a_failed_application_is_put_back(staff: Client, failed: Application) -> None:
    assert "1 put back" in put_back(staff, failed)
    failed.refresh_from_db()
    assert (failed.status, failed.tries) == (Status.QUEUED, 0)


def test_what_has_not_failed_stays(staff: Client, alice: User, failed: Application) -> None:
    put_back(staff, failed)
    assert "0 put back" in put_back(staff, failed)


def test_candidates_stay_outside(failed: Application, alice: User, client_of: Any) -> None:
    assert client_of(alice).get("/admin/applications/application/").status_code == 302
    put_back(client_of(alice), failed)
    failed.refresh_from_db()
    assert failed.status == Status.FAILED


def test_staff_cannot_edit_what_happened(staff: Client, failed: Application) -> None:
    assert staff.get("/admin/applications/application/add/").status_code == 403
    assert staff.post(f"/admin/applications/application/{failed.pk}/delete/").status_code == 403


# ---------------------------------------------------------------- jobs


@pytest.mark.parametrize("model", sorted(one._meta.label_lower for one in admin.site._registry))
def test_every_form_for_a_new_row_opens_or_is_refused(staff: Client, model: str) -> None:
    assert staff.get(f"/admin/{model.replace('.', '/')}/add/").status_code in {200, 403}


def test_the_dashboard_tells_what_came_in_and_what_failed(staff: Client, job: Job) -> None:
    board = Board.objects.create(kind="lever", token="acme", failures=3)
    ImportRun.objects.create(
        board=board, source="lever:acme", status="failed", message="api.lever.co answered 500.", added=41
    )
    page = staff.get("/admin/").content.decode()
    for text in ("Open jobs", "lever:acme", "3 in a row", "answered 500", ">41<"):
        assert text in page


@pytest.mark.parametrize("failures", [3, 0])
def test_boards_say_why_they_fail_and_only_while_they_do(staff: Client, failures: int) -> None:
    board = Board.objects.create(kind="lever", token="acme", failures=failures)
    for message in ("An older fault.", "api.lever.co answered 500.", ""):
        ImportRun.objects.create(board=board, source="lever:acme", status="failed", message=message)
    for address in ("/admin/jobs/board/", f"/admin/jobs/board/{board.pk}/change/"):
        page = staff.get(address).content.decode()
        assert ("answered 500" in page, "older fault" in page) == (bool(failures), False)


def test_a_job_is_shown_as_its_card_in_a_frame_of_this_site_alone(staff: Client, job: Job, alice: User) -> None:
    Job.objects.filter(pk=job.pk).update(description="<p>Hi</p><script>steal()</script>")
    card = f"/admin/jobs/job/{job.pk}/card/"
    assert f'src="{card}"' in staff.get(f"/admin/jobs/job/{job.pk}/change/").content.decode()
    page = staff.get(card)
    assert "<p>Hi</p>" in page.content.decode()
    assert "steal" not in page.content.decode()
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    stranger = APIClient()
    stranger.force_login(alice)
    assert stranger.get(card).status_code == 302


def test_the_scripts_of_the_admin_may_run_there_alone_and_data_needs_no_policy(staff: Client) -> None:
    def policy(path: str) -> list[str]:  # its directives come in any order
        return staff.get(path).headers.get("Content-Security-Policy", "").split("; ")

    assert "script-src 'self' 'unsafe-inline' 'unsafe-eval'" in policy("/admin/")
    assert "script-src 'self'" in policy("/privacy")
    assert policy("/api/v1/jobs/") == [""]


def test_a_text_written_by_hand_is_cleaned_and_its_benefits_are_lines(staff: Client, job: Job) -> None:
    page = staff.get(f"/admin/jobs/job/{job.pk}/change/").content.decode()
    assert "<trix-editor" in page
    given = {
        "company": job.company.pk, "title": "Fitter", "apply_url": "https://example.com/fitter", "other_urls": "[]",
        "description": "<h1>You</h1><div>Fit.<script>steal()</script></div>", "questions": "[]",
        "benefits": " Dental \n\nPension",
    }  # fmt: skip
    staff.post(f"/admin/jobs/job/{job.pk}/change/", given)
    job.refresh_from_db()
    assert (job.description, job.benefits) == ("<h3>You</h3><p>Fit.</p>", ["Dental", "Pension"])
    # What the editor is given back: it would make one lump of neighbouring <p>.
    page = staff.get(f"/admin/jobs/job/{job.pk}/change/").content.decode()
    assert escape("<h1>You</h1><div>Fit.</div>") in page


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"location": "Austin; Denver, CO"}, {"location": "Austin, TX · Denver, CO"}),
        ({"location": "Austin, TX · Paris"}, {"location": "Austin, TX · Paris, France"}),
        ({"location": "Springfield Mill"}, {"location": "Springfield Mill"}),
        ({"pay_min": 40, "pay_currency": " eur"}, {"pay_currency": "EUR"}),
        ({"pay_min": 40, "pay_currency": "xqx"}, "There is no currency “xqx”."),
        ({"apply_url": "https://10.0.0.8/apply"}, "lies in a private network."),
    ],
)
def test_a_job_by_hand_is_read_as_one_from_outside(staff: Client, job: Job, change: Any, kept: Any) -> None:
    given = {"company": job.company.pk, "title": "Fitter", "apply_url": "https://example.com/fitter",
             "description": "<p>Fit.</p>", "benefits": "", "other_urls": "[]", "questions": "[]"}  # fmt: skip
    page = staff.post(f"/admin/jobs/job/{job.pk}/change/", given | change)
    if isinstance(kept, str):
        assert kept in page.content.decode()
    else:
        job.refresh_from_db()
        assert {name: getattr(job, name) for name in kept} == kept


def test_a_board_is_added_by_its_address_and_read_on_demand(staff: Client) -> None:
    given = {"spec": "https://job-boards.greenhouse.io/acme", "every": 6, "is_active": "on"}
    staff.post("/admin/jobs/board/add/", given)
    board = Board.objects.get()
    assert (board.kind, board.token) == ("greenhouse", "acme")
    assert "This board is there already" in staff.post("/admin/jobs/board/add/", given).content.decode()
    assert (
        "Name a board as KIND:NAME" in staff.post("/admin/jobs/board/add/", given | {"spec": "acme"}).content.decode()
    )
    for address, sentence in (
        ("http://127.0.0.1:8900/meridian", "Only addresses with https are read"),
        ("https://127.0.0.1/meridian", "127.0.0.1 is no public host."),
    ):
        assert sentence in staff.post("/admin/jobs/board/add/", given | {"spec": address}).content.decode()
    assert Board.objects.count() == 1
    page = staff.get(f"/admin/jobs/board/{board.pk}/read/", follow=True).content.decode()
    assert 'http-equiv="refresh"' in page
    board.refresh_from_db()
    assert board.requested_at is not None


def test_a_companys_boards_are_imported_from_its_page(staff: Client) -> None:
    company = Company.objects.create(name="Acme", slug="acme")
    assert (
        "It has no board yet"
        in staff.get(f"/admin/jobs/company/{company.pk}/import-boards/", follow=True).content.decode()
    )
    board = Board.objects.create(kind="lever", token="acme", company=company)
    staff.get(f"/admin/jobs/company/{company.pk}/import-boards/")
    board.refresh_from_db()
    assert board.requested_at is not None


def test_a_board_is_added_on_its_companys_page_by_its_address(staff: Client) -> None:
    company = Company.objects.create(name="Acme", slug="acme")
    form = f"/admin/jobs/company/{company.pk}/change/"
    given: dict[str, Any] = {
        "name": "Acme", "slug": "acme", "boards-TOTAL_FORMS": 1, "boards-INITIAL_FORMS": 0, "boards-0-every": 6,
        "boards-0-company": company.pk, "boards-0-spec": "acme",
    }  # fmt: skip
    assert "Name a board as KIND:NAME" in staff.post(form, given).content.decode()
    staff.post(form, given | {"boards-0-spec": "https://jobs.lever.co/acme"})
    board = Board.objects.get(company=company)
    assert str(board) == "lever:acme"
    again = given | {"boards-INITIAL_FORMS": 1, "boards-0-id": board.pk, "boards-0-every": 12}
    staff.post(form, {name: value for name, value in again.items() if name != "boards-0-spec"})
    board.refresh_from_db()
    assert (str(board), board.every) == ("lever:acme", 12)


def test_a_file_is_not_asked_for_as_if_it_were_a_board(staff: Client) -> None:
    board = Board.objects.create(kind="file", token="demo")
    assert "A file is not read again" in staff.get(f"/admin/jobs/board/{board.pk}/read/", follow=True).content.decode()
    board.refresh_from_db()
    assert board.requested_at is None


def test_candidates_ask_for_no_import(alice: User, client_of: Any) -> None:
    board = Board.objects.create(kind="lever", token="acme")
    client_of(alice).get(f"/admin/jobs/board/{board.pk}/read/")
    board.refresh_from_db()
    assert board.requested_at is None


HEADER = (
    "company,external_id,title,location,work_mode,employment_type,"
    "pay_min,pay_max,pay_currency,pay_period,apply_url,description\n"
)
ROWS = (
    'Acme,a-1,Fitter,"Austin, TX",onsite,full_time,40,50,USD,hour,https://example.com/1,<p>Fit.</p>\n'
    "Acme,a-2,Welder,Remote - US,,contract,,,,,https://example.com/2,<p>Weld.</p>\n"
)


def upload(staff: Client, rows: str) -> str:
    """Give a file to the admin's import; return the page that shows what would happen."""
    return upload_file(staff, (HEADER + rows).encode())


def upload_file(staff: Client, content: bytes, kind: int = 0) -> str:
    file = SimpleUploadedFile("jobs.csv", content)
    return staff.post("/admin/jobs/job/import/", {"import_file": file, "format": kind, "resource": 0}).content.decode()


def confirm(staff: Client, page: str) -> None:
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    staff.post("/admin/jobs/job/process_import/", fields)


def test_a_file_is_tried_first_and_then_taken(staff: Client) -> None:
    page = upload(staff, ROWS)
    assert Job.objects.count() == 0  # a dry run
    confirm(staff, page)
    fitter = Job.objects.get(external_id="a-1")
    assert (fitter.company.name, fitter.location, fitter.pay_max, fitter.family) == (
        "Acme",
        "Austin, TX",
        Decimal(50),
        "trades",
    )
    assert Job.objects.get(external_id="a-2").work_mode == "remote"
    again = upload(staff, ROWS.replace("Welder", "Senior Welder"))
    assert "0 new, 1 changed, 1 as they were" in again
    assert "title: <del>Welder</del> → <ins>Senior Welder</ins>" in again
    confirm(staff, again)
    assert sorted(Job.objects.values_list("title", flat=True)) == ["Fitter", "Senior Welder"]
    assert [(run.source, run.added, run.changed) for run in ImportRun.objects.all()] == [
        ("jobs.csv", 0, 1), ("jobs.csv", 2, 0)
    ]  # fmt: skip


def test_a_file_closes_and_opens_only_where_it_says_so(staff: Client) -> None:
    rows = "Acme,Fitter,https://example.com/1,Fit.,{}\n"
    header = "company,title,apply_url,description,status\n"
    confirm(staff, upload_file(staff, (header + rows.format("closed")).encode()))
    job = Job.objects.get()
    assert (job.status, job.closed_reason, job.closed_at is None) == ("closed", CLOSED_BY_FILE, False)
    for status, expected in (("", "closed"), ("Open", "open")):
        confirm(staff, upload_file(staff, (header + rows.format(status).replace("Fit.", f"Fit {status}.")).encode()))
        job.refresh_from_db()
        assert job.status == expected
    assert (job.closed_reason, job.closed_at) == ("", None)


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", "|"), ("cp1252", ",")]
)
def test_a_csv_is_read_as_excel_writes_it(staff: Client, encoding: str, delimiter: str) -> None:
    lines = ["Company|Title|Apply URL|Description||", "Café|Cook|https://example.com/1|Cook. |||", "||||", ""]
    confirm(staff, upload_file(staff, "\r\n".join(lines).replace("|", delimiter).encode(encoding)))
    job = Job.objects.get()
    assert (job.company.name, job.description) == ("Café", "<p>Cook.</p>")


def test_a_workbook_is_read_with_its_days_and_empty_rows(staff: Client) -> None:
    book = Workbook()
    book.active.append(["company", "title", "apply_url", "description", "posted_at", "external_id"])
    for number, day in enumerate([datetime(2026, 11, 20, 9, 30), date(2026, 11, 20), 46346, "20.11.2026"]):
        book.active.append(["Acme", "Cook", f"https://example.com/{number}", "Stir.\nServe.", day, number])
        book.active.append([None] * 6)
    stream = BytesIO()
    book.save(stream)
    confirm(staff, upload_file(staff, stream.getvalue(), kind=1))
    days = Job.objects.values_list("posted_at__date", "description")
    assert list(days) == [(date(2026, 11, 20), "<p>Stir.</p><p>Serve.</p>")] * 4


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Row 2, without a title: The title is missing."),
        ({"company": " "}, "The company is missing."),
        ({"description": ""}, "The description is missing."),
        ({"work_mode": "sometimes"}, "“sometimes” is no work_mode. Write one of: remote, hybrid, onsite."),
        ({"employment_type": "whenever"}, "is no employment_type"),
        ({"seniority": "wise"}, "is no seniority"),
        ({"pay_period": "moon"}, "is no pay_period"),
        ({"status": "gone"}, "is no status"),
        ({"posted_at": "03/04/2026"}, "can be two days. Write year, month and day, as in 2026-11-30."),
        ({"posted_at": "31/31/2026"}, "is no date"),
        ({"salary": 3}, "There is no column “salary”. The columns are: company,"),
    ],
)
def test_each_problem_of_a_row_is_said_in_words(staff: Client, change: dict[str, Any], sentence: str) -> None:
    row = {"company": "Acme", "title": "Cook", "apply_url": "https://example.com/1", "description": "Cook."} | change
    lines = [",".join(map(str, cells)) for cells in (row, row.values())]
    page = upload_file(staff, "\n".join(lines).encode())
    assert sentence in page
    assert page.count("is missing") == sentence.count("is missing")
    assert "confirm" not in page


def test_what_a_file_lacks_or_has_twice_is_said(staff: Client) -> None:
    assert "The file has no column “apply_url”, “description”." in upload_file(staff, b"company,title\nAcme,Cook\n")
    fitter = ROWS.splitlines(keepends=True)[0]
    assert "Row 3, Fitter: Row 2 has the same company and id." in upload(staff, fitter + fitter)


def test_what_is_wrong_with_a_row_is_said_in_words_and_nothing_goes_in(staff: Client) -> None:
    page = upload(
        staff, ROWS + "Acme,a-3,Cook,,,,9,8,USD,hour,https://example.com/3,x\nAcme,a-4,Cook,,,,,,,,http://10.0.0.1/,x\n"
    )
    assert "above the highest" in page
    assert "private network" in page
    assert Job.objects.count() == 0


def test_a_long_text_of_a_row_is_told_of_that_row_and_a_script_before_it_goes(staff: Client) -> None:
    assert "Row 2, Fitter: The description is longer than 200,000" in upload(staff, ROWS.replace("Fit.", "x" * 300_000))
    page = upload(staff, ROWS.replace("Fit.", "word " * 30_000).replace("Weld.", "Weld.<script>steal()</script>"))
    assert page.count("The description held a script; it was taken out.") == 1
    assert "2 new, 0 changed" in page


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (HEADER + ROWS.replace("<p>Fit", '"<p>Fit'), "In line 3 a quotation mark is missing"),
        ("<!doctype html><title>Sign in</title>", "This is HTML, not a spreadsheet."),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(staff: Client, content: str, problem: str) -> None:
    assert problem in upload_file(staff, content.encode())


def test_inches_are_no_quotation_marks(staff: Client) -> None:
    assert "2 new" in upload(staff, ROWS.replace("Fit.", 'Fit 5" pipes.'))


def as_json(staff: Client, content: str) -> str:
    return upload_file(staff, content.encode(), kind=2)


def test_objects_of_json_have_the_columns_that_they_need(staff: Client) -> None:
    one = {"company": "Acme", "title": "Cook", "apply_url": "https://example.com/1", "description": "<p>Cook.</p>"}
    confirm(staff, as_json(staff, json.dumps([one, one | {"apply_url": "https://example.com/2", "location": "Rome"}])))
    assert sorted(Job.objects.values_list("location", flat=True)) == ["", "Rome, Italy"]
    lines = as_json(staff, "\n".join(json.dumps(one | {"external_id": number}) for number in (1, 2)))
    assert "2 new, 0 changed, 0 as they were" in lines
    long = as_json(staff, json.dumps([one | {"apply_url": f"https://example.com/{'x' * 500}{end}"} for end in "ab"]))
    assert "2 new" in long
    assert "The apply address is no text." in as_json(staff, json.dumps([one | {"apply_url": ["https://example.com"]}]))
    assert "benefits is no list" in as_json(staff, json.dumps([one | {"benefits": {"a": 1}}]))
    assert "The benefit is no text." in as_json(staff, json.dumps([one | {"benefits": [{"a": 1}]}]))
    page = as_json(staff, json.dumps([one | {"description": "x" * 300_000}]))
    assert "longer than 200,000 characters" in page
    assert len(page) < 100_000  # it is not said all over again


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('[{"title": "Co', "The JSON ends in the middle."),
        ("<html></html>", "This is HTML, not JSON."),
        ('{"title": "Cook"}', "This is no list of objects"),
    ],
)
def test_a_file_that_is_no_list_of_jobs_is_refused_in_words(staff: Client, content: str, problem: str) -> None:
    assert problem in as_json(staff, content)
    assert "encountered" not in as_json(staff, content)


def test_jobs_are_exported(staff: Client, job: Job) -> None:
    fields = {f"jobresource_{name}": "on" for name in ("company", "external_id", "title", "apply_url")}
    answer = staff.post("/admin/jobs/job/export/", {"format": 0, "resource": 0, **fields})
    assert job.title in answer.content.decode()


@pytest.mark.parametrize("kind", [0, 1], ids=["csv", "xlsx"])
def test_formulas_are_escaped_in_exports_and_come_back_as_they_were(staff: Client, kind: int) -> None:
    given = {
        "title": '=HYPERLINK("https://example.com")',
        "department": "==1",
        "location": "@SUM(1)",
        "benefits": ["-1"],
    }
    job = make_job(external_id="+1", **given)
    fields = {f"jobresource_{name}": "on" for name in (*given, "company", "external_id", "apply_url")}
    content = staff.post("/admin/jobs/job/export/", {"format": kind, "resource": 0, **fields}).content
    [row] = settings.IMPORT_EXPORT_FORMATS[kind]().create_dataset(content if kind else content.decode()).dict
    dangerous = {name: row[name] for name in (*given, "external_id")}
    assert {str(cell)[0] for cell in dangerous.values()} == {"'"}
    assert {name: as_meant(cell) for name, cell in dangerous.items()} == {
        **given,
        "external_id": job.external_id,
        "benefits": "-1",
    }


def test_each_outcome_has_a_color_of_its_own() -> None:
    outcomes = {*Outcome} - {Outcome.DRY_RUN} | {"lost", "given_back", "revoked", "withdrawn"}
    now = datetime.now(UTC)
    told = json.loads(charts.bars([now], [(now, outcome, 1) for outcome in outcomes])["data"])["datasets"]
    assert len({one["backgroundColor"] for one in told}) == len(outcomes)


def test_the_first_page_tells_how_applications_do(
    staff: Client, failed: Application, alice: User, swipe_right: Callable[[User, Job], Application]
) -> None:
    swipe_right(alice, make_job())
    page = staff.get("/admin/")
    tiles = dict(page.context["figures"]["tiles"])
    assert (tiles["Sent within an hour"], tiles["Waiting"]) == (0, 1)
    assert (page.context["figures"]["systems"][0]["failed"], page.context["figures"]["systems"][0]["share"]) == (1, 0)
    plots = {one["title"]: json.loads(one["data"]) for one in page.context["plots"]}
    assert {len(one["labels"]) for one in plots.values()} == {24}
    courses = {
        (title, one["label"]): sum(value or 0 for value in one["data"])
        for title, chart in plots.items()
        for one in chart["datasets"]
    }
    assert courses == {
        ("Attempts that ended, by outcome", "failed"): 1,
        ("Success in %, by lane", "server"): 0,
        ("Swiped right and sent", "swiped right"): 2,
    }
    told = page.content.decode()
    assert 'class="chart"' in told
    assert "form_unsupported, server: 1" in told
    assert "worker: never heard" in told
    assert "application:processing: 1" in told


def test_success_is_of_what_was_ours_to_send() -> None:
    """A question to the person, a closed posting and work that was given back are no failures."""
    outcomes = {
        "submitted": 3,
        "unconfirmed": 1,
        "needs_answers": 5,
        "challenge": 1,
        "posting_closed": 2,
        "given_back": 4,
    }
    [lever] = dashboard._systems([("server", "lever", outcome, count) for outcome, count in outcomes.items()])
    assert lever == {
        "system": "lever", "lane": "server", "submitted": 3, "unconfirmed": 1, "failed": 0, "asked": 6, "other": 6,
        "share": 75,
    }  # fmt: skip
    [asked] = dashboard._systems([("server", "lever", "needs_answers", 2)])
    assert asked["share"] is None


def test_the_first_page_tells_staff_only_what_they_may_see(bob: User, client_of: Callable[[User], APIClient]) -> None:
    User.objects.filter(pk=bob.pk).update(is_staff=True)
    page = client_of(bob).get("/admin/")
    assert page.status_code == 200
    assert "Waiting" not in page.content.decode()
