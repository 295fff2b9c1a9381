"""Jobs as rows of a spreadsheet: what the admin's import and export read and write."""

import json
import re
from datetime import datetime, timedelta
from typing import Any

import tablib  # type: ignore[import-untyped]  # not typed
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from import_export import fields, resources, widgets
from import_export.formats import base_formats

from accounts.models import PayPeriod, WorkMode
from jobs.derived import company_key
from jobs.importing.boards.base import a_list
from jobs.importing.files import broken, parse_own
from jobs.importing.posting import Posting, posting_of, rank_named, work_mode
from jobs.importing.run import CLOSED_BY_FILE
from jobs.importing.upsert import company_named
from jobs.models import Company, Job
from jobs.normalize.pay import period_of
from jobs.normalize.problems import BadRow
from jobs.normalize.text import line, parsed
from jobs.normalize.titles import employment_type
from jobswipe.spreadsheets import ROW, as_meant, decoded

COLUMNS = (
    "company", "external_id", "title", "location", "work_mode", "employment_type", "seniority", "department",
    "description",
    "benefits", "pay_min", "pay_max", "pay_currency", "pay_period", "pay_source", "apply_url", "posted_at", "status",
)  # fmt: skip
NEEDED = ("company", "title", "apply_url", "description")
MOST_SHOWN = 200  # rows of a file on the page that tells what it would do
_IN_THE_NAME = {"company", "title", "description", "external_id", "pay_source", "status"}  # of a new job, or plain
_DAY_ZERO = datetime(1899, 12, 30)  # from which Excel counts
_WAYS = ("%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%b %d, %Y", "%B %d, %Y", "%Y/%m/%d")


class JobsAsJson(base_formats.JSON):
    """A list of objects, or one object a line, each with the columns that it has: the library wants all in all."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> Any:
        """Raises BadRow, in words, for what is no such list."""
        text = decoded(in_stream)
        try:
            rows = parsed(text)
        except (ValueError, RecursionError) as error:
            rows = _lines(text)
            if rows is None:
                raise BadRow(broken(text, error)) from error
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise BadRow("This is no list of objects, one for each job.")
        names = list(dict.fromkeys(name for row in rows for name in row))
        numbered = ([number, *map(row.get, names)] for number, row in enumerate(rows, 1))
        return tablib.Dataset(*numbered, headers=[ROW, *names])


def _lines(text: str) -> list[Any] | None:
    """Return the objects of JSON lines; None where they are none."""
    try:
        return [parsed(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


class CompanyByName(widgets.ForeignKeyWidget):
    """An employer by its name; a new name is a new employer."""

    def __init__(self) -> None:
        super().__init__(Company, "name")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Company:
        return company_named(str(value).strip())


class Lines(widgets.Widget):
    """Short texts, one a line or parted by semicolons."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        if isinstance(value, list | dict):
            return [line(one, "benefit", 200) for one in a_list(value, "benefits")]
        return [one.strip() for one in str(value or "").replace(";", "\n").splitlines() if one.strip()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "; ".join(value or [])


class BeforeAndNow(resources.Diff):
    """What each column held, and what it holds then: whole, since "5**0**5" for 50 and 55 tells nobody anything."""

    def as_html(self) -> list[tuple[str, str]]:
        return [("" if self.new else str(before), str(now)) for before, now in zip(self.left, self.right, strict=True)]


class JobResource(resources.ModelResource):
    """The key is the employer and the id; a row without an id has its apply address for one."""

    company = fields.Field("company", "company", CompanyByName())
    benefits = fields.Field("benefits", "benefits", Lines())

    class Meta:
        model = Job
        fields = COLUMNS
        import_order = export_order = COLUMNS
        import_id_fields = ("company", "external_id")
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        clean_model_instances = True

    @classmethod
    def get_diff_class(cls) -> type[BeforeAndNow]:
        return BeforeAndNow

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Refuse a file whose columns are others: a column that nobody reads would be missed by nobody."""
        self._rows: dict[tuple[str, str], Any] = {}
        names = [name for name in dataset.headers or [] if name != ROW]
        if unknown := [name for name in names if name not in COLUMNS]:
            raise BadRow(f"There is no column “{'”, “'.join(unknown)}”. The columns are: {', '.join(COLUMNS)}.")
        if missing := [name for name in NEEDED if name not in names]:
            raise BadRow(f"The file has no column “{'”, “'.join(missing)}”.")
        if "external_id" not in names:
            dataset.append_col([None] * len(dataset), header="external_id")

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> Any:
        """Say of each problem in which row it is."""
        result = super().import_row(row, instance_loader, **kwargs)
        if result.validation_error:
            told = f"Row {row.get(ROW) or kwargs['row_number']}, {str(row.get('title') or 'without a title')[:60]}: "
            result.validation_error = ValidationError([told + one for one in _sentences(result.validation_error)])
        return result

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Read the row as any other posting is read; what is wrong with it is said in words."""
        given = {name: _plain(row.get(name)) for name in COLUMNS}
        try:
            posting = _read(given)
            self._notice(posting, row.get(ROW))
            self._note = posting.note
        except BadRow as problem:
            raise ValidationError(str(problem)) from problem
        row.update(_cells(posting))
        row["status"] = _word(given["status"])

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        row_result.note = self._note  # shown before anything is written

    def after_init_instance(self, instance: Job, new: bool, row: Any, **kwargs: Any) -> None:
        row["status"] = row["status"] or instance.status  # a file that says nothing of it opens nothing again

    def before_save_instance(self, instance: Job, row: Any, **kwargs: Any) -> None:
        if instance.status == Job.Status.OPEN:
            instance.closed_at, instance.closed_reason = None, ""
        elif instance.closed_at is None:
            instance.closed_at, instance.closed_reason = timezone.now(), CLOSED_BY_FILE

    def _notice(self, posting: Posting, number: Any) -> None:
        key = company_key(posting.company), posting.external_id
        if key in self._rows:
            raise BadRow(f"Row {self._rows[key]} has the same company and id.")
        self._rows[key] = number

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("company")


def _sentences(problem: ValidationError) -> list[str]:
    by_field = getattr(problem, "error_dict", {NON_FIELD_ERRORS: problem})
    names = {name: "" if name == NON_FIELD_ERRORS else f"{name}: " for name in by_field}
    return [names[name] + one for name in by_field for one in ValidationError(by_field[name]).messages]


def _read(given: dict[str, Any]) -> Posting:
    """Return a row as a posting. Raises BadRow for what is missing or means nothing to us."""
    for name in ("company", "description"):
        if not _word(given[name]):
            raise BadRow(f"The {name} is missing.")
    _check_choices(given)
    text = given["description"]
    if isinstance(text, str) and not re.search(r"<\w", text):  # as it is typed into a cell
        given |= {"description": "", "description_plain": text}
    given |= {"benefits": Lines().clean(given["benefits"]), "posted_at": _day(given["posted_at"])}
    return posting_of(parse_own(given, ""))


def _check_choices(given: dict[str, Any]) -> None:
    """Refuse a word that is none of those that a column has: for a board it would only be unknown."""
    meanings = {
        "work_mode": (work_mode, WorkMode.values),
        "employment_type": (lambda text: employment_type(text.replace("_", " ")), Job.EmploymentType.values),
        "seniority": (rank_named, Job.Seniority.values),
        "pay_period": (period_of, PayPeriod.values),
        "status": (lambda text: text if text in Job.Status.values else "", Job.Status.values),
    }
    for name, (meaning, values) in meanings.items():
        if (word := _word(given[name])) and not meaning(word):
            raise BadRow(f"“{given[name]}” is no {name}. Write one of: {', '.join(values)}.")


def _word(cell: Any) -> str:
    return str("" if cell is None else cell).strip().casefold()


def _day(cell: Any) -> Any:
    """Return a day that a spreadsheet writes in its own way as ISO 8601 has it; anything else as it is."""
    text = str(cell or "").strip()
    if re.fullmatch(r"[2-6]\d{4}(\.\d+)?", text):  # of 1954 to 2091: the number that Excel has for it
        return (_DAY_ZERO + timedelta(days=float(text))).isoformat()
    if parts := re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", text):
        first, second, year = map(int, parts.groups())
        if first != second and max(first, second) <= 12:
            raise BadRow(f"“{text}” can be two days. Write year, month and day, as in 2026-11-30.")
        return f"{year}-{min(first, second):02}-{max(first, second):02}"
    for way in _WAYS:
        try:
            return datetime.strptime(text, way).isoformat()
        except ValueError:
            continue
    return cell


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else as_meant(value)


def _cells(posting: Posting) -> dict[str, Any]:
    """Return a posting as the cells of a row. Pay keeps its period and currency as we name them."""
    names = [name for name in COLUMNS if name not in {"company", "status", "benefits"}]
    return {name: getattr(posting, name) for name in names} | {"benefits": json.loads(json.dumps(posting.benefits))}


def changes(result: Any) -> list[dict[str, Any]]:
    """Return what the first rows of a file would write: which job, and its columns that are new or become others."""
    return [
        {
            "kind": row.import_type,
            "name": row.object_repr,
            "cells": _changed(result.diff_headers, row),
            "note": row.note,
        }
        for row in result.valid_rows()[:MOST_SHOWN]
    ]


def _changed(names: list[str], row: Any) -> list[tuple[str, str, str]]:
    """Return the columns that become others, with what was there and what is there then."""
    left_out = _IN_THE_NAME if row.is_new() else set()
    told = {name: pair for name, pair in zip(names, row.diff, strict=True) if pair[0] != pair[1]}
    if "description" in told:
        told["description"] = "", "another text"
    return [(name, *pair) for name, pair in told.items() if name not in left_out]
