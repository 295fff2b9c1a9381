"""Every page is accessible (axe-core, WCAG 2.2 AA) and fits a phone and a desk, in light and dark.

With SCREENSHOTS=FOLDER it also leaves a picture of each there; `script/screenshots` does that.
"""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from accounts import getting_started
from accounts.models import User
from accounts.resume.parser import read_resume
from accounts.resume.text import ResumeText
from applications import services
from applications.models import Application, Lane, Stage, Swipe
from automation import leases
from automation.demo.seed import seed
from automation.outcomes import finish
from automation.reports import Step, add_evidence, report_steps
from automation.sandbox.bundle import FOLDER, bundle
from jobs.models import Job
from tests.accounts.resumes import CLASSIC
from tests.processes import Person

SIZES = {"phone": (390, 844), "desk": (1440, 900)}
LOOKS = [("phone", "light"), ("desk", "dark"), ("phone", "dark"), ("desk", "light")]
PUBLIC = {"welcome": "/", "login": "/accounts/login/", "signup": "/accounts/signup/", "missing": "/nowhere"}
PRIVATE = {
    "deck": "/jobs",
    "passed": "/jobs/passed",
    "saved": "/jobs/saved",
    "board": "/applications",
    "list": "/applications?view=list",
    "needs-you": "/needs-you",
    "profile": "/profile",
    "answers": "/answers",
    "privacy": "/privacy",
    "devices": "/devices",
    "download": "/download",
    "start": "/start",
    "start-confirm": "/start/confirm",
    "start-questions": "/start/questions",
    "notifications": "/notifications",
    "sign-in-ways": "/accounts/2fa/",
}
TODAY = date(2026, 11, 25)
QUESTION: dict[str, Any] = {
    "label": "Why do you want to work with us?", "kind": "textarea", "options": [], "required": True, "why": "unknown",
}  # fmt: skip
FIELDS = [
    {"label": "First name", "kind": "text", "required": True, "value": "Dana", "source": "profile"},
    {"label": "Resume", "kind": "file", "required": True, "value": "resume.pdf", "source": "resume"},
]
OUTCOMES: dict[str, dict[str, Any]] = {
    "applied": {"outcome": "submitted", "confirmation": "response", "message": "Thank you for applying."},
    "question": {"outcome": "needs_answers", "questions": [QUESTION], "message": "The form asks what only you know."},
    "challenge": {"outcome": "challenge", "message": "The employer's page asks to prove that you are a person."},
    "unconfirmed": {"outcome": "unconfirmed"},
    "closed": {"outcome": "posting_closed", "message": "The employer takes no more applications."},
    "retried": {"outcome": "failed", "failure_kind": "network", "message": "The employer's page did not answer."},
}


@pytest.fixture
def demo(transactional_db: None) -> User:
    return seed()


@pytest.fixture
def lived_in(demo: User, person: Person) -> dict[str, str]:
    """Give the demo person an application in every state; return the address of each one's page by its name."""
    jobs = list(Job.objects.order_by("-id")[: len(OUTCOMES) + 4])
    Swipe.objects.all().delete()
    picture = person.driver.get_screenshot_as_png()
    for direction in (Swipe.Direction.LEFT, Swipe.Direction.SAVE):
        services.swipe(actor=demo, job_id=jobs.pop().pk, direction=direction, key=uuid4())
    getting_started.propose(demo, "resume.pdf", read_resume(ResumeText(tuple(CLASSIC.text.splitlines())), today=TODAY))
    pages = {name: _end(_applied_to(demo, jobs.pop()), picture, result) for name, result in OUTCOMES.items()}
    services.move(actor=demo, application_id=int(pages["applied"].rpartition("/")[2]), stage=Stage.INTERVIEW)
    pages["working"] = _start(_applied_to(demo, jobs.pop()))
    _applied_to(demo, jobs.pop())
    return pages


def _applied_to(user: User, job: Job) -> Application:
    swipe, _ = services.swipe(actor=user, job_id=job.pk, direction=Swipe.Direction.RIGHT, key=uuid4(), again=True)
    if swipe.application.status == "PENDING":
        services.release(actor=user, application_id=swipe.application.pk)
    return swipe.application


def _start(application: Application) -> str:
    [attempt] = leases.claim(lane=Lane.SERVER, runner="worker-1")
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)
    report_steps(attempt_id=attempt.pk, lease=attempt.lease, steps=[Step(1, "fill", "Fills in the form", 40)])
    return f"/applications/{application.pk}"


def _end(application: Application, picture: bytes, result: dict[str, Any]) -> str:
    address = _start(application)
    attempt = application.attempts.get()
    for name in ("before-submit", "after-submit"):
        add_evidence(attempt=attempt, name=f"{name}.png", kind=name, content=picture)
    if result["outcome"] in ("submitted", "unconfirmed"):
        leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    finish(attempt_id=attempt.pk, lease=attempt.lease, result={"fields": FIELDS, **result})
    return address


@pytest.fixture(scope="session")
def axe() -> str:
    bundle()
    return (FOLDER / "node_modules/axe-core/axe.min.js").read_text()


Faults = Callable[[str, str], list[str]]


@pytest.fixture
def faults(person: Person, axe: str) -> Iterator[Faults]:
    """Look at a page as people see it; give what is wrong with it in words."""
    wanted = os.environ.get("SCREENSHOTS")

    def look(name: str, path: str) -> list[str]:
        found: list[str] = []
        for size, scheme in LOOKS if wanted else LOOKS[:2]:
            _dress(person, size, scheme)
            person.go(path)
            found += [f"{name}, {size}, {scheme}: {fault}" for fault in _faults(person, axe)]
            if wanted:
                _picture(person, Path(wanted) / f"{name}-{size}-{scheme}.png")
        return found

    yield look
    person.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    person.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def _dress(person: Person, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"}
    person.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [
        {"name": "prefers-color-scheme", "value": scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    person.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def _faults(person: Person, axe: str) -> list[str]:
    person.script(axe)
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    violations = person.driver.execute_async_script(
        """const done = arguments[1];
           const where = (one) => one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ');
           axe.run({ resultTypes: ['violations'], runOnly: { type: 'tag', values: arguments[0] } })
             .then(({ violations }) => done(violations.map((one) => `${one.id}: ${one.help}: ${where(one)}`)));""",
        rules,
    )
    overflow = person.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*violations, *([f"it is {overflow} px too wide"] if overflow > 0 else [])]


def _picture(person: Person, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(person.driver.get_screenshot_as_png())


UNSEEN_TABS = """
const width = document.documentElement.clientWidth;
return [...document.querySelectorAll('.top .nav a')]
  .filter((tab) => tab.getBoundingClientRect().right > width).map((tab) => tab.innerText);
"""
CONTRASTS = """
const light = (color) => {
  const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((one) => one / 255)
    .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
};
const field = document.querySelector('[name=login]'), drawn = getComputedStyle(field);
const hint = getComputedStyle(field, '::placeholder').color;
return [hint, drawn.borderTopColor].map((color) => {
  const [one, other] = [light(color), light(drawn.backgroundColor)].sort((a, b) => a - b);
  return other / one;
});
"""


def test_a_narrow_screen_and_large_text_hide_nothing(person: Person, lived_in: dict[str, str]) -> None:
    """WCAG 1.4.10 and 1.4.4: 320 px, and a phone whose owner has set text to twice its size."""
    person.sign_in(settings.DEMO_EMAIL, settings.DEMO_PASSWORD)
    found = []
    for name, path in (PRIVATE | {f"application-{name}": path for name, path in lived_in.items()}).items():
        person.go(path)
        for width, size in ((320, "100%"), (390, "200%")):
            metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": True}
            person.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            person.script("document.documentElement.style.fontSize = arguments[0]", size)
            over = person.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found += [f"{name}, {width} px, {size}: {over} px too wide"] if over > 0 else []
            found += [f"{name}, {width} px, {size}: no {tab} in sight" for tab in person.script(UNSEEN_TABS)]
    person.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fields_and_their_hints_stand_out(person: Person, demo: User, scheme: str) -> None:
    """WCAG 1.4.3 and 1.4.11, where axe-core does not look."""
    _dress(person, "phone", scheme)
    person.driver.delete_all_cookies()
    person.go("/accounts/login/")
    hint, border = person.script(CONTRASTS)
    person.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    person.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert hint >= 4.5
    assert border >= 3


def test_what_anybody_sees_is_accessible(faults: Faults, demo: User) -> None:
    found = [fault for name, path in PUBLIC.items() for fault in faults(name, path)]
    assert not found, "\n".join(found)


def test_what_its_person_sees_is_accessible(faults: Faults, person: Person, lived_in: dict[str, str]) -> None:
    person.sign_in(settings.DEMO_EMAIL, settings.DEMO_PASSWORD)
    job = {"job": f"/jobs/{Job.objects.latest('id').pk}"}
    pages = PRIVATE | job | {f"application-{name}": path for name, path in lived_in.items()}
    found = [fault for name, path in pages.items() for fault in faults(name, path)]
    assert not found, "\n".join(found)
