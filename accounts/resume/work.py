"""Where the person worked: positions found by their dates, then by what stands around these."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.resume.dates import Period, find_period
from accounts.resume.findings import Finding
from accounts.resume.places import is_place
from accounts.resume.sections import is_bullet, pieces_of

TITLE = re.compile(
    r"\b(engineer|developer|programmer|manager|director|analyst|scientist|designer|architect|consultant|administrator"
    r"|assistant|associate|lead|head|chief|officer|specialist|coordinator|intern|internship|teacher|tutor|nurse|clerk"
    r"|accountant|representative|executive|technician|researcher|writer|editor|president|vp|founder|co-founder|cto|ceo"
    r"|cfo|owner|supervisor|advisor|strategist|recruiter|driver|operator|cook|chef|barista|server|cashier|trainee"
    r"|lecturer|professor|fellow|attorney|paralegal|physician|therapist|pharmacist|buyer|planner|agent|freelancer"
    r"|contractor|apprentice|instructor|producer|photographer|sre|devops|qa|tester|staff|principal|controller|auditor"
    r"|entwickler\w*|ingenieur\w*|leiter\w*|berater\w*|werkstudent\w*|praktikant\w*|mitarbeiter\w*"
    r"|développeu\w+|ingénieur\w*|responsable|chef de projet|stagiaire|desarrollador\w*|ingenier\w+|gerente"
    r"|analista)\b",
    re.IGNORECASE,
)
COMPANY = re.compile(
    r"\b(inc|llc|ltd|limited|corp|corporation|gmbh|ag|se|s\.?a\.?|bv|b\.v\.|plc|co|company|group|labs?|technologies"
    r"|systems|solutions|university|college|hospital|bank|school|institute|agency|studios?|partners|holdings|clinic)\b\.?",
    re.IGNORECASE,
)
LEGAL_FORM = r"(?:inc|llc|ltd|co|corp|plc|gmbh)\b"
NEITHER = re.compile(
    r"\b(department|dept|team|division|full[- ]time|part[- ]time|contract|freelance|permanent)\b", re.IGNORECASE
)
MOST_POSITIONS = 20


@dataclass
class Position:
    """One job as it was read."""

    title: str
    company: str
    period: Period
    read: str

    def as_row(self) -> dict[str, Any]:
        row = {"company": self.company, "title": self.title, "start": self.period.start, "end": self.period.end}
        return {name: value for name, value in row.items() if value}


def read_work(lines: Sequence[str], today: date) -> list[Finding]:
    """Return the work history, and from it the present position and the years of experience."""
    positions = find_positions([line for line in lines if line])[:MOST_POSITIONS]
    if not positions:
        return []
    rows = [Finding("work_history", one.as_row(), one.read, bool(one.title and one.company)) for one in positions]
    return [*_current(positions), *_experience(positions, today), *rows]


def _current(positions: Sequence[Position]) -> list[Finding]:
    """The job without an end is the present one. Where all have ended there is none: nothing is proposed."""
    current = next((one for one in positions if not one.period.end), None)
    if current is None:
        return []
    said = (("current_company", current.company), ("current_title", current.title))
    return [Finding(name, value, current.read) for name, value in said if value]


def _experience(positions: Sequence[Position], today: date) -> list[Finding]:
    """Full years in work; time in two jobs counts once. An inference, so the person is asked to look twice."""
    months = {month for one in positions for month in one.period.months(today.strftime("%Y-%m"))}
    years = len(months) // 12
    first = min(one.period.start for one in positions)
    read = f"Counted from your jobs since {first}"
    return [Finding("experience_years", years, read, sure=False)] if 0 < years < 60 else []


def find_positions(lines: Sequence[str]) -> list[Position]:
    """Return the positions in the order of the resume. Whether names stand above the dates, the first one shows."""
    dated = [(i, *said) for i, line in enumerate(lines) if len(line) < 160 and (said := find_period(line))]
    dated = [one for one in dated if not is_bullet(lines[one[0]])] or dated
    above_first = bool(dated) and bool(_free_above(lines, dated[0][0], -1))
    found: list[Position] = []
    used = -1
    for i, period, rest in dated:
        parts, read, used = _around(lines, i, rest, used, above_first)
        title, company = title_and_company(parts)
        if (
            title and not company and above_first and found and found[-1].company
        ):  # one more position under the same employer's name
            company, read = found[-1].company, f"{found[-1].company} / {read}"
        if title or company:
            found.append(Position(title, company, period, read))
    return found


def _around(lines: Sequence[str], i: int, rest: str, used: int, above_first: bool) -> tuple[list[str], str, int]:
    """Return what is said of the position whose dates stand on line i, the lines read, and the last one used."""
    parts = _telling(rest)
    taken = [i]
    for j in [*_free_above(lines, i, used), *_free_below(lines, i)][:: 1 if above_first else -1]:
        if _complete(parts):
            break
        if more := _telling(lines[j]):
            parts = [*more, *parts] if j < i else [*parts, *more]
            taken.append(j)
    return parts, " / ".join(lines[j] for j in sorted(taken)), max(taken)


def _free_above(lines: Sequence[str], i: int, used: int) -> list[int]:
    """The lines right above, nearest first, that may name the position: at most two, none of an earlier one."""
    found = []
    for j in range(i - 1, max(used, i - 3), -1):
        if not _may_name(lines[j]):
            break
        found.append(j)
    return found


def _free_below(lines: Sequence[str], i: int) -> list[int]:
    below = []
    for j in range(i + 1, min(i + 3, len(lines))):
        if not _may_name(lines[j]):
            break
        below.append(j)
    return below[::-1]


def _may_name(line: str) -> bool:
    short = len(line) <= 90 and not line.endswith((".", ";", ","))
    return short and not is_bullet(line) and not find_period(line) and (line[:1].isupper() or line[:1].isdigit())


def _telling(line: str) -> list[str]:
    """The parts of a line that name a title or a company, so no places."""
    whole = [part for part in pieces_of(line) if not is_place(part)]
    pieces = [piece for part in whole for piece in _by_comma(part)]
    return [piece for piece in pieces if TITLE.search(piece) or not NEITHER.search(piece)]


def _by_comma(part: str) -> list[str]:
    """Part "Engineer, Meridian Labs" and "Engineer at Meridian Labs", but not "Meridian Labs, Inc."."""
    if found := re.fullmatch(r"(.+?)\s+(?:at|@|bei|chez|en)\s+([A-ZÄÖÜ\d].+)", part):
        return [found[1], *_by_comma(found[2])]
    pieces = [piece.strip() for piece in re.split(rf",(?!\s*{LEGAL_FORM})", part, flags=re.IGNORECASE) if piece.strip()]
    while len(pieces) > 1 and (is_place(pieces[-1]) or is_place(", ".join(pieces[-2:]))):
        pieces = pieces[: -1 if is_place(pieces[-1]) and not is_place(", ".join(pieces[-2:])) else -2]
    if len(pieces) == 3 and TITLE.search(pieces[0]) and not COMPANY.search(pieces[2]) and not TITLE.search(pieces[2]):
        pieces.pop()  # "Engineer, Meridian Labs, Austin"
    if len(pieces) == 2 and bool(TITLE.search(pieces[0])) != bool(TITLE.search(pieces[1])):
        return pieces
    return [", ".join(pieces)] if pieces else []


def _complete(parts: Sequence[str]) -> bool:
    return len(parts) >= 2 and any(TITLE.search(part) for part in parts)


def title_and_company(parts: Sequence[str]) -> tuple[str, str]:
    """Return which part is the title and which the company; empty for what is not said."""
    titles = [part for part in parts if TITLE.search(part)]
    only_titles = [part for part in titles if not COMPANY.search(part)] or titles
    title = only_titles[0] if only_titles else ""
    others = [part for part in parts if part != title]
    company = next((part for part in others if COMPANY.search(part)), others[0] if others else "")
    if not title and len(others) > 1:
        title = next(part for part in others if part != company)
    return title, company
