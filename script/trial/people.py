"""The people of the trial: each swipes right on every job, and sends a swipe again until it was answered."""

import os
import random
import threading
import time
import uuid
from dataclasses import dataclass
from http import HTTPStatus

import requests

from script.trial.product import Product

GAP = 0.2  # seconds between two swipes
SENT_AGAIN = 0.1  # share of the answered swipes that are sent once more, as after an answer that was lost
# What the employers do, job by job: most take what they are sent, the others are slow, fail, are closed or say nothing.
FORMS = (
    "meridian/jobs/{}/apply",
    "meridian/jobs/{}/apply?slow=1",
    "meridian/jobs/{}/apply?error_once=1",
    "meridian/jobs/{}/apply?silent=1",
    "meridian/jobs/{}/apply",
    "meridian/jobs/{}/apply?closed=1",
    "harborlight/jobs/9{}",
    "meridian/jobs/{}/apply?status=500",
    "meridian/jobs/{}/apply?swallow=1",
    "meridian/jobs/{}/apply?slow=2",
)


@dataclass(frozen=True)
class Planned:
    """A swipe to come: whose token, which job, which key."""

    token: str
    job: int
    key: uuid.UUID


def prepare(product: Product, people: int, swipes: int) -> list[Planned]:
    """Make people with complete profiles, and jobs; return the swipes, no pair of person and job twice."""
    os.environ |= product.environment() | {"DJANGO_SETTINGS_MODULE": "jobswipe.settings"}
    import django

    django.setup()
    from django.db import connection

    from jobs.models import Company, Job

    company = Company.objects.create(name="Practice", slug="practice")
    jobs = [
        Job.objects.create(
            company=company,
            title=f"Engineer {n}",
            description="<p>Build things.</p>",
            apply_url=f"{product.employers}/{FORMS[n % len(FORMS)].format(n)}",
        ).pk
        for n in range(-(-swipes // people))
    ]
    tokens = [_person(number) for number in range(people)]
    connection.close()
    return [Planned(token, job, uuid.uuid4()) for job in jobs for token in tokens][:swipes]


def _person(number: int) -> str:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from accounts.models import Answer, Candidate, User
    from accounts.services import add_resume, issue_token, remember_answer

    user = User.objects.create_user(f"person{number}@example.com")
    Candidate.objects.create(
        user=user, first_name="Ada", last_name="Moreno", phone="+15125550142", city="Austin", region="TX",
        postal_code="78701", country="US", experience_years=8, skills=[{"name": "Python", "years": 8}],
        work_authorization=[{"country": "US", "authorized": True, "needs_sponsorship": False}],
        consents={"privacy": True, "truthful": True}, undo_window=0 if number % 2 else 5,
    )  # fmt: skip
    question = "Why do you want to work at Meridian?"
    remember_answer(user=user, question=question, answer="I grew up on a farm.", source=Answer.Source.PROFILE)
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    add_resume(user=user, upload=SimpleUploadedFile("ada.pdf", pdf))
    return issue_token(user=user, name="trial")[1]


class Swiper(threading.Thread):
    """Sends the swipes one after another; `acknowledged` are the keys of those that the site has answered."""

    def __init__(self, product: Product, planned: list[Planned], seed: int) -> None:
        super().__init__(name="swiper", daemon=True)
        self.acknowledged: list[uuid.UUID] = []
        self._site = product.site
        self._planned = planned
        self._choice = random.Random(seed)
        self._stopping = threading.Event()

    def run(self) -> None:
        for swipe in self._planned:
            while not self._stopping.is_set() and not self._send(swipe):
                time.sleep(GAP)
            if self._stopping.is_set():
                return
            self.acknowledged.append(swipe.key)
            if self._choice.random() < SENT_AGAIN:
                self._send(swipe)
            time.sleep(GAP)

    def stop(self) -> None:
        self._stopping.set()
        self.join(30)

    def _send(self, swipe: Planned) -> bool:
        try:
            answer = requests.post(
                f"{self._site}/api/v1/swipes/",
                json={"job": swipe.job, "direction": "right", "key": str(swipe.key)},
                headers={"Authorization": f"Bearer {swipe.token}"},
                timeout=10,
            )
        except requests.RequestException:
            return False
        return answer.status_code in {HTTPStatus.CREATED, HTTPStatus.OK}
