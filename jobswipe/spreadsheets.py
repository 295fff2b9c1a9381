"""Files for spreadsheets in which nothing runs: a text that would be a formula is kept a text.

import-export takes one leading `=` away, and lets the other beginnings of a formula through
(owasp.org/www-community/attacks/CSV_Injection).
"""

from typing import Any

from import_export.formats import base_formats

BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # some Excels read the wide ones too
AS_TEXT = "'"


def as_text(cell: Any) -> str:
    """Return what a cell shows, behind an apostrophe if a spreadsheet would run it."""
    shown = str(cell)
    return AS_TEXT + shown if shown.startswith(BEGINNINGS) else shown


def as_meant(cell: Any) -> Any:
    """Return what `as_text` was given: for files that come back."""
    is_escaped = isinstance(cell, str) and cell.startswith(AS_TEXT) and cell[1:].startswith(BEGINNINGS)
    return cell[1:] if is_escaped else cell


class WithoutFormulas(base_formats.TablibFormat):  # type: ignore[misc]  # the library is not typed
    """A format that escapes when IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT says so."""

    def _escape_formulae(self, dataset: Any) -> None:
        for _ in range(len(dataset)):
            dataset.append([as_text(cell) for cell in dataset.lpop()])


class Csv(WithoutFormulas, base_formats.CSV):  # type: ignore[misc]
    """Comma-separated values."""


class Xlsx(WithoutFormulas, base_formats.XLSX):  # type: ignore[misc]
    """Excel's workbook."""
