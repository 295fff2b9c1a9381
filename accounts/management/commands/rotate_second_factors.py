"""`manage.py rotate_second_factors`: after a new SECRET_KEY, and before the old one leaves SECRET_KEY_FALLBACKS."""

from typing import Any

from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError

from accounts.services import rotate_second_factors


class Command(BaseCommand):
    help = "Encrypt the secrets of authenticator apps and recovery codes with a key made from SECRET_KEY."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(f"{rotate_second_factors()} second factors are encrypted with the new key.")
        except InvalidToken as error:
            raise CommandError(
                "A second factor was encrypted with a key that is neither SECRET_KEY nor in SECRET_KEY_FALLBACKS."
            ) from error
