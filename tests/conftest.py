"""People and things that tests share: alice owns, bob is another candidate, charlie is staff."""

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import Candidate, Resume, User
from accounts.services import add_resume
from applications import services
from applications.models import Application, Swipe
from jobs.models import Company, Job
from tests.emptying import _what_never_changes_stays
from tests.own_computer import agent_program, line, new_computer
from tests.processes import _driver, employers, person, site, slot, start_worker

__all__ = [
    "_driver",
    "_what_never_changes_stays",
    "agent_program",
    "employers",
    "line",
    "new_computer",
    "person",
    "site",
    "slot",
    "start_worker",
]  # fixtures

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_numbers = count(1)

# The same examples each time in the suite; `pytest --hypothesis-profile long` looks for new ones, for much longer.
hypothesis_settings.register_profile(
    "suite", max_examples=40, stateful_step_count=50, deadline=None, derandomize=True,
    suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
hypothesis_settings.register_profile(
    "long", max_examples=2000, stateful_step_count=100, deadline=None, suppress_health_check=list(HealthCheck)
)
hypothesis_settings.load_profile("suite")


class QuickHasher(PBKDF2PasswordHasher):
    """The product's own way of keeping passwords, so that a web process reads it, in one round."""

    iterations = 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the folders whose files take longest: no process of the run is left alone with one of them."""
    slow = ("engine", "whole", "setup", "proxies", "pages")
    items.sort(key=lambda item: slow.index(name) if (name := item.path.parent.name) in slow else len(slow))


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Passwords are hashed in no time."""
    settings.PASSWORD_HASHERS = ["tests.conftest.QuickHasher"]


PASSWORD = "a long enough password"


def make_person(name: str) -> User:
    """Make a person with a complete profile and a default resume; swipes are queued at once."""
    user = User.objects.create_user(f"{name}@example.com", PASSWORD)
    Candidate.objects.create(
        user=user,
        first_name=name.capitalize(),
        last_name="Moreno",
        phone="+15125550142",
        city="Austin",
        region="TX",
        postal_code="78701",
        country="US",
        experience_years=8,
        work_authorization=[{"country": "US", "authorized": True, "needs_sponsorship": False}],
        consents={"privacy": True, "truthful": True},
        undo_window=0,
    )
    add_resume(user=user, upload=SimpleUploadedFile("resume.pdf", PDF))
    return user


@pytest.fixture
def alice(db: None) -> User:
    return make_person("alice")


@pytest.fixture
def bob(db: None) -> User:
    return make_person("bob")


@pytest.fixture
def charlie(db: None) -> User:
    return User.objects.create_superuser("charlie@example.com", PASSWORD)


def make_job(**fields: Any) -> Job:
    """Make an open job of a new posting at one employer."""
    number = next(_numbers)
    company = fields.pop("company", None)
    if company is None:
        company, _ = Company.objects.get_or_create(slug="meridian", defaults={"name": "Meridian Labs"})
    defaults = {
        "title": f"Engineer {number}",
        "description": "<p>Build things.</p>",
        "apply_url": f"http://127.0.0.1:9/meridian/jobs/engineer-{number}",
    }
    return Job.objects.create(company=company, **{**defaults, **fields})


@pytest.fixture
def job(db: None) -> Job:
    return make_job()


@pytest.fixture
def swipe_right() -> Callable[..., Application]:
    """Swipe right as a person; give the application as it is then."""

    def swipe(user: User, job: Job) -> Application:
        made, _ = services.swipe(actor=user, job_id=job.pk, direction=Swipe.Direction.RIGHT, key=uuid4())
        return Application.objects.get(swipe=made)

    return swipe


@pytest.fixture
def resume(alice: User) -> Resume:
    return alice.resumes.get()


@pytest.fixture
def client_of() -> Callable[[User], APIClient]:
    """Give a REST client that is signed in as the person."""

    def signed_in(user: User) -> APIClient:
        client = APIClient()
        client.force_login(user)
        return client

    return signed_in
