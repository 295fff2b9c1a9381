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
    "history": {
        "name": "Ada Moreno", "email": "ada@example.com", "cv": RESUME, "start": "14.12.2026", "years": "8",
        "school-school--0": "UT Austin", "school-degree--0": "Bachelor's Degree", "school-field--0": "Computer Science",
        "school-month--0": "", "school-year--0": "2016", "school-gpa--0": "",
        "school-school--1": "ACC", "school-degree--1": "Associate's Degree", "school-field--1": "",
        "school-month--1": "", "school-year--1": "2013", "school-gpa--1": "",
        "job-title--0": "Staff Engineer", "job-company--0": "Initech", "job-place--0": "", "job-now--0": "on",
        "job-month--0": "1", "job-year--0": "2019", "job-text--0": "",
        "job-title--1": "Engineer", "job-company--1": "Hooli", "job-place--1": "", "job-month--1": "6",
        "job-year--1": "2016", "job-to--1": "12/2018", "job-text--1": "",
    },
    "thousands": {  # lists of six thousand: native, all drawn, and drawn in part
        "name": "Ada Moreno", "email": "ada@example.com", "cv": RESUME, "big": "United States", "school": "UT Austin",
        "degree": "Bachelor of Science or equivalent", "state": "Texas",
    },
    "german": {
        "vn": "Ada", "nn": "Moreno", "em": "ada@example.com", "tel": "+15125550142", "land": "Vereinigte Staaten",
        "geld": "", "start": "14.12.2026", "frist": "2 Wochen", "ge": "Keine Angabe", "src": "Unternehmenswebsite",
        "past": "", "cv": RESUME, "ds": "on",
    },
    "classic": {  # of tables: marks that are images, numbered questions, regions that come with the country
        "fn": "Ada", "ln": "Moreno", "em": "ada@example.com", "pt": "", "pn": "+15125550142", "a1": "12 Elm St",
        "r0": "47", "r1": "952", "ad": "Austin, TX, United States", "pay": "150000", "pay.currency": "USD",
        "pay.period": "year", "q1": "101", "q2": "Y", "lic[fork]": "fork", "start": "2026-12-14", "cv": RESUME,
    },
    "drawn": {  # of boxes with roles: menus for lists, a listbox, boxes in a list, a file behind "Add file"
        "name": "Ada Moreno", "email": "ada@example.com", "tel": "+15125550142", "state": "Texas", "auth": "Yes",
        "lang": ["English", "Spanish"], "degree": "b", "cv": RESUME,
    },
    "elements": {  # form-associated custom elements, whose labels, options and buttons stand in slots
        "first": "Ada", "last": "Moreno", "email": "ada@example.com", "country": "us", "visa": "n", "cv": RESUME,
        "ok": "yes",
    },
    "below": {  # words below what they ask for, a date in three lists, a switch, a file that is put away
        "fn": "Ada", "ln": "Moreno", "em": "ada@example.com", "d": "14", "m": "11", "y": "2026", "moves": "on",
        "cv": RESUME,
    },
    "parts": {  # folded up, one open at a time: a tree of places, a slider, tags, toggles, a wage in three controls
        "name": "Ada Moreno", "email": "ada@example.com", "tel": "(512) 555-0142", "cut": "(512) 555-0142",
        "place": "United States / Texas / Austin", "years": "8", "tags": ["Python", "C++"], "mode": "Remote",
        "lang": ["English", "Spanish"], "pay": "150000", "cur": "USD", "per": "per year", "start": "14 Dec 2026",
        "tools": ["C++", "Python"], "pick": "14 Dec 2026",
        "from": "12/14/2026", "cv": RESUME, "lic": "true", "ref": "",
    },
    "onebyone": {
        "name": "Ada Moreno", "email": "ada@example.com", "auth": "Yes", "cv": RESUME, "terms": "I accept",
    },
    "prefilled": {  # as a site fills rows in from the resume: in its own order, one of them of no school that was told
        "name": "Ada Moreno", "email": "ada@example.com", "cv": RESUME,
        "e0": "Hooli", "t0": "Engineer", "s0": "06/2016", "d0": "12/2018",
        "e1": "Initech", "t1": "Staff Engineer", "s1": "01/2019", "d1": "",
        "u0": "Massachusetts Institute", "g0": "MS",
    },
}  # fmt: skip
PAST = {
    "work_history": [
        {"company": "Initech", "title": "Staff Engineer", "start": "2019-01"},
        {"company": "Hooli", "title": "Engineer", "start": "2016-06", "end": "2018-12"},
        {"company": "Globex", "title": "Intern"},
    ],
    "education": [
        {"school": "UT Austin", "degree": "Bachelor's", "field": "Computer Science", "end_year": 2016},
        {"school": "ACC", "degree": "Associate", "end_year": 2013},
    ],
}
MORE: dict[str, dict[str, Any]] = {  # that Ada says where it is asked
    "history": PAST,
    "prefilled": PAST,
    "parts": {"answers": [{"question": "Do you have a valid driver's license?", "answer": "Yes"}]},
    "classic": {"answers": [{"question": "Which of these do you hold?", "answer": "Forklift certificate"}]},
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_form_is_filled_in_right_and_sent_once(name: str, pages: Site, apply: Apply) -> None:
    pages.page((FORMS / "frame-inner.html").read_text(), path="/frame-inner")
    url = pages.page((FORMS / f"{name}.html").read_text(), path=f"/{name}")

    result = apply(url, ada=MORE.get(name))

    assert result.outcome is Outcome.SUBMITTED, (result.message, result.questions)
    assert pages.sent == [EXPECTED[name]]
