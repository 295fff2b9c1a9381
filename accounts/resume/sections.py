"""A resume's lines, sorted by the headings above them."""

import re
from collections.abc import Iterable
from enum import StrEnum


class Section(StrEnum):
    TOP = "top"
    WORK = "work"
    EDUCATION = "education"
    SKILLS = "skills"
    LANGUAGES = "languages"
    OTHER = "other"


# Headings as people write them, without case and signs. English, German, French, Spanish.
HEADINGS: dict[Section, str] = {
    Section.WORK: "experience; work; jobs; work experience; professional experience; employment;"
    " employment history; work history;"
    " relevant experience; career history; career; professional background; industry experience; positions;"
    " experience and employment; professional history; berufserfahrung; beruflicher werdegang; berufspraxis;"
    " werdegang; expérience; expérience professionnelle; expériences professionnelles; expériences;"
    " experiencia; experiencia laboral; experiencia profesional",
    Section.EDUCATION: "education; education and training; academic background; academic history; qualifications;"
    " academic qualifications; education and certifications; studies; ausbildung; bildung; studium; bildungsweg;"
    " schulbildung; formation; formations; éducation; études; educación; formación; formación académica; estudios",
    Section.SKILLS: "skills; technical skills; key skills; core skills; skills and tools; skills and technologies;"
    " technologies; core competencies; competencies; expertise; areas of expertise; technical expertise; tech stack;"
    " tools; tools and technologies; technical proficiencies; skills and expertise; top skills; technical summary;"
    " kenntnisse; fähigkeiten; fachkenntnisse; edv-kenntnisse; kompetenzen; it-kenntnisse;"
    " compétences; compétences techniques; habilidades; competencias; aptitudes",
    Section.LANGUAGES: "languages; language skills; spoken languages; sprachen; sprachkenntnisse; langues; idiomas",
    Section.OTHER: "summary; professional summary; profile; about; about me; objective; career objective; contact;"
    " contact information; contact details; personal details; projects; personal projects; side projects;"
    " publications; certifications; certificates; licenses and certifications; awards; honors; honors and awards;"
    " achievements; volunteering; volunteer experience; volunteer work; interests; hobbies; hobbies and interests;"
    " references; references available upon request; courses; training; activities; patents; memberships;"
    " leadership; extracurricular activities; open source; talks; additional information; highlights;"
    " profil; kontakt; projekte; zertifikate; interessen; persönliche daten; ehrenamt; weiterbildung; auszeichnungen;"
    " projets; centres d'intérêt; contacto; perfil; proyectos; intereses; certificaciones",
}
KNOWN = {heading.strip(): section for section, text in HEADINGS.items() for heading in text.split(";")}
BULLET = re.compile(r"^\s*(?:[•●▪▫■□◦‣⁃∙·➢➤►✓✔*\uf0b7\uf0a7]|[-–—o](?=\s))\s*")


def split_sections(lines: Iterable[str]) -> dict[Section, list[str]]:
    """Return the lines of each section, in their order. What stands above the first heading is the top."""
    found: dict[Section, list[str]] = {section: [] for section in Section}
    now = Section.TOP
    for line in lines:
        heading = heading_of(line)
        if heading and not (now == Section.SKILLS and heading[0] == Section.LANGUAGES and heading[1]):
            now, rest = heading  # but "Languages: Python, Go" among the skills is one of their lines
            if rest:
                found[now].append(rest)
        else:
            found[now].append(line)
    return found


def heading_of(line: str) -> tuple[Section, str] | None:
    """Return which section a heading opens and what follows on its line ("Skills: Python, Go"); None for no heading."""
    if section := KNOWN.get(_plain(line)):
        return section, ""
    before, *rest = re.split(r":|\s{2,}", line.strip(), maxsplit=1)
    section = KNOWN.get(_plain(before)) if rest else None
    return (section, rest[0].strip()) if section else None


def _plain(line: str) -> str:
    text = BULLET.sub("", line) if len(line) > 2 else line
    if re.fullmatch(r"\S(?: \S){3,}(?:  \S(?: \S)*)*", text.strip()):  # "E X P E R I E N C E"
        text = "  ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", text.strip()))
    text = re.sub(r"\s*[&+/]\s*", " and ", text.casefold())
    return re.sub(r"\s+", " ", re.sub(r"^[^\w]+|[^\w]+$", "", text))


def is_bullet(line: str) -> bool:
    return bool(BULLET.match(line))


def pieces_of(line: str) -> list[str]:
    """Return the parts of a line that signs or wide gaps set apart."""
    parts = re.split(r"\s*[|•·●▪‧∙]\s*|\s{2,}|\s+[–—-]\s+", line)
    return [part for part in (one.strip(" ,;:|") for one in parts) if part]
