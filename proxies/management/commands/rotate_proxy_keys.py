"""`manage.py rotate_proxy_keys`: after a new key was put first into PROXY_KEYS, and before the old one is removed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from proxies.crypto import WrongKey
from proxies.services import rotate_keys


class Command(BaseCommand):
    help = "Encrypt the proxies' users and passwords with the first key of PROXY_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(f"{rotate_keys()} proxies are encrypted with the first key.")
        except WrongKey as error:
            raise CommandError(str(error)) from error
