"""Who the person is: name, telephone, where they live, and their pages, from the top of a resume."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import phonenumbers

from accounts.resume.findings import Finding
from accounts.resume.places import find_place
from accounts.resume.sections import KNOWN, pieces_of

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
LINKEDIN = re.compile(r"(?:https?://)?(?:\w{2,3}\.)?linkedin\.com/in/[\w%.-]+", re.I)
GITHUB = re.compile(r"(?:https?://)?(?:www\.)?github\.com/([\w-]+)", re.I)
PORTFOLIO = re.compile(r"(?:https?://)?(?:www\.)?(?:behance\.net|dribbble\.com)/[\w-]+", re.I)
SITE = re.compile(r"\b(?:https?://)?(?:www\.)?(?:[a-z\d-]+\.)+[a-z]{2,12}(?:/[\w%./~-]*)?", re.I)
TOP_LEVELS = r"\.(com|org|net|dev|io|me|co|ai|app|xyz|tech|info|design|de|uk|fr|es|at|ch|ca|in|eu|nl|pl|us|se|br)(/|$)"
OTHERS_SITES = re.compile(
    r"linkedin\.|github\.com|behance|dribbble|gmail\.|google\.|facebook\.|twitter\.|//x\.com|medium\.com", re.I
)
LABEL = re.compile(
    r"^(name|address|location|phone|mobile|tel|telephone|e-?mail|adresse|anschrift|wohnort)\s*[:.]\s*", re.I
)
NO_NAME = re.compile(
    r"\b(resume|résumé|curriculum|vitae|cv|lebenslauf|engineer\w*|developer|manager|designer|analyst|scientist|nurse"
    r"|consultant|architect|director|specialist|teacher|accountant|student|assistant|officer|address|phone|page|street"
    r"|avenue|road|university|college|inc|llc|gmbh|ltd|data|software|product|senior|junior|lead)\b",
    re.I,
)
PARTICLES = {
    "van",
    "von",
    "de",
    "der",
    "den",
    "del",
    "della",
    "di",
    "da",
    "dos",
    "la",
    "le",
    "bin",
    "al",
    "el",
    "ter",
    "zu",
}
CREDENTIALS = re.compile(
    r",?\s+(ph\.?d\.?|m\.?d\.?|mba|m\.?sc\.?|b\.?sc\.?|pmp|cpa|rn|esq\.?|jr\.?|p\.?e\.?)(?=,|\s|$)\.?", re.I
)
TOP_LINES = 12


def read_contact(top: Sequence[str], everything: Sequence[str], links: Sequence[str]) -> list[Finding]:
    """Return what the resume says of the person. `top` is what stands above the first heading."""
    head = [line for line in top if line][:TOP_LINES] or [line for line in everything if line][:TOP_LINES]
    place = _place(head)
    country = next((one.value for one in place if one.field == "country"), "")
    return [
        *(list(_name(head)) or _name_of_address(everything)),
        *_phone(head, everything, country),
        *place,
        *_pages(head, everything, links),
    ]


# ---------------------------------------------------------------- name


def _name(head: Sequence[str]) -> Iterator[Finding]:
    """The first line that can be nothing else than a name."""
    for line in head[:6]:
        for piece in pieces_of(LABEL.sub("", line))[:1]:
            if parts := split_name(piece):
                first, last, sure = parts
                yield Finding("first_name", first, line, sure)
                yield Finding("last_name", last, line, sure)
                return


def _name_of_address(everything: Sequence[str]) -> list[Finding]:
    """A name further down counts if the e-mail or LinkedIn address is made of it: some exports put it there."""
    start = everything[:60]
    addresses = " ".join(
        (EMAIL.findall(line) or LINKEDIN.findall(line) or [""])[0].casefold()
        for line in start
        if "@" in line or "/in/" in line
    )
    for line in start:
        if (parts := split_name(line)) and all(word.casefold() in addresses for word in line.split()):
            return [Finding("first_name", parts[0], line, parts[2]), Finding("last_name", parts[1], line, parts[2])]
    return []


def split_name(text: str) -> tuple[str, str, bool] | None:
    """Return first name, last name, and whether the parting is beyond doubt; None where it is no name."""
    text = CREDENTIALS.sub("", f" {text}").strip(" ,")
    if text.count(",") == 1:  # "Moreno, Ada"
        last, _, first = text.partition(",")
        text = f"{first.strip()} {last.strip()}"
    words = text.split()
    if not 2 <= len(words) <= 5 or text.casefold() in KNOWN or NO_NAME.search(text):
        return None
    if not all(re.fullmatch(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]*)*", word) for word in words):
        return None
    if not all(word[0].isupper() or word.casefold() in PARTICLES for word in words) or words[0].casefold() in PARTICLES:
        return None
    words = [_in_small(word) if text.isupper() else word for word in words]
    split = next((i for i, word in enumerate(words[1:], 1) if word.casefold() in PARTICLES), len(words) - 1)
    firsts = [word for word in words[:split] if not re.fullmatch(r"\w\.?", word)] or words[:1]
    return " ".join(firsts), " ".join(words[split:]), len(firsts) == 1


def _in_small(word: str) -> str:
    return (
        word.casefold() if word.casefold() in PARTICLES else re.sub(r"[^\W\d_]+", lambda one: one[0].capitalize(), word)
    )


# ---------------------------------------------------------------- telephone


def _phone(head: Sequence[str], everything: Sequence[str], country: str) -> Iterator[Finding]:
    """A number without a country code is read as one of the country they live in, and doubted where none is known."""
    for line in (*head, *everything):
        if EMAIL.sub("", line).count("/") > 3:
            continue
        for match in phonenumbers.PhoneNumberMatcher(line, country or "US"):
            sure = bool(country) or match.raw_string.lstrip().startswith("+")
            number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            yield Finding("phone", number, _piece(line, match.raw_string), sure)
            return


# ---------------------------------------------------------------- where


def _place(head: Sequence[str]) -> list[Finding]:
    """The first part of the top that is an address; one that is broken over two lines counts too."""
    lines = [LABEL.sub("", line) for line in head]
    for line in lines:
        for piece in re.split(r"\s*[|•·●▪]\s*|\s{2,}|\s[–—-]\s", line):
            if place := find_place(LABEL.sub("", piece)):
                return _as_findings(place, piece)
    for one, two in pairwise(lines):
        if re.search(r"\d", one) and "@" not in one and (place := find_place(f"{one}, {two}")) and "street" in place:
            return _as_findings(place, f"{one} / {two}")
    return []


def _as_findings(place: dict[str, str], read: str) -> list[Finding]:
    order = ("street", "city", "region", "postal_code", "country")
    return [Finding(name, place[name], read) for name in order if name in place]


# ---------------------------------------------------------------- pages


def _pages(head: Sequence[str], everything: Sequence[str], links: Sequence[str]) -> Iterator[Finding]:
    texts = [*head, *links, *everything]
    for text in texts:
        if found := LINKEDIN.search(text):
            yield Finding("linkedin", _url(found[0]), _piece(text, found[0]))
            break
    for text in texts:
        if (found := GITHUB.search(text)) and found[1].casefold() not in {"orgs", "features", "topics"}:
            yield Finding("github", f"https://github.com/{found[1]}", _piece(text, found[0]))
            break
    for text in texts:
        if found := PORTFOLIO.search(text):
            yield Finding("portfolio", _url(found[0]), _piece(text, found[0]))
            break
    for text in head:
        for found in SITE.finditer(EMAIL.sub(" ", text)):
            if re.search(TOP_LEVELS, found[0], re.I) and not OTHERS_SITES.search(found[0]):
                yield Finding("website", _url(found[0]), _piece(text, found[0]))
                return


def _piece(line: str, said: str) -> str:
    """Return the part of a line that holds what was read, so that its person sees just that."""
    return next((piece for piece in pieces_of(line) if said in piece), line)


def _url(text: str) -> str:
    address = text.rstrip(".,)")
    return address if "://" in address else f"https://{address}"
