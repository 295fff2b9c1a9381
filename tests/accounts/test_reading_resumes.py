"""A resume is read as its author meant it, whatever its layout, and a hostile file ends without harm."""

import io
import zipfile
import zlib
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from accounts.resume import extract
from accounts.resume.contact import read_contact, split_name
from accounts.resume.dates import find_period
from accounts.resume.findings import Finding
from accounts.resume.parser import read_resume
from accounts.resume.places import find_place
from accounts.resume.skills import language_of
from accounts.resume.text import ResumeText, text_of
from jobswipe.problems import InvalidInput
from tests.accounts.files import docx_of, pdf_of
from tests.accounts.resumes import CLASSIC, SAMPLES, Sample

TODAY = date(2026, 11, 25)
LISTS = {"work_history", "education", "skills", "languages"}


def read(text: str) -> list[Finding]:
    return read_resume(ResumeText(tuple(extract.tidy(line) for line in text.splitlines())), today=TODAY)


def rows(findings: list[Finding], field: str, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(one.value.get(name, "") for name in names) for one in findings if one.field == field]


def of(findings: list[Finding], field: str) -> Any:
    return next((one.value for one in findings if one.field == field), [])


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_all_that_stands_there_is_read_and_nothing_else(sample: Sample) -> None:
    found = read(sample.text)
    assert {one.field: one.value for one in found if one.field not in LISTS} == sample.said
    assert rows(found, "work_history", "title", "company", "start", "end") == sample.work
    expected = [(*said, year or "") for *said, year in sample.education]
    assert rows(found, "education", "school", "degree", "field", "end_year") == expected
    assert [one["name"] for one in of(found, "skills")] == sample.skills
    assert of(found, "languages") == sample.languages


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_each_finding_names_the_words_it_was_read_from(sample: Sample) -> None:
    text = " ".join(extract.tidy(line) for line in sample.text.splitlines())
    for one in read(sample.text):
        if one.field == "experience_years":
            assert (one.sure, one.read[:7]) == (False, "Counted")
        else:
            assert one.read
            assert all(part in text for part in one.read.split(" / "))


def test_years_beside_a_skill_are_its_years() -> None:
    assert of(read(CLASSIC.text), "skills")[0] == {"name": "Python", "years": 8.0}


@pytest.mark.parametrize("text", ["", "lorem ipsum dolor\nsit amet", "Invoice 2024-118\nTotal: 48.00 EUR\n1 x Chair"])
def test_a_text_that_is_no_resume_gives_nothing(text: str) -> None:
    assert read(text) == []


def test_time_in_two_jobs_at_once_counts_once() -> None:
    jobs = "Experience\nEngineer, Acme Labs  Jan 2020 - Dec 2023\nEngineer, Initech Inc  Jan 2020 - Dec 2023"
    assert of(read(jobs), "experience_years") == 4


def test_a_number_without_a_country_is_doubted_unless_the_address_has_one() -> None:
    [alone] = [one for one in read_contact(["Ada Moreno", "512-555-0142"], [], []) if one.field == "phone"]
    [placed] = [
        one for one in read_contact(["Ada Moreno", "Austin, TX", "512-555-0142"], [], []) if one.field == "phone"
    ]
    assert (alone.sure, placed.sure, placed.value) == (False, True, "+15125550142")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Moreno", ("Ada", "Moreno", True)),
        ("ADA MORENO, PhD", ("Ada", "Moreno", True)),
        ("Moreno, Ada", ("Ada", "Moreno", True)),
        ("Ada B. Moreno", ("Ada", "Moreno", True)),
        ("Mary Jane Watson", ("Mary Jane", "Watson", False)),
        ("Oscar de la Renta", ("Oscar", "de la Renta", True)),
        ("José Ñandú-Ortiz", ("José", "Ñandú-Ortiz", True)),
        ("Senior Software Engineer", None),
        ("Work Experience", None),
        ("Curriculum Vitae", None),
        ("Ada", None),
        ("ada@example.com", None),
        ("New things are built here", None),
    ],
)
def test_names_are_told_from_other_lines(text: str, expected: tuple[str, str, bool] | None) -> None:
    assert split_name(text) == expected


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Jan 2019 – Present", "2019-01", ""),
        ("03/2016 - 06/2018", "2016-03", "2018-06"),
        ("2015-06 to 2019-02", "2015-06", "2019-02"),
        ("2012–2016", "2012", "2016"),
        ("September 2020 until now", "2020-09", ""),
        ("März 2019 bis heute", "2019-03", ""),
        ("févr. 2018 – déc. 2020", "2018-02", "2020-12"),
        ("Since 2021", "2021", ""),
        ("Jun '19 – Jul '21", "2019-06", "2021-07"),
    ],
)
def test_stretches_of_time_are_read(text: str, start: str, end: str) -> None:
    found = find_period(f"Engineer ({text})")
    assert found
    assert (found[0].start, found[0].end, found[1]) == (start, end, "Engineer")


@pytest.mark.parametrize("text", ["Room 2019", "+1 512 555 0142", "2 to 3 people", "ISO 27001 - 2013 edition"])
def test_other_numbers_are_no_time(text: str) -> None:
    assert find_period(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Austin, TX 78701", {"city": "Austin", "region": "TX", "postal_code": "78701", "country": "US"}),
        ("Toronto, ON M5V 2T6", {"city": "Toronto", "region": "ON", "postal_code": "M5V 2T6", "country": "CA"}),
        ("London, UK", {"city": "London", "country": "GB"}),
        ("10115 Berlin, Germany", {"city": "Berlin", "postal_code": "10115", "country": "DE"}),
        ("Hauptstraße 5, 10115 Berlin", {"street": "Hauptstraße 5", "city": "Berlin", "postal_code": "10115"}),
        ("Python, Go", {}),
        ("Engineer, Acme", {}),
        ("Austin", {}),
    ],
)
def test_addresses_are_told_from_other_lines(text: str, expected: dict[str, str]) -> None:
    assert find_place(text) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [("English (native)", "English"), ("Fluent in Spanish", "Spanish"), ("Deutsch C1", "German"), ("Python", "")],
)
def test_spoken_languages_are_told_from_others(text: str, language: str) -> None:
    assert language_of(text) == language


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("made", [pdf_of, docx_of])
def test_a_file_gives_the_same_findings_as_its_text(made: Any) -> None:
    found = read_resume(text_of(made(CLASSIC.text)), today=TODAY)
    assert [(one.field, one.value) for one in found] == [(one.field, one.value) for one in read(CLASSIC.text)]


def test_addresses_behind_links_are_read_too() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of("Ada Moreno\nmy page"))))
    writer.add_uri(0, "https://www.linkedin.com/in/adamoreno", RectangleObject((0, 0, 100, 100)))
    held = io.BytesIO()
    writer.write(held)
    found = read_resume(text_of(held.getvalue()), today=TODAY)
    assert of(found, "linkedin") == "https://www.linkedin.com/in/adamoreno"


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of("Ada Moreno"))))
    writer.encrypt("a password", algorithm="AES-256")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (extract.MOST_UNPACKED + 1))
    return held.getvalue()


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{entities}]><w:document>&l9;</w:document>'
    held = io.BytesIO(docx_of("Ada Moreno"))
    with zipfile.ZipFile(held) as old:
        parts = {one: old.read(one) for one in old.namelist()} | {"word/document.xml": text.encode()}
    with zipfile.ZipFile(held := io.BytesIO(), "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return held.getvalue()


def pdf_bomb() -> bytes:
    """A page of seven kilobytes that unpacks, twice, to four gigabytes."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(bytes(2**20)) for _ in range(4096)) + packer.flush()
    twice = zlib.compress(once, 9)
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<<>>>>endobj\n"
        b"4 0 obj<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n%%%%EOF\n" % (len(twice), twice)
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (locked(), "without a password"),
        (bomb(), "could not be read"),
        (billion_laughs(), "could not be read"),
        (pdf_bomb(), "could not be read"),
        (b"%PDF-1.7 but nothing more", "could not be read"),
        (pdf_of(""), "no text in this file"),
    ],
    ids=["locked", "zip bomb", "entity bomb", "pdf bomb", "cut off", "a picture"],
)
def test_a_file_that_cannot_be_read_is_said_to_be_so(content: bytes, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        text_of(content)
