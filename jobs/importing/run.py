"""One import from beginning to end: a board, or a file. Progress and problems are kept in an ImportRun."""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db.models.functions import Now
from django.utils import timezone

from jobs.importing import upsert
from jobs.importing.ahead import Ahead
from jobs.importing.boards import ASKS, BOARDS
from jobs.importing.boards.base import BadAnswer, BoardGone, Reading
from jobs.importing.fetch import Client, FetchError, NotModified
from jobs.importing.files import Found, rows_in, shape_of
from jobs.importing.logos import fetch_logos
from jobs.importing.posting import Draft, Posting, posting_of
from jobs.importing.upsert import Counts, Incoming
from jobs.models import Board, ImportRun, Job
from jobs.normalize.problems import BadRow
from jobs.normalize.text import line
from jobswipe.locks import only_one

Progress = Callable[[ImportRun], None]
CLOSED_BY_FILE = "The file says that it is closed."
MOST_PROBLEMS = 200  # kept in words; the rest are counted
LONGEST_BACKOFF = timedelta(days=1)
FORMS_AT_ONCE = 40  # forms read after one import; the rest come with the next ones


class Busy(Exception):
    """Somebody else reads this host at the moment; one after another is polite."""


def import_board(board: Board, *, progress: Progress | None = None, client: Client | None = None) -> ImportRun:
    """Read a board and write what is new. Every failure ends up in the run that is returned. Raises Busy."""
    with only_one(f"import:{_host(board)}") as is_mine:
        if not is_mine:
            raise Busy(f"{_host(board)} is being read right now.")
        # Nobody else reads it, so a run that has not ended was cut off.
        ImportRun.objects.filter(board=board, status=ImportRun.Status.RUNNING).update(
            status=ImportRun.Status.FAILED, message="It was cut off.", finished_at=Now()
        )
        run = ImportRun.objects.create(board=board, source=str(board))
        # Only now, so that staff who asked for it see at each moment that it waits or that it runs.
        Board.objects.filter(pk=board.pk).update(requested_at=None)
        reader = client or Client(validators=dict(board.validators))
        try:
            _read_board(board, run, reader, progress)
        except NotModified:
            _finish(run, ImportRun.Status.UNCHANGED, "The board is as it was.")
            _next(board)
        except BoardGone as gone:
            _finish(run, ImportRun.Status.FAILED, str(gone))
            _put_off(board)
        except (FetchError, BadAnswer) as error:
            _finish(run, ImportRun.Status.PARTIAL if run.seen else ImportRun.Status.FAILED, str(error))
            _put_off(board, getattr(error, "retry_after", 0))
        if run.status in {ImportRun.Status.COMPLETE, ImportRun.Status.UNCHANGED}:
            _ask_forms(board, run, reader)
            fetch_logos(board, reader)
        return run


def _host(board: Board) -> str:
    return BOARDS[board.kind].HOST or board.token.split("/")[2 if "://" in board.token else 0]


def _read_board(board: Board, run: ImportRun, client: Client, progress: Progress | None) -> None:
    module = BOARDS[board.kind]
    reading = module.read(board.token, client)
    run.expected = reading.expected
    counts, seen, closed = Counts(), set[str](), set[str]()
    for batch in upsert.batches(_drafts(reading, board, counts)):
        _save_batch(board, batch, counts, seen, closed)
        _note(run, counts, progress)
    if closed:
        shut = Job.objects.filter(board=board, external_id__in=closed).values_list("pk", flat=True)
        counts.closed += upsert.close(list(shut), reason="Its board says that it is closed.")
    if reading.is_complete:
        counts.closed += upsert.miss(board, seen)
        board.validators, board.complete_at = client.fresh_validators, timezone.now()
    _note(run, counts, progress)
    _finish(
        run, ImportRun.Status.COMPLETE if reading.is_complete else ImportRun.Status.PARTIAL, _ending(counts, reading)
    )
    _next(board)


def _ending(counts: Counts, reading: Reading) -> str:
    if not reading.is_complete:
        return "The board did not give all of its postings; nothing was closed."
    return "" if counts.seen or counts.refused else "The board has no postings at the moment."


def _drafts(reading: Reading, board: Board, counts: Counts) -> Iterator[tuple[int, Any, Draft | None]]:
    module = BOARDS[board.kind]
    for number, row in enumerate(reading.rows, 1):
        yield number, row, _read_row(lambda row=row: module.parse(_an_object(row), board.token), number, counts)  # type: ignore[misc]


def _save_batch(
    board: Board, batch: list[tuple[int, Any, Draft | None]], counts: Counts, seen: set[str], closed: set[str]
) -> None:
    postings = []
    for number, row, draft in batch:
        key = _external_id(draft, row)
        if draft is not None and draft.closed:
            closed.add(key)
            continue
        if key:
            seen.add(key)  # also when the row is refused: a broken row is no proof that the job is gone
        if draft is not None and (one := _incoming(draft, number, counts)):
            postings.append(one)
    upsert.save(board, postings, counts)


def _external_id(draft: Draft | None, row: Any) -> str:
    said = draft.external_id if draft is not None else row.get("id") if isinstance(row, dict) else ""
    return str(said or "")[:200].strip()


def _an_object(row: Any) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise BadRow("The row is no object.")
    return row


def _incoming(draft: Draft, number: int, counts: Counts) -> Incoming | None:
    """Return what must be known of a posting before it is read; None, with the problem noted, where that is missing."""

    def named() -> tuple[str, str, str]:
        return (
            line(draft.external_id, "id", 200),
            line(draft.company, "company", 200, cut=True),
            line(draft.domain, "domain", 200, cut=True),
        )

    names: tuple[str, str, str] | None = _read_row(named, number, counts, str(draft.title or "")[:100])
    if names is None:
        return None
    if not names[0]:
        _posting(draft, number, counts)  # says that the id is missing
        return None
    age, text = str(draft.posted_at or ""), str(draft.description or draft.plain)
    return Incoming(*names, age=age, digest=draft.digest, text=text, read=lambda: _posting(draft, number, counts))


def _posting(draft: Draft, number: int, counts: Counts) -> Posting | None:
    posting: Posting | None = _read_row(lambda: posting_of(draft), number, counts, str(draft.title or "")[:100])
    if posting and posting.note:
        _remember(counts, number, posting.title, posting.note)
    return posting


def _read_row(read: Callable[[], Any], number: int, counts: Counts, title: str = "") -> Any:
    """Return what `read` gives; for a row that it cannot read None, with the problem noted in words."""
    try:
        return read()
    except BadRow as problem:
        counts.refused += 1
        _remember(counts, number, title, str(problem))
    except (TypeError, AttributeError, KeyError, ValueError, LookupError) as error:
        counts.refused += 1
        _remember(
            counts,
            number,
            title,
            f"The row has another shape than expected ({error.__class__.__name__}: {str(error)[:120]}).",
        )
    return None


def _remember(counts: Counts, number: int, title: str, sentence: str) -> None:
    if len(counts.problems) < MOST_PROBLEMS:
        counts.problems.append({"row": number, "title": title, "problem": sentence})


# ---------------------------------------------------------------- the run and the board


def _note(run: ImportRun, counts: Counts, progress: Progress | None) -> None:
    for name in ("seen", "added", "changed", "reopened", "closed", "refused", "problems"):
        setattr(run, name, getattr(counts, name))
    run.save()
    if progress:
        progress(run)


def _finish(run: ImportRun, status: ImportRun.Status, message: str) -> None:
    run.status, run.message, run.finished_at = status, message, timezone.now()
    run.save()


def give_up(board: Board, message: str) -> None:
    """Close the run that failed under us, and put the board off."""
    ImportRun.objects.filter(board=board, status=ImportRun.Status.RUNNING).update(
        status=ImportRun.Status.FAILED, message=message, finished_at=Now()
    )
    _put_off(board)


def _next(board: Board) -> None:
    board.failures = 0
    board.next_at = timezone.now() + timedelta(hours=board.every)
    board.save(update_fields=["failures", "next_at", "validators", "complete_at"])


def _put_off(board: Board, retry_after: float = 0) -> None:
    """Wait twice as long after each failure in a row, and at least as long as the host asked for."""
    board.failures += 1
    wait = min(timedelta(minutes=15) * 2 ** min(board.failures - 1, 10), LONGEST_BACKOFF)
    board.next_at = timezone.now() + max(wait, timedelta(seconds=min(retry_after, 7 * 86_400)))
    board.save(update_fields=["failures", "next_at"])


# ---------------------------------------------------------------- forms


def _ask_forms(board: Board, run: ImportRun, client: Client) -> None:
    """Read what forms ask, for some of the jobs that nobody has asked about since they changed. Clear 404: closed."""
    module = ASKS.get(board.kind)
    if module is None:
        return
    unasked = Job.objects.filter(board=board, status=Job.Status.OPEN, asked_at__isnull=True).order_by("-id")
    for job in unasked.only("id", "external_id", "title")[:FORMS_AT_ONCE]:
        try:
            answer = module.ask(board.token, job.external_id, client)
        except FetchError as error:
            run.message = f"{run.message} Not all forms were read: {error}".strip()
            break
        if answer is None:
            run.closed += upsert.close([job.pk], reason="Its board answers that it is gone (404).")
        else:
            _keep_form(board, job, answer)
    run.save(update_fields=["message", "closed"])


def _keep_form(board: Board, job: Job, answer: Any) -> None:
    """Keep the questions, and the pay where only the single posting tells it."""
    row = {"form": answer} if board.kind == Board.Kind.WORKABLE else answer
    found: dict[str, Any] = {"asked_at": Now()}
    try:
        draft = BOARDS[board.kind].parse(_an_object(row), board.token)
        found["questions"] = list(draft.questions)
        if board.kind == Board.Kind.GREENHOUSE and draft.pay.source:
            pay = draft.pay
            found |= {
                "pay_min": pay.low,
                "pay_max": pay.high,
                "pay_currency": pay.currency,
                "pay_period": pay.period,
                "pay_source": pay.source,
            }
    except (BadRow, TypeError, AttributeError, KeyError, ValueError):
        found = {"asked_at": Now()}  # a form that nobody can read is read again when the posting changes
    Job.objects.filter(pk=job.pk).update(**found)


# ---------------------------------------------------------------- files


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for cycles among new objects alone, and seldom: rows make many objects and no cycles.

    Nothing is frozen for it: to unfreeze it again would undo what a web process froze at its start.
    """
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 1_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def import_file(path: Path, *, board: str = "", progress: Progress | None = None) -> ImportRun:
    """Read a file of postings. A row goes to the board that it names, else to `board`, else to the file's."""
    with _few_collections():
        return _import_file(path, board, progress)


def _import_file(path: Path, board: str, progress: Progress | None) -> ImportRun:
    run = ImportRun.objects.create(source=path.name)
    counts = Counts()
    boards: dict[tuple[str, str], Board] = {}
    is_posting = is_anything = False
    with Ahead(_prepared(batch, board or path.stem) for batch in upsert.batches(rows_in(path))) as prepared:
        for batch in prepared:
            is_anything = True
            for (kind, token), rows in batch.rows.items():
                is_posting = True
                _save_rows(_board(boards, kind, token), rows, counts)
            _take_over(batch.noted, counts)
            _note(run, counts, progress)
    message = ""
    if not is_posting and not counts.refused:
        message = "Nothing in this file is a posting." if is_anything else "There are no postings in this file."
    failed = (counts.refused and not counts.seen) or (is_anything and not is_posting)
    _finish(
        run,
        ImportRun.Status.FAILED
        if failed
        else ImportRun.Status.PARTIAL
        if counts.refused
        else ImportRun.Status.COMPLETE,
        message,
    )
    return run


@dataclass
class Rows:
    """Rows of one board: the postings, and the ids of those that are closed."""

    postings: list[Incoming] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


@dataclass
class Prepared:
    """Rows of a file as far as they are read without the database, by their board; and what is wrong with some."""

    rows: dict[tuple[str, str], Rows] = field(default_factory=lambda: defaultdict(Rows))
    noted: Counts = field(default_factory=Counts)


def _prepared(batch: list[Found], fallback: str) -> Prepared:
    prepared = Prepared()
    for found in batch:
        if found.problem:
            prepared.noted.refused += 1
            _remember(prepared.noted, found.number, "", found.problem)
        else:
            _sort_in(found, fallback, prepared)
    return prepared


def _sort_in(found: Found, fallback: str, prepared: Prepared) -> None:
    shape = _read_row(lambda: shape_of(found.row, fallback), found.number, prepared.noted)
    draft = shape and _read_row(lambda: shape.parse(found.row, shape.token), found.number, prepared.noted)
    if draft is None:
        return
    rows = prepared.rows[shape.kind, shape.token]
    if draft.closed:
        rows.closed.append(str(draft.external_id))
    elif posting := _incoming(draft, found.number, prepared.noted):
        rows.postings.append(posting)


def _take_over(noted: Counts, counts: Counts) -> None:
    counts.refused += noted.refused
    in_order = sorted(noted.problems, key=lambda problem: int(problem["row"]))
    counts.problems += in_order[: MOST_PROBLEMS - len(counts.problems)]


def _save_rows(board: Board, rows: Rows, counts: Counts) -> None:
    upsert.save(board, rows.postings, counts)
    if rows.closed:
        ids = Job.objects.filter(board=board, external_id__in=rows.closed).values_list("pk", flat=True)
        counts.closed += upsert.close(list(ids), reason=CLOSED_BY_FILE)


def _board(boards: dict[tuple[str, str], Board], kind: str, token: str) -> Board:
    """Return the board of a row. One that comes from a file is not read by itself until staff says so."""
    if (kind, token) not in boards:
        boards[kind, token], _ = Board.objects.get_or_create(kind=kind, token=token, defaults={"is_active": False})
    return boards[kind, token]
