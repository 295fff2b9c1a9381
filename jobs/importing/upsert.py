"""Postings into the database, a thousand at a time. A posting that is as it was writes nothing."""

import json
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.text import slugify

from jobs.derived import company_key, group_of
from jobs.importing.names import is_whole, name_from_token, name_told
from jobs.importing.posting import Posting
from jobs.models import Board, Company, Job, SearchWord
from jobs.normalize.titles import words

Item = TypeVar("Item")
BATCH = 1000
SOON = 3.0  # seconds after which a smaller batch is written
CLOSED_BY_STAFF = "Closed by staff"
CLOSES_AFTER = 2  # complete readings without it
_CONTENT = (
    "title", "location", "work_mode", "employment_type", "seniority", "department", "description", "benefits",
    "pay_min",
    "pay_max", "pay_currency", "pay_period", "pay_source", "apply_url", "other_urls", "company_script", "questions",
    "places",
    "country", "family", "keywords", "posted_at",
)  # fmt: skip
_KEYED = ("external_id", "digest", "group", *_CONTENT)
_JSON = [_CONTENT.index(name) for name in ("benefits", "other_urls", "questions", "places")]
_content = attrgetter(*_CONTENT)
_NEW = (*_KEYED, "company_id", "board_id", "closed_reason", "status", "version", "misses", "updated_at")
_OF_SEVERAL = {Board.Kind.PAGE, Board.Kind.FILE}  # employers: they are named in each row
_quoted = connection.ops.quote_name


class SourceFailed(Exception):
    """Where the postings come from gives no more of them, though there may be some."""


@dataclass
class Counts:
    """What an import did."""

    seen: int = 0
    added: int = 0
    changed: int = 0
    reopened: int = 0
    closed: int = 0
    refused: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Known:
    """What the database has of a posting before the import."""

    id: int
    digest: str
    is_open: bool
    misses: int
    closed_reason: str


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Give the items in batches, smaller ones of a slow source, so that it shows how far it is.

    When their source fails, what came before the failure still comes first.
    """
    batch: list[Item] = []
    until = time.monotonic() + SOON
    try:
        for item in items:
            batch.append(item)
            if len(batch) == BATCH or time.monotonic() > until:
                yield batch
                batch, until = [], time.monotonic() + SOON
    except SourceFailed:
        yield batch
        raise
    if batch:
        yield batch


@dataclass(frozen=True)
class Incoming:
    """A posting on its way in: what must be known of it beforehand, and how to read the rest of it."""

    external_id: str
    company: str
    domain: str
    age: str  # its date as text, to put older ones first
    digest: str  # of what was said of it: what is known with the same one is not read at all
    text: str  # of its description, in which the employer may be named
    read: Callable[[], Posting | None]  # None: it cannot be read, and that has been noted

    @classmethod
    def ready(cls, posting: Posting) -> "Incoming":
        names = (posting.external_id, posting.company, posting.domain)
        age = str(posting.posted_at or "")
        return cls(*names, age=age, digest=posting.digest, text=posting.description, read=lambda: posting)


@transaction.atomic
def save(board: Board, incoming: Iterable[Incoming], counts: Counts) -> None:
    """Write what is new or changed of these postings of one board.

    New ones are read while PostgreSQL takes in those before them, so that both work at the same time.
    """
    latest = {one.external_id: one for one in incoming}  # an id that comes twice: the last one counts
    known = _known(board, list(latest))
    companies = companies_of(board, latest.values())
    added = _insert(board, [one for key, one in latest.items() if key not in known], companies)
    there = [one for key, one in latest.items() if key in known]
    differs = [one for one in there if known[one.external_id].digest != one.digest]
    changed = [posting for one in differs if (posting := one.read())]
    _update(changed, known, companies)
    refused = {one.external_id for one in differs} - {one.external_id for one in changed}
    there = [one for one in there if one.external_id not in refused]
    back = [known[one.external_id] for one in there if not known[one.external_id].is_open]
    if closed := [one.id for one in back if one.closed_reason != CLOSED_BY_STAFF]:
        counts.reopened += reopen(closed)
    if missed := [one.id for one in known.values() if one.misses]:
        Job.objects.filter(pk__in=missed).update(misses=0)
    counts.seen += added + len(there)
    counts.added += added
    counts.changed += len(changed)


def reopen(job_ids: list[int]) -> int:
    """Open those of the jobs that are closed; return how many that were."""
    return Job.objects.filter(pk__in=job_ids, status=Job.Status.CLOSED).update(
        status=Job.Status.OPEN, closed_reason="", closed_at=None, reopened_at=Now(), misses=0, updated_at=Now()
    )


def close(job_ids: list[int], *, reason: str) -> int:
    """Close those of the jobs that are open; return how many that were."""
    return Job.objects.filter(pk__in=job_ids, status=Job.Status.OPEN).update(
        status=Job.Status.CLOSED, closed_reason=reason[:200], closed_at=Now(), updated_at=Now()
    )


@transaction.atomic
def miss(board: Board, seen: set[str]) -> int:
    """Count what a complete reading did not have; close what is missing twice. Returns how many closed."""
    here = Job.objects.filter(board=board, status=Job.Status.OPEN)
    gone = [pk for pk, key in here.values_list("pk", "external_id").iterator() if key not in seen]
    twice = list(here.filter(pk__in=gone, misses__gte=CLOSES_AFTER - 1).values_list("pk", flat=True))
    closed = close(twice, reason="Its board does not list it any more.") if twice else 0
    if once := set(gone) - set(twice):
        here.filter(pk__in=once).update(misses=1)
    return closed


def _known(board: Board, external_ids: list[str]) -> dict[str, Known]:
    rows = Job.objects.filter(board=board, external_id__in=external_ids).values_list(
        "external_id", "id", "digest", "status", "misses", "closed_reason"
    )
    return {
        key: Known(pk, digest, status == Job.Status.OPEN, misses, reason)
        for key, pk, digest, status, misses, reason in rows
    }


def _insert(board: Board, incoming: list[Incoming], companies: dict[str, int]) -> int:
    """Add postings, oldest first, so that the order of ids is that of age. Returns how many."""
    if not incoming:
        return 0
    twins = _groups_elsewhere(board, [one.external_id for one in incoming])
    table, columns = _quoted(Job._meta.db_table), ", ".join(map(_quoted, _NEW))
    now = _database_now()
    added: list[Posting] = []
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for one in sorted(incoming, key=lambda one: one.age):
            if posting := one.read():
                company = companies[one.company]
                row = _row(posting, twins.get(posting.external_id) or _group(company, posting))
                copy.write_row([*row, company, board.pk, "", Job.Status.OPEN.value, 1, 0, now])
                added.append(posting)
    _learn_from(added)
    return len(added)


def _update(postings: list[Posting], known: dict[str, Known], companies: dict[str, int]) -> None:
    """Give changed postings their new content. Questions of its form stay until they are read again."""
    if not postings:
        return
    table = _quoted(Job._meta.db_table)
    with connection.cursor() as cursor:
        names = ", ".join(map(_quoted, _KEYED))
        cursor.execute(f"CREATE TEMP TABLE changed_jobs ON COMMIT DROP AS SELECT id, {names} FROM {table} WITH NO DATA")  # noqa: S608
        with cursor.copy(f"COPY changed_jobs (id, {names}) FROM STDIN") as copy:
            for posting in postings:
                copy.write_row(
                    [known[posting.external_id].id, *_row(posting, _group(companies[posting.company], posting))]
                )
        plain = [name for name in _KEYED if name not in {"questions", "posted_at", "external_id"}]
        cursor.execute(
            f"UPDATE {table} job SET {', '.join(f'{_quoted(one)} = given.{_quoted(one)}' for one in plain)}, "  # noqa: S608
            "questions = CASE WHEN given.questions = '[]' THEN job.questions ELSE given.questions END, "
            "posted_at = coalesce(job.posted_at, given.posted_at), asked_at = NULL, "
            "version = job.version + 1, changed_at = now(), updated_at = now() "
            "FROM changed_jobs given WHERE job.id = given.id"
        )
        cursor.execute("DROP TABLE changed_jobs")
    _learn_from(postings)


def _row(posting: Posting, group: int) -> list[Any]:
    content = list(_content(posting))
    for place in _JSON:
        content[place] = json.dumps(content[place]) if content[place] else "[]"
    return [posting.external_id, posting.digest, group, *content]


def _group(company_id: int, posting: Posting) -> int:
    return group_of(company_id, posting.title, posting.place_labels)


def _groups_elsewhere(board: Board, external_ids: list[str]) -> dict[str, int]:
    """Return the groups of postings that another board of the same system has under the same id."""
    if board.kind in {Board.Kind.PAGE, Board.Kind.FILE, Board.Kind.WORKDAY}:
        return {}  # their ids are their own
    rows = Job.objects.filter(board__kind=board.kind, external_id__in=external_ids).exclude(board=board)
    return dict(rows.values_list("external_id", "group"))


def _database_now() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        [moment] = cursor.fetchone()
    return moment


# ---------------------------------------------------------------- companies


def companies_of(board: Board, postings: Collection[Incoming]) -> dict[str, int]:
    """Return the ids of the employers that the postings name; one without a name is the board's."""
    named = {posting.company: posting for posting in postings}
    if board.company_id is not None and board.kind not in _OF_SEVERAL:
        return dict.fromkeys(named, board.company_id)
    # One that is asked for its employer again and again must give the same name: its texts are not looked at.
    texts = [] if board.kind in _OF_SEVERAL else [one.text for one in postings]
    own = _own_name(board, texts) if "" in named else ""
    keys = {name: company_key(name or own) for name in named}
    known = dict(Company.objects.filter(key__in=keys.values()).order_by("-id").values_list("key", "id"))
    known |= _new_companies({key: (name, named[name]) for name, key in keys.items() if key not in known})
    found = {
        name: known.get(key) or company_named(name or own, domain=named[name].domain).pk for name, key in keys.items()
    }
    if found and board.company_id is None and board.kind != Board.Kind.FILE:
        board.company_id = next(iter(found.values()))
        board.save(update_fields=["company"])
    return found


def _own_name(board: Board, texts: list[str]) -> str:
    """Return what a board's employer is called. Two boards that begin alike are not one employer's for that."""
    name = name_told(board.token, texts)
    others = Board.objects.filter(company__key=company_key(name)).exclude(pk=board.pk)
    return name_from_token(board.token) if not is_whole(name, board.token) and others.exists() else name


def _new_companies(named: dict[str, tuple[str, Incoming]]) -> dict[str, int]:
    """Add employers whose names make a slug that nobody has, all at once; return their ids by key."""
    slugs = {slug: key for key, (name, _) in named.items() if (slug := slugify(name)[:70])}
    taken = set(Company.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    new = [
        Company(name=name[:200], slug=slug, key=key, domain=posting.domain)
        for slug, key in slugs.items()
        if slug not in taken
        for name, posting in [named[key]]
    ]
    return {company.key: company.pk for company in Company.objects.bulk_create(new)}


def company_named(name: str, *, domain: str = "") -> Company:
    """Return the employer of this name, made if it is new. Legal forms and case make no other employer."""
    key = company_key(name)
    known = Company.objects.filter(key=key).order_by("id").first()
    if known is None:
        base = slugify(name)[:70] or "company"
        slug = next(slug for slug in _slugs(base) if not Company.objects.filter(slug=slug).exists())
        return Company.objects.create(name=name[:200], slug=slug, domain=domain)
    if domain and not known.domain:
        known.domain = domain
        known.save(update_fields=["domain"])
    return known


def _slugs(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


# ---------------------------------------------------------------- the words for mistyped searches

_learned: set[str] = set()
_MOST_LEARNED = 200_000


def _learn_from(postings: list[Posting]) -> None:
    learn_words(text for one in postings for text in (one.title, one.company, *one.keywords))


def learn_words(texts: Iterable[str]) -> None:
    """Keep the words of titles, employers and skills, so that a mistyped one finds them."""
    new = {word for text in texts for word in words(text) if 3 <= len(word) <= 40 and not word.isdigit()} - _learned
    if new:
        SearchWord.objects.bulk_create([SearchWord(word=word) for word in sorted(new)], ignore_conflicts=True)
    if len(_learned) < _MOST_LEARNED:
        _learned.update(new)


def forget_words() -> None:
    """Forget what this process knows to be in the database; for tests, whose database is emptied."""
    _learned.clear()
