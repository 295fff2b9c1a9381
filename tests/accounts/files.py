"""Real files made of text: a PDF written by hand and a Word document."""

import io

from docx import Document


def pdf_of(text: str) -> bytes:
    """Return a PDF of one page that shows the lines of `text`."""
    lines = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in text.splitlines()]
    shown = "BT /F1 10 Tf 12 TL 40 800 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    stream = shown.encode("cp1252")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 840]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def docx_of(text: str) -> bytes:
    """Return a Word document: a table for the first line, list paragraphs for bullets, and the rest as they are."""
    document = Document()
    first, *rest = text.splitlines()
    document.add_table(rows=1, cols=2).rows[0].cells[0].text = first
    for line in rest:
        if line.startswith("•"):
            document.add_paragraph(line[1:].strip(), style="List Bullet")
        else:
            document.add_paragraph(line)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()
