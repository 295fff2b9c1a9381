"""Forms of many makes, as employers have them: each is filled in right, sent once, and its traps are left alone."""

from pathlib import Path
from typing import Any

import pytest

from automation.engine.result import Outcome
from tests.engine.conftest import PDF, Apply
from tests.engine.site import Site

FORMS = Path(__file__).parent / "forms"
RESUME = ("resume.pdf", PDF)

EXPECTED: dict[str, dict[str, Any]] = {
    "bootstrap": {
        "candidate[first]": "Ada", "candidate[last]": "Moreno", "candidate[email]": "ada@example.com",
        "candidate[email_again]": "ada@example.com", "candidate[tel]": "+15125550142",
        "edu": "Bachelor of Science or equivalent", "exp": "c", "auth": "1", "visa": "n", "notice": "2 weeks",
        "state": "45", "website": "", "company_hp": "", "nickname": "", "cv": RESUME, "terms": "on",
    },
    "table": {
        "txt1": "Ada", "txt2": "Moreno", "txt3": "12 Elm St", "txt4": "", "txt5": "Austin", "txt6": "78701",
        "sel1": "2", "txt7": "+15125550142", "txt8": "ada@example.com", "r1": "Y", "r2": "Y", "sel2": "Yes",
        "txt9": "150000", "txt10": "12/14/2026", "txt11": "Initech", "txt12": "Staff Engineer", "file1": RESUME, "chk1": "1",
    },
    "wizard": {
        "name": "Ada Moreno", "email": "ada@example.com", "phone": "+15125550142", "cv": RESUME, "co": "Initech",
        "yp": "8", "sp": "no", "g": "x",
    },
    "late": {
        "n": "Ada Moreno", "e": "ada@example.com", "cv": RESUME, "auth": "Yes", "spon": "No", "src": "Company Website",
    },
    "buttons": {
        "name": "Ada Moreno", "email": "ada@example.com", "resume": "resume.pdf", "auth": "Yes", "visa": "NO",
        "mode": "Remote", "privacy": "true",
    },
    "frame": {"f": "Ada", "l": "Moreno", "e": "ada@example.com", "cv": RESUME, "m": "", "ok": "on"},
    "shadow": {
        "first": "Ada", "last": "Moreno", "mail": "ada@example.com", "mail2": "ada@example.com", "city": "Austin",
        "cv": "resume.pdf", "msg": "", "consent": True,
    },
    "listboxes": {
        "n1": "Ada", "n2": "Moreno", "em": "ada@example.com", "country": "United States of America", "auth": "Yes",
        "degree": "Bachelor's Degree", "gender": "I do not wish to self-identify", "cv": RESUME,
    },
    "dropzone": {
        "fullname": "Ada Moreno", "mail": "ada@example.com", "tel": "+15125550142",
        "li": "https://www.linkedin.com/in/adamoreno", "loc": "Austin, TX", "cv": RESUME, "cl": "",
        "cpp": "3 - 5 years", "cs": "", "lang": ["en", "es"], "race": "Decline to answer", "truth": "on",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_a_form_is_filled_in_right_and_sent_once(name: str, pages: Site, apply: Apply) -> None:
    pages.page((FORMS / "frame-inner.html").read_text(), path="/frame-inner")
    url = pages.page((FORMS / f"{name}.html").read_text(), path=f"/{name}")

    result = apply(url)

    assert result.outcome is Outcome.SUBMITTED, (result.message, result.questions)
    assert pages.sent == [EXPECTED[name]]
