"""The candidate: what the person has said about themselves, as `candidate.json` carries it.

Unknown keys and wrong types are errors that name the key: a typing error must not become an empty field.
"""

import re
import types
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
WORK_MODES = ("", "remote", "hybrid", "onsite")
MONTH = re.compile(r"(\d{4}(-(0[1-9]|1[0-2]))?)?")
PERIODS = ("hour", "day", "week", "month", "year")


class CandidateError(ValueError):
    """The candidate cannot be used; the text names the key and what it should be."""


@dataclass(frozen=True)
class Address:
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""  # ISO 3166-1 alpha-2


@dataclass(frozen=True)
class Links:
    linkedin: str = ""
    github: str = ""
    website: str = ""
    portfolio: str = ""


@dataclass(frozen=True)
class Current:
    company: str = ""
    title: str = ""


@dataclass(frozen=True)
class Job:
    """A position held, now or before. Dates are ISO 8601, "2019-01" or "2019"; with a start and no end it goes on."""

    company: str = ""
    title: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class Education:
    school: str = ""
    degree: str = ""
    field: str = ""
    end_year: int | None = None


@dataclass(frozen=True)
class Skill:
    name: str
    years: float | None = None


@dataclass(frozen=True)
class WorkAuthorization:
    country: str  # ISO 3166-1 alpha-2
    authorized: bool
    needs_sponsorship: bool | None = None


@dataclass(frozen=True)
class Salary:
    amount: float
    currency: str  # ISO 4217
    period: str  # hour, day, week, month or year


@dataclass(frozen=True)
class Demographics:
    gender: str = "decline"
    race: str = "decline"
    veteran: str = "decline"
    disability: str = "decline"


@dataclass(frozen=True)
class Consents:
    privacy: bool = False
    truthful: bool = False


@dataclass(frozen=True)
class BankedAnswer:
    question: str
    answer: str


@dataclass(frozen=True)
class Candidate:
    """Everything but the first four is optional; None and empty mean "not said"."""

    first_name: str
    last_name: str
    email: str
    phone: str
    preferred_name: str = ""
    address: Address = field(default_factory=Address)
    links: Links = field(default_factory=Links)
    current: Current = field(default_factory=Current)
    experience_years: float | None = None
    work_history: tuple[Job, ...] = ()  # the newest first
    education: tuple[Education, ...] = ()
    skills: tuple[Skill, ...] = ()
    languages: tuple[str, ...] = ()
    work_authorization: tuple[WorkAuthorization, ...] = ()
    willing_to_relocate: bool | None = None
    work_mode: str = ""  # remote, hybrid or onsite
    salary_expectation: Salary | None = None
    notice_period_days: int | None = None
    earliest_start: str = ""  # ISO 8601 date
    over_18: bool | None = None
    heard_from: str = ""
    demographics: Demographics = field(default_factory=Demographics)
    consents: Consents = field(default_factory=Consents)
    answers: tuple[BankedAnswer, ...] = ()

    @classmethod
    def from_json(cls, value: object) -> "Candidate":
        """Return the candidate that `value`, parsed JSON, describes. Raises CandidateError."""
        candidate: Candidate = _build(cls, value, "")
        for name in ("first_name", "last_name", "email", "phone"):
            if not getattr(candidate, name).strip():
                raise CandidateError(f"{name} is missing")
        candidate._check_words()
        return candidate

    def _check_words(self) -> None:
        if self.work_mode not in WORK_MODES:
            raise CandidateError("work_mode should be remote, hybrid or onsite")
        if self.salary_expectation and self.salary_expectation.period not in PERIODS:
            raise CandidateError(f"salary_expectation.period should be one of {', '.join(PERIODS)}")
        for number, job in enumerate(self.work_history):
            if wrong := next((name for name in ("start", "end") if not MONTH.fullmatch(getattr(job, name))), None):
                raise CandidateError(f"work_history[{number}].{wrong} should be a month as 2019-01, or a year")
        try:
            date.fromisoformat(self.earliest_start or "2000-01-01")
        except ValueError as error:
            raise CandidateError("earliest_start should be a date as 2026-12-14") from error


def _build(kind: type[T], value: object, where: str) -> T:
    if not isinstance(value, dict):
        raise CandidateError(f"{where or 'the candidate'} should be an object")
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]  # `kind` is a dataclass
    if unknown := [_path(where, str(name)) for name in value if name not in known]:
        raise CandidateError(f"unknown keys: {', '.join(unknown)}")
    if lacking := [name for name, one in known.items() if name not in value and _is_required(one)]:
        raise CandidateError(f"{_path(where, lacking[0])} is missing")
    hints = get_type_hints(kind)
    return kind(**{name: _convert(hints[name], one, _path(where, name)) for name, one in value.items()})


def _is_required(one: "Field[Any]") -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _convert(hint: Any, value: object, where: str) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return None if value is None else _convert(get_args(hint)[0], value, where)
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise CandidateError(f"{where} should be a list")
        return tuple(_convert(get_args(hint)[0], one, f"{where}[{index}]") for index, one in enumerate(value))
    if is_dataclass(hint):
        return _build(hint, value, where)  # type: ignore[arg-type]  # a class, never an instance
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise CandidateError(f"{where} should be {_words(hint)}")
    return value


def _path(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _words(hint: type) -> str:
    return {str: "text", int: "a whole number", float: "a number", bool: "true or false"}[hint]
