"""Jobs as rows of a spreadsheet: what the admin's import and export read and write."""

import json
from typing import Any

import tablib  # type: ignore[import-untyped]  # not typed
from django.core.exceptions import ValidationError
from import_export import fields, resources, widgets
from import_export.formats import base_formats

from jobs.importing.files import broken, parse_own
from jobs.importing.posting import Posting, posting_of
from jobs.importing.upsert import company_named
from jobs.models import Company, Job
from jobs.normalize.problems import BadRow
from jobswipe.spreadsheets import as_meant

COLUMNS = (
    "company", "external_id", "title", "location", "work_mode", "employment_type", "seniority", "department",
    "description",
    "benefits", "pay_min", "pay_max", "pay_currency", "pay_period", "pay_source", "apply_url", "posted_at", "status",
)  # fmt: skip


SHOWN = 300  # characters of a cell beside what is wrong with its row


class JobsAsJson(base_formats.JSON):
    """A list of objects, each with the columns that it has: the library wants all columns in all of them."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> Any:
        """Raises BadRow, in words, for what is no such list."""
        try:
            rows = json.loads(in_stream)
        except (ValueError, RecursionError) as error:
            raise BadRow(broken(in_stream, error)) from error
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise BadRow("This is no list of objects, one for each job.")
        names = list(dict.fromkeys(name for row in rows for name in row))
        return tablib.Dataset(*([row.get(name) for name in names] for row in rows), headers=names)


class CompanyByName(widgets.ForeignKeyWidget):
    """An employer by its name; a new name is a new employer."""

    def __init__(self) -> None:
        super().__init__(Company, "name")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Company:
        if not str(value or "").strip():
            raise ValidationError("The company is missing.")
        return company_named(str(value).strip())


class Lines(widgets.Widget):
    """Short texts, one a line or parted by semicolons."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        if isinstance(value, list):
            return [str(one) for one in value]
        return [one.strip() for one in str(value or "").replace(";", "\n").splitlines() if one.strip()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "; ".join(value or [])


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

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Add the columns of the key if the file lacks them: then each row says what it misses."""
        for name in self._meta.import_id_fields:
            if name not in (dataset.headers or []):
                dataset.append_col([None] * len(dataset), header=name)

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Read the row as any other posting is read; what is wrong with it is said in words."""
        given = {name: _plain(row.get(name)) for name in COLUMNS}
        given["benefits"] = Lines().clean(given["benefits"])
        try:
            posting = posting_of(parse_own(given, ""))
        except BadRow as problem:
            row.update({name: f"{str(value)[:SHOWN]}…" for name, value in given.items() if len(str(value)) > SHOWN})
            raise ValidationError(str(problem)) from problem
        row.update(_cells(posting))
        row["status"] = Job.Status.CLOSED if str(given["status"]).casefold() == "closed" else Job.Status.OPEN

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("company")


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else as_meant(value)


def _cells(posting: Posting) -> dict[str, Any]:
    """Return a posting as the cells of a row. Pay keeps its period and currency as we name them."""
    names = [name for name in COLUMNS if name not in {"company", "status", "benefits"}]
    return {name: getattr(posting, name) for name in names} | {"benefits": json.loads(json.dumps(posting.benefits))}
