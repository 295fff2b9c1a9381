"""`manage.py announce`: wait for the site's first page, then say where it is and how to sign in."""

import time
from typing import Any

import requests
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

LIMIT = 60  # seconds for the site to come up


class Command(BaseCommand):
    help = "Wait until the site answers, then print its address and the demo sign-in."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        deadline = time.monotonic() + LIMIT
        while not self._answers():
            if time.monotonic() > deadline:
                raise CommandError(f"{settings.SITE_URL} does not answer. The lines above say why.")
            time.sleep(0.2)
        self.stdout.write(
            f"\nJobSwipe is at {settings.SITE_URL}\n"
            f"Sign in as {settings.DEMO_EMAIL} with the password {settings.DEMO_PASSWORD}\n"
            f"What the practice employers receive is at {settings.SANDBOX_URL}/inbox\n"
        )

    @staticmethod
    def _answers() -> bool:
        try:
            return requests.get(f"{settings.SITE_URL}/healthz", timeout=2).ok
        except requests.RequestException:
            return False
