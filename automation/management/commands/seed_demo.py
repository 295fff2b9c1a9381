"""`manage.py seed_demo`: the demo person and openings at the practice employers."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from automation.demo.seed import seed


class Command(BaseCommand):
    help = "Make the demo person and the practice employers' openings; what is there stays. Only where DEBUG is on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo has a known password. It is made only where DEBUG is on.")
        seed()
        self.stdout.write(f"Demo sign-in: {settings.DEMO_EMAIL} / {settings.DEMO_PASSWORD}")
