"""Files for spreadsheets, in which nothing runs: a text that would be a formula is kept a text.

import-export takes one leading `=` away, and lets the other beginnings of a formula through
(owasp.org/www-community/attacks/CSV_Injection). Files that come in are as people's programs write them: Excel parts
cells by semicolons where a comma is the decimal point, writes the letters of its own system, and leaves empty rows.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import tablib  # type: ignore[import-untyped]  # not typed
from import_export.formats import base_formats

BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # some Excels read the wide ones too
AS_TEXT = "'"
ROW = "row"  # the column that says where a row stands in its file
csv.field_size_limit(2**31 - 1)  # how long a text may be is said of its row, by who reads it
_DELIMITERS = (",", ";", "\t", "|")
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class Unreadable(ValueError):
    """A file that is no table; the sentence says why."""


def as_text(cell: Any) -> str:
    """Return what a cell shows, behind an apostrophe if a spreadsheet would run it."""
    shown = str(cell)
    return AS_TEXT + shown if shown.startswith(BEGINNINGS) else shown


def as_meant(cell: Any) -> Any:
    """Return what `as_text` was given: for files that come back."""
    is_escaped = isinstance(cell, str) and cell.startswith(AS_TEXT) and cell[1:].startswith(BEGINNINGS)
    return cell[1:] if is_escaped else cell


def decoded(content: bytes | str) -> str:
    """Return the text of a file: what its first bytes say it is, else UTF-8, else that of Windows."""
    if isinstance(content, str):
        return content
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252")


def table(rows: Iterable[Sequence[Any]]) -> Any:
    """Return a dataset of rows, of which the first names the columns. Empty rows and columns are left out."""
    numbered = enumerate(rows, 1)
    _, first = next(numbered, (0, ()))
    places = [place for place, name in enumerate(first) if str(name or "").strip()]
    names = [re.sub(r"\W+", "_", str(first[place]).strip().casefold()) for place in places]
    dataset = tablib.Dataset(headers=[ROW, *names])
    for number, cells in numbered:
        if any(cell not in {None, ""} for cell in cells):
            dataset.append([number, *(cells[place] if place < len(cells) else None for place in places)])
    return dataset


class WithoutFormulas(base_formats.TablibFormat):  # type: ignore[misc]  # the library is not typed
    """A format that escapes when IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT says so."""

    def _escape_formulae(self, dataset: Any) -> None:
        for _ in range(len(dataset)):
            dataset.append([as_text(cell) for cell in dataset.lpop()])


class Csv(WithoutFormulas, base_formats.CSV):  # type: ignore[misc]
    """Comma-separated values, or what else Excel takes for them."""

    def is_binary(self) -> bool:
        return True  # what the bytes mean is found out here

    def get_read_mode(self) -> str:
        return "rb"

    def create_dataset(self, in_stream: bytes | str, **kwargs: Any) -> Any:
        text = decoded(in_stream)
        if "\0" in text:
            raise ValueError("This is no text.")
        if text.lstrip().startswith("<"):
            raise Unreadable("This is HTML, not a spreadsheet.")
        first, has_open_quote = text.partition("\n")[0], text.count('"') % 2 == 1  # or inches
        lines = io.StringIO(text, newline="")
        rows = csv.reader(lines, delimiter=max(_DELIMITERS, key=first.count), strict=has_open_quote)
        try:
            return table(rows)
        except csv.Error as error:
            raise Unreadable(
                f"In line {rows.line_num} a quotation mark is missing: a text that begins with one ends with one."
            ) from error

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        """Mark it as UTF-8: Excel takes it for something else otherwise."""
        return codecs.BOM_UTF8 + str(super().export_data(dataset, **kwargs)).encode()


class Xlsx(WithoutFormulas, base_formats.XLSX):  # type: ignore[misc]
    """Excel's workbook."""

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> Any:
        import openpyxl  # type: ignore[import-untyped]  # late, as it is large and the settings read this module

        book = openpyxl.load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True)
        return table(book.active.iter_rows(values_only=True))
