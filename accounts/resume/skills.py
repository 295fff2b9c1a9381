"""What the person can do: skills with their years where these are said, and the languages they speak."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pycountry

from accounts.resume.findings import Finding
from accounts.resume.sections import BULLET

LEVELS = re.compile(
    r"\b(native|fluent|basic|intermediate|advanced|expert|proficient|beginner|conversational|professional|bilingual"
    r"|mother tongue|working|proficiency|speaker|level|limited|full|elementary|good|very|muttersprache|fließend"
    r"|verhandlungssicher|grundkenntnisse|in|[abc][12]|c1|c2)\b",
    re.IGNORECASE,
)
LANGUAGES_LABEL = re.compile(r"\W*(spoken )?languages?\s*:", re.IGNORECASE)
YEARS = re.compile(r"[\s(:,–-]*(\d{1,2}(?:\.\d)?)\s*\+?\s*(?:years?|yrs?|jahre|ans|años)\b[^)]*\)?", re.IGNORECASE)
OWN_NAMES = {
    "deutsch": "German", "englisch": "English", "spanisch": "Spanish", "französisch": "French", "italien": "Italian",
    "español": "Spanish", "inglés": "English", "français": "French", "anglais": "English", "allemand": "German",
    "espagnol": "Spanish", "mandarin": "Mandarin", "greek": "Greek", "farsi": "Farsi", "punjabi": "Punjabi",
    "cantonese": "Cantonese", "tagalog": "Tagalog", "türkisch": "Turkish", "russisch": "Russian",
}  # fmt: skip
MOST_SKILLS = 40
LONGEST = 40  # characters; more is a sentence


def read_skills(lines: Sequence[str]) -> list[Finding]:
    """Return one finding that holds the skills in their order, none twice."""
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        spoken = LANGUAGES_LABEL.match(line) and any(language_of(text) for text in _tokens(line))
        for text in () if spoken else _tokens(line):
            if not _only_spoken(text) and (skill := _skill(text)) and skill["name"].casefold() not in found:
                found[skill["name"].casefold()] = skill
    skills = list(found.values())[:MOST_SKILLS]
    return [Finding("skills", skills, " / ".join(line for line in lines if line)[:600])] if skills else []


def read_languages(lines: Sequence[str], skill_lines: Sequence[str]) -> list[Finding]:
    """Return one finding with the spoken languages; so may a line of the skills labelled so."""
    labelled = [line for line in skill_lines if LANGUAGES_LABEL.match(line)]
    among = [text for line in skill_lines if line not in labelled for text in _tokens(line) if _only_spoken(text)]
    read = [line for line in (*lines, *labelled, *among) if line]
    spoken = list(dict.fromkeys(name for line in read for text in _apart(line) if (name := language_of(text))))
    return [Finding("languages", spoken, " / ".join(read)[:300])] if spoken else []


def _apart(line: str) -> list[str]:
    return [one for text in _tokens(line) for one in re.split(r"\s+and\s+|\s*/\s*", text)]


def _only_spoken(text: str) -> bool:
    """Say whether a skill is no other than to speak something: "English and Spanish"."""
    parts = re.split(r"\s+and\s+|\s*/\s*", text.strip(" ."))
    return all(part.casefold() in _spoken() for part in parts)


def language_of(text: str) -> str:
    """Return the English name of the spoken language a text names, whatever the level beside it; else nothing."""
    plain = re.sub(r"[^\w\s]", " ", LEVELS.sub(" ", re.sub(r"\(.*?\)", " ", text))).split()
    return next((name for word in plain if (name := _spoken().get(word.casefold(), ""))), "")


@cache
def _spoken() -> dict[str, str]:
    """Languages with a two-letter code, which no programming language shares."""
    named = {one.name.split(" (")[0]: one for one in pycountry.languages if hasattr(one, "alpha_2")}
    return {name.casefold(): name for name in named if " " not in name} | OWN_NAMES


def _tokens(line: str) -> Iterator[str]:
    """Part a line at commas and signs outside of brackets, without its bullet and the label before a colon."""
    text = re.sub(r"^[^:,]{2,40}:\s*", "", BULLET.sub("", line))
    yield from re.split(r"\s*[,;|•·●▪]\s*(?![^()]*\))|\.\s+(?=[A-Z])|\s{2,}|\s+[–—]\s+(?!\d)", text)


def _skill(text: str) -> dict[str, Any] | None:
    years = YEARS.search(text)
    name = YEARS.sub("", text) if years else text
    name = re.sub(r"\s*\(.*?\)?$|\s*\(.*?\)", "", name).strip(" .–-:")
    name = re.sub(r"^and\s+", "", name)
    if not name or len(name) > LONGEST or len(name.split()) > 5 or not re.search(r"[^\W\d_]", name):
        return None
    return {"name": name, "years": float(years[1])} if years else {"name": name}
