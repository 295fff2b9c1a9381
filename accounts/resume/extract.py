"""The text of a PDF or DOCX file: stdin to JSON on stdout. A process of its own, with little time and memory.

Files come from anywhere. What is wrong with one (a bomb, a loop, a fault in a parser) ends here with this process.
Imports no Django, so that it starts quickly.
"""

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import Any, NoReturn

MOST_PAGES = 15
MOST_CHARACTERS = 100_000
MOST_UNPACKED = 50 * 2**20  # bytes of a DOCX in all
MOST_PARTS = 2_000
MEMORY = 1 * 2**30  # bytes of address space
SECONDS = 15  # of processor time


def main() -> None:
    """Print `{"lines": […], "links": […]}`, or a sentence on stderr and exit code 1."""
    content = sys.stdin.buffer.read()
    try:
        read = read_pdf if content.startswith(b"%PDF-") else read_docx
        lines, links = read(content)
    except Exception as error:  # noqa: BLE001 the top of this process: whatever a parser makes of it, unreadable
        _refuse(f"{type(error).__name__}: {error}")
    text = "\n".join(lines)[:MOST_CHARACTERS]
    json.dump({"lines": [tidy(line) for line in text.splitlines()], "links": links[:100]}, sys.stdout)


def tidy(line: str) -> str:
    """Return the line with ordinary spaces; two or more stay two, since they part columns."""
    line = re.sub(r"[\u200b\u200c\u200d\ufeff\x00]", "", line.replace("\t", "   "))
    return re.sub(r"\s{2,}", "  ", re.sub(r"[^\S ]", " ", line)).strip()


def read_pdf(content: bytes) -> tuple[list[str], list[str]]:
    """Return the lines of the first pages, and the addresses behind their links."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        _refuse("It is locked with a password.")
    lines: list[str] = []
    links: list[str] = []
    for page in reader.pages[:MOST_PAGES]:
        lines += page.extract_text().splitlines()
        links += [str(uri) for one in page.get("/Annots") or () if (uri := _uri(one.get_object()))]
    return lines, links


def _uri(annotation: Any) -> object:
    action = annotation.get("/A") if hasattr(annotation, "get") else None
    return action.get_object().get("/URI") if action else None


def read_docx(content: bytes) -> tuple[list[str], list[str]]:
    """Return the lines of headers, paragraphs and tables in their order, and the addresses behind links."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            _refuse("It unpacks to far more than a resume needs.")
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE

    document = Document(io.BytesIO(content))
    lines = [line for section in document.sections[:1] for line in _lines(section.header)]
    lines += _lines(document)
    links = [one.target_ref for one in document.part.rels.values() if one.reltype == RELATIONSHIP_TYPE.HYPERLINK]
    return lines, links


def _lines(container: Any) -> Iterator[str]:
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            yield from _table_lines(block)
        elif text := block.text.strip():
            yield from _paragraph_lines(block, text)


def _paragraph_lines(paragraph: Any, text: str) -> Iterator[str]:
    """Word draws bullets by itself; here they are signs again."""
    properties = paragraph._p.pPr
    listed = str(paragraph.style.name).startswith("List") or (properties is not None and properties.numPr is not None)
    yield from ((f"• {line}" if listed else line) for line in text.splitlines())


def _table_lines(table: Any) -> Iterator[str]:
    for row in table.rows:
        cells = list(dict.fromkeys(cell._tc for cell in row.cells))  # a merged cell comes once for each column
        by_element = {cell._tc: cell for cell in row.cells}
        texts = [list(_lines(by_element[element])) for element in cells]
        if all(len(lines) <= 1 for lines in texts):
            yield "   ".join(lines[0] for lines in texts if lines)
        else:
            yield from (line for lines in texts for line in lines)


def _refuse(reason: str) -> NoReturn:
    sys.stderr.write(reason)
    raise SystemExit(1)


def _limit() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    _limit()
    main()
