"""Sections that ask for each former job or school: which row is about which, and what the candidate says in it.

A row is known by the company or the school that it names already, as where a site has read the resume; rows that name
none take what is left of the candidate's list, in its order. What a row asks beyond that list stays open.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from automation.engine.candidate import Candidate
from automation.engine.forms.entry import Entry, History, Past
from automation.engine.forms.field import FormField, Kind
from automation.engine.forms.questions.meanings import normalized

_OWN = r"(your |my |previous |prior |former |past |most recent |relevant |other |and |& )*"
_END = r"( (background|history|experience|details?|information|record|qualifications?|entry))*\W*\d*\W*$"
HEADINGS = {
    History.WORK: re.compile(
        rf"^\W*{_OWN}(employment|employers?|(work|job|professional|career) ?(experience|history)|experience"
        rf"|(present|current|latest) or (last|latest|most recent|previous) (job|position|employment|employer)"
        rf"|(job|position|role)\W*(?=\d)){_END}",
        re.IGNORECASE,
    ),
    History.SCHOOL: re.compile(
        rf"^\W*{_OWN}((higher|tertiary|university|college|(under|post-?)?graduate) education|education(al)?|academic"
        rf"|schools?|universit(y|ies)|colleges?|degrees?){_END}",
        re.IGNORECASE,
    ),
}
NO_TITLE = re.compile(r"^\W*((entry|row|item|record|no)\W*)?\d*\W*$", re.IGNORECASE)
INDEXED = (  # names and ids of controls in rows: "school--0", "workExperience-1--jobTitle", "education[0].degree"
    (History.SCHOOL, re.compile(r"[|\[._-](school|degree|discipline|educations?)[a-z_]*(--|[-_\[.])\d", re.IGNORECASE)),
    (History.WORK, re.compile(
        r"[|\[._-]((work)?experiences?|employments?|company-name|employers?)[a-z_]*(--|[-_\[.])\d", re.IGNORECASE
    )),
)  # fmt: skip
NUMBER = re.compile(r"(--|[-_\[.])\d+")

_SHORT = r"^(?!(when|what|earliest|available|desired|preferred)\b)(?!.*( .*){5})"  # five words at most
_START = rf"{_SHORT}(.*\b(start|started|begin|began|since|first year|hired?|joined)\b|from\b)"
_NO_DAY = r"(?!(highest |last )?(degrees?|level of education|education( level)?) (complet|finish))"
_STOP = rf"{_SHORT}{_NO_DAY}(.*\b(end|ended|ending|until|till|last year|left|finished|graduat\w*|complet\w*)\b|to\b)"
PARTS: dict[History, tuple[tuple[str, re.Pattern[str]], ...]] = {
    History.WORK: (
        ("current", re.compile(
            r"(currently|still|presently) (work|employ)|^(current|present)( (job|position|role))?$|to present$"
        )),
        ("start", re.compile(_START)),
        ("end", re.compile(_STOP)),
        ("title", re.compile(r"\b(title|position|role|occupation)\b")),
        ("name", re.compile(r"\b(company|employer|organi[sz]ation)\b")),
    ),
    History.SCHOOL: (
        ("title", re.compile(r"^(your )?highest\b.*\b(degree|qualification|level)\b")),
        ("start", re.compile(_START)),
        ("end", re.compile(_STOP)),
        ("title", re.compile(r"\b(degrees?|level of education|qualification)\b")),
        ("field", re.compile(r"field of study|\bmajor\b|discipline|(area|course) of study|^subject$|speciali[sz]")),
        ("name", re.compile(r"\b(school|university|college|institution|institute)\b")),
    ),
}  # fmt: skip
NO_PART = re.compile(
    r"descri|responsib|dut(y|ies)|reason|supervisor|manager|phone|address|contact|\bmay we\b|salary|\bpay\b|\bcity\b"
    r"|state|country|location|industry|\btype\b|\bsize\b|website|url|\bwhy\b|\bhow\b|achiev|gpa|grade|honou?r|activit"
    r"|did you|have you|are you|minor|expected|current (company|employer|title|role|position)|e-?mail"
    r"|\byears of\b|summary|\b(interests?|attracts?|excites?|appeals?|motivates?)\b"
)


def entries(candidate: Candidate, history: History) -> list[Entry]:
    """Return the candidate's jobs or schools in the order in which they list them."""
    if history is History.SCHOOL:
        return [
            Entry(one.school, one.degree, one.field, end=str(one.end_year or ""))
            for one in candidate.education
            if one.school or one.degree
        ]
    jobs = [
        Entry(one.company, one.title, "", one.start, one.end, is_current=bool(one.start) and not one.end)
        for one in candidate.work_history
        if one.company or one.title
    ]
    now = candidate.current
    return jobs or ([Entry(now.company, now.title, is_current=True)] if now.company else [])


def placed(
    fields: Sequence[FormField], candidate: Candidate, kept: Mapping[History, int] | None = None
) -> list[FormField]:
    """Return the fields, those in rows of jobs and schools with what they are about; so many are no fields any more."""
    rows = list(_rows(fields))
    told = {one: entries(candidate, one)[(kept or {}).get(one, 0) :] for one in History}
    about = {number: past for row in rows for number, past in _about(row, rows, told[row.history])}
    return [replace(one, past=about.get(number)) for number, one in enumerate(fields)]


Numbered = tuple[int, FormField]


@dataclass(frozen=True)
class _Row:
    history: History
    fields: list[Numbered]

    @property
    def name(self) -> str:
        """The company or school that the row names already."""
        return next((one.value for _, one in self.fields if part_of(self.history, one) == "name"), "")


def _rows(fields: Iterable[FormField]) -> Iterator[_Row]:
    """Yield the rows in their order: one begins where the first thing that it asks is asked again."""
    row: _Row | None = None
    before: FormField | None = None
    for number, one in enumerate(fields):
        history = _history(one, before, row.history if row else None)
        if row and (history is not row.history or one.label == row.fields[0][1].label):
            yield row
            row = None
        if history and row is None:
            row = _Row(history, [])
        if row:
            row.fields.append((number, one))
        before = one
    if row:
        yield row


def _history(field: FormField, before: FormField | None, going: History | None) -> History | None:
    """Return what a field's row is of: by its heading, by its own name, or as the field before it in the same row."""
    heading = next((one for one in field.sections if not NO_TITLE.match(one) and not _is_part_of(one, field.label)), "")
    if heading and (found := _headed(heading)):
        return found
    if found := next((name for name, pattern in INDEXED if pattern.search(field.key)), None):
        return found
    mine, last = NUMBER.search(field.key), NUMBER.search(before.key) if before else None
    return going if mine and last and mine.group() == last.group() else None


def _headed(heading: str) -> History | None:
    return next((name for name, pattern in HEADINGS.items() if pattern.match(heading)), None)


def _is_part_of(heading: str, label: str) -> bool:
    """Whether a label below it holds a heading as a group's name: not "Education" of "Education End Year"."""
    return heading in label and (heading == label or _headed(heading) is None)


def _about(row: _Row, rows: list[_Row], told: list[Entry]) -> Iterator[tuple[int, Past]]:
    same = [one for one in rows if one.history is row.history]
    mine = _shared_out([one.name for one in same], told)[same.index(row)]
    for number, field in row.fields:
        if part := part_of(row.history, field):
            yield number, Past(row.history, same.index(row), part, mine)


def _shared_out(names: list[str], told: list[Entry]) -> list[Entry | None]:
    """Return whom each row is about, given what the rows name already."""
    known = {number: found for number, name in enumerate(names) if name and (found := _named(name, told))}
    rest = [one for one in told if one not in known.values()]
    return [known.get(number) or (None if name or not rest else rest.pop(0)) for number, name in enumerate(names)]


def _named(name: str, told: list[Entry]) -> Entry | None:
    given = normalized(name)
    for one in told:
        known = normalized(one.name)
        if known and (f" {known} " in f" {given} " or f" {given} " in f" {known} "):
            return one
    return None


def part_of(history: History, field: FormField) -> str:
    """Return what of a job or school a field asks: name, title, field, start, end or current; else nothing."""
    label = normalized(field.label)
    if len(label) > 80 or field.kind is Kind.LONG_TEXT or NO_PART.search(label):
        return ""
    return next((part for part, pattern in PARTS[history] if pattern.search(label)), "")


def left_over(fields: Sequence[FormField], candidate: Candidate, history: History) -> int:
    """Return how many entries have no row yet; none where a row is about something that the candidate did not list."""
    rows = {one.past.row: one.past.entry for one in fields if one.past and one.past.history is history}
    told = entries(candidate, history)
    return 0 if None in rows.values() else len(told) - len(rows)
