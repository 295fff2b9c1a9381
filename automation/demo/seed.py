"""The demo: a person with a complete profile, and openings at the practice employers."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import chain, count, islice
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from accounts.models import Answer, Candidate, User
from accounts.services import add_resume, remember_answer
from automation.demo.postings import seed_postings
from automation.sandbox.catalogue import NAMES, OPENINGS, Opening
from automation.sandbox.catalogue import opening as opening_at
from jobs.models import Company, Job

RESUME = Path(__file__).with_name("resume.pdf")
COMPANIES = {
    "meridian": ("Meridian Labs", "Weather stations for four thousand farms."),
    "harborlight": ("Harborlight", "Tells ports which container to move next."),
    "copperline": ("Copperline", "Finds the fault on a rural power line before the lights go out."),
    "saltmarsh": ("Saltmarsh", "Small boats that count fish by themselves."),
    "fernhall": ("Fernhall", "Plans the kitchens of forty hospitals."),
    "birchmoor": ("Birchmoor", "Tells three hundred bakeries how much to bake."),
    "graniteco": ("Graniteco", "Listens to bridges."),
}
BENEFITS = {
    "meridian": [
        "Health insurance from the first day",
        "Four weeks of paid leave",
        "A station for your own garden",
    ],
    "harborlight": ["Health and dental insurance", "Paid parental leave", "A week in a port of your choice"],
}
OTHERS = ["Health insurance from the first day", "Four weeks of paid leave", "A budget for learning"]


@transaction.atomic
def seed() -> User:
    """Make what is missing of the demo, and leave what is there as it is. Returns the demo person."""
    for number, one in enumerate(OPENINGS):
        _job(number, one)
    seed_postings()
    user = User.objects.filter(email=settings.DEMO_EMAIL).first()
    return user or _person()


def practice_addresses(per_employer: int) -> dict[str, list[str]]:
    """Return addresses at which the engine can apply, by employer; those of its openings first, then made up."""
    addresses: dict[str, list[str]] = {}
    for employer in NAMES:
        known = [one.path for one in OPENINGS if one.employer == employer]
        further = (opening_at(employer, f"more-{number}").path for number in count(1))
        addresses[employer] = [settings.SANDBOX_URL + path for path in islice(chain(known, further), per_employer)]
    return addresses


def _job(number: int, opening: Opening) -> None:
    name, about = COMPANIES[opening.employer]
    company, _ = Company.objects.get_or_create(slug=opening.employer, defaults={"name": name, "about": about})
    is_remote = opening.place.startswith("Remote")
    low = 78_000 + 6_000 * (number * 7 % 17)
    says_pay = number % 4 != 3  # some employers do not say
    Job.objects.update_or_create(
        company=company,
        external_id=opening.key,
        defaults={"apply_url": settings.SANDBOX_URL + opening.path},
        create_defaults={
            "apply_url": settings.SANDBOX_URL + opening.path,
            "title": opening.title,
            "department": opening.team,
            "location": "United States" if is_remote else opening.place,
            "work_mode": "remote" if is_remote else ("hybrid", "onsite")[number % 2],
            "employment_type": "full_time",
            "description": _description(opening),
            "benefits": BENEFITS.get(opening.employer, OTHERS),
            "posted_at": timezone.now() - timedelta(days=number * 5 % 23, hours=number),
            **(
                {
                    "pay_min": low,
                    "pay_max": low + 34_000,
                    "pay_currency": "USD",
                    "pay_period": "year",
                    "pay_source": "from the employer",
                }
                if says_pay
                else {}
            ),
        },
    )


def _description(opening: Opening) -> str:
    def bullets(points: Iterable[str]) -> str:
        return f"<ul>{''.join(f'<li>{escape(point)}</li>' for point in points)}</ul>"

    return (
        f"<p>{escape(opening.intro)}</p><h3>What you will do</h3>{bullets(opening.duties)}"
        f"<h3>What helps</h3>{bullets(opening.helps)}"
    )


def _person() -> User:
    user = User.objects.create_user(settings.DEMO_EMAIL, settings.DEMO_PASSWORD)
    Candidate.objects.create(
        user=user,
        first_name="Ada",
        last_name="Moreno",
        phone="+15125550142",
        street="12 Rainey St",
        city="Austin",
        region="TX",
        postal_code="78701",
        country="US",
        linkedin="https://www.linkedin.com/in/ada-moreno-demo",
        current_company="Cactus Software",
        current_title="Software Engineer",
        experience_years=8,
        education=[
            {
                "school": "University of Texas at Austin",
                "degree": "Bachelor's",
                "field": "Computer Science",
                "end_year": 2016,
            }
        ],
        skills=[{"name": "Python", "years": 8}, {"name": "PostgreSQL", "years": 6}],
        languages=["English", "Spanish"],
        work_authorization=[{"country": "US", "authorized": True, "needs_sponsorship": False}],
        willing_to_relocate=False,
        work_mode="remote",
        notice_period_days=14,
        over_18=True,
        heard_from="Company website",
        consents={"privacy": True, "truthful": True},
    )
    add_resume(user=user, upload=SimpleUploadedFile("ada-moreno.pdf", RESUME.read_bytes()))
    remember_answer(
        user=user,
        question="Why do you want to work at Meridian?",
        answer="I grew up on a farm that guessed the weather. I would like fewer people to have to.",
        source=Answer.Source.PROFILE,
    )
    return user
