"""Files come in row by row; a row with something wrong is told in words, and the others go in."""

import gc
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from jobs.importing.ahead import Ahead
from jobs.importing.run import import_file
from jobs.models import ImportRun, Job
from tests.jobs import payloads
from tests.jobs.conftest import Boards

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).parents[2] / "../shared/data"


def row(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "ats": "ashby", "board": "acme", "external_id": f"id-{number}", "title": f"Keeper {number}",
        "department": "Light",
        "employment_type": "FullTime", "location": "Remote (US)", "secondary_locations": [], "is_remote": True,
        "address": {},
        "published_at": "2026-05-08T14:35:47.099+00:00", "job_url": f"https://jobs.ashbyhq.com/acme/id-{number}",
        "apply_url": f"https://jobs.ashbyhq.com/acme/id-{number}/application", "salary_min": None, "salary_max": None,
        "salary_currency": None, "salary_interval": None, "description_plain": "Keep the light.",
    } | changes  # fmt: skip


def write(path: Path, *rows: object) -> Path:
    path.write_text(
        "\n".join(one if isinstance(one, str) else json.dumps(one) for one in rows) + "\n", encoding="utf-8"
    )
    return path


WRONG: dict[str, tuple[object, str]] = {
    "truncated JSON": ('{"ats": "ashby", "external_id": "x", "title": "Kee', "ends in the middle"),
    "broken JSON": ('{"ats": "ashby", "external_id": x}', "broken at line 1"),
    "HTML instead of JSON": ("<!doctype html><title>Sign in</title>", "This is HTML"),
    "no object": ([1, 2], "no object"),
    "a number for a title": (row(9, title={"a": 1}), "title is no text"),
    "no title": (row(9, title=" "), "title is missing"),
    "no id": (row(9, external_id=None), "id is missing"),
    "a list for a description": (row(9, description_plain=["a"]), "description is no text"),
    "an object for places": (row(9, secondary_locations={"a": 1}), "is no list"),
    "a text for an address": (row(9, address="Main St"), "is no object"),
    "an endless description": (row(9, description_plain="x" * 20_000_000), "longer than"),
    "a long description": (row(9, description_plain="x" * 300_000), "longer than"),
    "a bad date": (row(9, published_at="yesterday-ish"), "is no date"),
    "lowest above highest": (row(9, salary_min=9, salary_max=8, salary_currency="USD"), "above the highest"),
    "an unknown currency": (row(9, salary_min=8, salary_max=9, salary_currency="XQX"), "no currency"),
    "pay that is no number": (row(9, salary_min="plenty", salary_currency="USD"), "no number"),
    "a private address": (row(9, apply_url="http://10.0.0.8/apply"), "private network"),
    "a board that is no text": (row(9, board=["acme"]), "board is no text"),
    "cents that are no number": (
        payloads.greenhouse_row(9, pay_input_ranges=[{"max_cents": "much", "currency_type": "USD"}]),
        "no number",
    ),
    "cents beyond all": (
        payloads.greenhouse_row(9, pay_input_ranges=[{"max_cents": 10**400, "currency_type": "USD"}]),
        "no amount",
    ),
    "a list for a posting's content": (payloads.greenhouse_row(9, content=[{"a": 1}]), "description is no text"),
    "no id on a board of its own": (payloads.greenhouse_row(9, id=None), "id is missing"),
    "no web address": (row(9, apply_url="javascript:alert(1)"), "no web address"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_row_is_told_in_words_and_the_others_go_in(tmp_path: Path, kind: str) -> None:
    wrong, sentence = WRONG[kind]
    run = import_file(write(tmp_path / "jobs.jsonl", row(1), wrong, row(2)))
    assert sorted(Job.objects.values_list("external_id", flat=True)) == ["id-1", "id-2"]
    assert (run.status, run.refused) == (ImportRun.Status.PARTIAL, len(run.problems))
    assert run.problems[0]["row"] == 2
    assert sentence in run.problems[0]["problem"]


def test_characters_that_cannot_be_stored_are_left_out(tmp_path: Path) -> None:
    form = payloads.GREENHOUSE_FORM | {"location_questions": [{"label": "Where\ud800?", "fields": []}]}
    told = row(2, title="Keep\x00er\ud83d", published_at="soon\x00")
    run = import_file(write(tmp_path / "jobs.jsonl", form, row(1, title="Keep\x00er 🌊\ud83d"), told))
    assert Job.objects.get(external_id="id-1").title == "Keeper 🌊"
    assert [(one["title"], one["problem"]) for one in run.problems] == [
        ("Keeper", "The date of the posting “soon” is no date.")
    ]
    assert [one["label"] for one in Job.objects.get(board__kind="greenhouse").questions][-1] == "Where?"


def test_wrong_rows_are_told_in_their_order_whatever_is_wrong_with_them(tmp_path: Path) -> None:
    wrong = [row(2, title=" "), row(3, address="Main St"), row(4, published_at="soon"), "{", row(6, title="")]
    run = import_file(write(tmp_path / "jobs.jsonl", row(1), *wrong, row(7)))
    assert [problem["row"] for problem in run.problems] == [2, 3, 4, 5, 6]


def made_ahead() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "made ahead"]


def test_rows_are_prepared_while_those_before_them_are_written() -> None:
    is_second_made = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        is_second_made.set()
        yield 2

    with Ahead(items()) as taken:
        assert next(taken) == 1
        assert is_second_made.wait(60)  # before anybody asks for it
        assert list(taken) == [2]
    assert made_ahead() == []


def test_an_error_in_the_preparation_comes_after_what_was_prepared_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    found: list[int] = []
    with pytest.raises(OSError, match="the disk is gone"), Ahead(items()) as taken:
        found += taken
    assert (found, made_ahead()) == ([1], [])


def test_who_stops_an_import_stops_its_preparation(tmp_path: Path) -> None:
    path = write(tmp_path / "jobs.jsonl", *(row(number) for number in range(4000)))

    def interrupt(run: ImportRun) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(path, progress=interrupt)
    assert made_ahead() == []


def test_a_script_is_taken_out_and_told(tmp_path: Path) -> None:
    run = import_file(write(tmp_path / "jobs.jsonl", row(1, description_html="<p>Hi</p><script>steal()</script>")))
    assert Job.objects.get().description == "<p>Hi</p>"
    assert "held a script" in run.problems[0]["problem"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("<html><body>Not found</body></html>", "HTML without postings"),
        ('{"jobs": [{"id"', "ends in the middle"),
        ("", "no postings"),
        ('{"offices": []}', "Nothing in this file is a posting"),
        (
            '{"ok": false, "error": "Document not found"}',
            "an error that a site answered with, not a posting: “Document",
        ),
        ('{"error": {"code": 404, "message": "Gone"}}', "“Gone”"),
        ('{"errors": [{"message": "Too many requests"}], "data": null}', "“Too many requests”"),
    ],
)
def test_a_file_that_is_none_is_told(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "jobs.json"
    path.write_text(content)
    run = import_file(path)
    assert sentence in " ".join([run.message, *(one["problem"] for one in run.problems)])
    assert run.status == (ImportRun.Status.FAILED if content else ImportRun.Status.COMPLETE)


OWN: dict[str, tuple[object, int]] = {
    "a greenhouse board": ({"jobs": [payloads.greenhouse_row(1), payloads.greenhouse_row(2)], "meta": {"total": 2}}, 2),
    "a greenhouse posting": (payloads.GREENHOUSE_FORM, 1),
    "a lever board": ([payloads.LEVER_ROW], 1),
    "an ashby board": ({"apiVersion": "1", "jobs": [payloads.ASHBY_ROW]}, 1),
    "an ashby form": (payloads.ASHBY_FORM, 1),
    "a smartrecruiters posting": (payloads.SMARTRECRUITERS_ROW, 1),
    "a smartrecruiters list": ({"totalFound": 1, "content": [payloads.SMARTRECRUITERS_ROW]}, 1),
    "a workable account": (payloads.WORKABLE, 1),
    "a workday posting": (payloads.workday_detail(), 1),
    "our own names": (
        [{"title": "Keeper", "apply_url": "https://example.com/1", "company": "Acme", "location": "Austin, TX"}],
        1,
    ),
    "an empty board": ({"jobs": [], "meta": {"total": 0}}, 0),
}


@pytest.mark.parametrize("kind", OWN)
def test_what_a_board_answered_is_read_from_a_file(tmp_path: Path, kind: str) -> None:
    content, jobs = OWN[kind]
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(content))
    run = import_file(path)
    assert (run.refused, run.status, Job.objects.count()) == (0, ImportRun.Status.COMPLETE, jobs), run.problems


def test_every_collected_payload_is_read_without_an_error() -> None:
    found = sorted(SHARED.glob("*.json")) if SHARED.is_dir() else []
    problems = {path.name: run.problems for path in found if (run := import_file(path)).refused}
    assert [name for name in problems if "error" not in name] == []
    assert Job.objects.count() >= (20 if found else 0)


def test_the_thousand_real_postings_go_in(tmp_path: Path) -> None:
    real = SHARED / "seed/ashby_jobs_1000.jsonl"
    path = real if real.is_file() else write(tmp_path / "jobs.jsonl", *(row(number) for number in range(1000)))
    run = import_file(path)
    assert (run.seen, run.added, run.problems) == (1000, 1000, [])
    again = import_file(path)
    assert (again.added, again.changed) == (0, 0)


def test_an_import_leaves_frozen_what_its_process_froze(tmp_path: Path) -> None:
    gc.freeze()
    try:
        before = gc.get_freeze_count()
        import_file(write(tmp_path / "jobs.jsonl", row(1)))
        assert gc.get_freeze_count() >= before - before // 10  # some of it is let go for other reasons
    finally:
        gc.unfreeze()


def test_the_command_prints_what_was_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_file", write(tmp_path / "jobs.jsonl", row(1), row(2, title="")))
    assert "row 2: The title is missing." in capsys.readouterr().out
    with pytest.raises(CommandError, match="no file"):
        call_command("import_file", tmp_path / "none.jsonl")


def test_the_same_row_of_a_board_and_a_file_is_one_job(boards: Boards, tmp_path: Path) -> None:
    import_file(
        write(
            tmp_path / "a.json",
            json.dumps({"jobs": [payloads.greenhouse_row(1, absolute_url="https://boards.greenhouse.io/acme/jobs/1")]}),
        )
    )
    board = Job.objects.get().board
    assert board is not None
    assert (board.kind, board.token, board.is_active) == ("greenhouse", "acme", False)
