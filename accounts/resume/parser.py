"""From a resume's text to proposals for the profile."""

from datetime import date

from accounts.resume.contact import read_contact
from accounts.resume.education import read_education
from accounts.resume.findings import Finding
from accounts.resume.sections import Section, split_sections
from accounts.resume.skills import read_languages, read_skills
from accounts.resume.text import ResumeText
from accounts.resume.work import read_work


def read_resume(text: ResumeText, *, today: date) -> list[Finding]:
    """Return what the text says of the person. Nothing is inferred but the years of experience, and they say so."""
    parts = split_sections(text.lines)
    return [
        *read_contact(parts[Section.TOP], text.lines, text.links),
        *read_work(parts[Section.WORK], today),
        *read_education(parts[Section.EDUCATION]),
        *read_skills(parts[Section.SKILLS]),
        *read_languages(parts[Section.LANGUAGES], parts[Section.SKILLS]),
    ]
