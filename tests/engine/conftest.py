"""A candidate, a resume, one warm browser, a site of one's own, and the way to apply at it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from automation.engine.browser.pace import Pace
from automation.engine.browser.session import Browser, start
from automation.engine.candidate import Candidate
from automation.engine.handover import Person
from automation.engine.result import Result
from automation.engine.run import Task, run
from tests.engine.site import Site

ADA: dict[str, Any] = {
    "first_name": "Ada",
    "last_name": "Moreno",
    "email": "ada@example.com",
    "phone": "+15125550142",
    "address": {"street": "12 Elm St", "city": "Austin", "region": "TX", "postal_code": "78701", "country": "US"},
    "links": {"linkedin": "https://www.linkedin.com/in/adamoreno", "github": "https://github.com/adamoreno"},
    "current": {"company": "Initech", "title": "Staff Engineer"},
    "experience_years": 8,
    "education": [{"school": "UT Austin", "degree": "Bachelor's", "field": "Computer Science", "end_year": 2016}],
    "skills": [{"name": "Python", "years": 8}, {"name": "C++", "years": 3}],
    "languages": ["English", "Spanish"],
    "work_authorization": [{"country": "US", "authorized": True, "needs_sponsorship": False}],
    "willing_to_relocate": True,
    "work_mode": "remote",
    "salary_expectation": {"amount": 150000, "currency": "USD", "period": "year"},
    "notice_period_days": 14,
    "earliest_start": "2026-12-14",
    "over_18": True,
    "heard_from": "Company website",
    "consents": {"privacy": True, "truthful": True},
    "answers": [{"question": "Why do you want to work at Meridian?", "answer": "Maps."}],
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def candidate(**changes: Any) -> Candidate:
    """Return Ada, with changes by top-level key."""
    return Candidate.from_json({**ADA, **changes})


@dataclass
class Listener:
    """A host that notes what it is told, and grants the submission or not."""

    grants: bool = True
    steps: list[str] = field(default_factory=list)
    asked: int = 0
    kinds: list[str] = field(default_factory=list)

    def step(self, name: str, message: str, percent: int) -> None:
        self.steps.append(name)

    def begin_submit(self) -> bool:
        self.asked += 1
        return self.grants

    def evidence(self, path: Path, kind: str) -> None:
        assert path.is_file()
        self.kinds.append(kind)


Apply = Callable[..., Result]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    browser = start()
    yield browser
    browser.quit()


@pytest.fixture(scope="session")
def _site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def pages(_site: Site) -> Site:
    """A site without pages, but for the one that says thank you."""
    _site.clear()
    return _site


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "resume.pdf"
    path.write_bytes(PDF)
    return path


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def apply(browser: Browser, resume: Path, tmp_path: Path, listener: Listener) -> Apply:
    """Apply at an address as Ada, at once. `ada` changes her, `person` is at the browser, other keywords are Task's."""

    def at(url: str, *, ada: dict[str, Any] | None = None, person: Person | None = None, **task: Any) -> Result:
        folder = tmp_path / "evidence"
        folder.mkdir(exist_ok=True)
        return run(
            Task(
                url=url,
                candidate=candidate(**(ada or {})),
                resume=resume,
                evidence_dir=folder,
                **{"pace": Pace.FAST, "time_limit": 300.0, **task},
            ),
            browser=browser,
            host=listener,
            person=person,
        )

    return at
