"""Where the token is kept: in the system's keyring, else in a file that only its owner can read."""

import os
from pathlib import Path

import keyring
from keyring.errors import KeyringError

from automation.agent.config import NAME


class Keychain:
    """The token for one site."""

    def __init__(self, folder: Path, site: str) -> None:
        self._file = folder / "token"
        self._site = site

    def read(self) -> str:
        """Return the token, empty if there is none."""
        try:
            if token := keyring.get_password(NAME, self._site):
                return token
        except KeyringError:
            pass  # no keyring here, or a locked one: the file is what is left
        return self._file.read_text(encoding="utf-8").strip() if self._file.exists() else ""

    def write(self, token: str) -> str:
        """Keep the token and return where, in words for the person."""
        self.forget()
        try:
            keyring.set_password(NAME, self._site, token)
        except KeyringError:
            return self._write_file(token)
        return "your system's keyring"

    def _write_file(self, token: str) -> str:
        opened = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.write(token)
        return f"{self._file}, which only you can read"

    def forget(self) -> None:
        """Keep no token any more."""
        self._file.unlink(missing_ok=True)
        try:
            if keyring.get_password(NAME, self._site):
                keyring.delete_password(NAME, self._site)
        except KeyringError:
            pass  # then it is not there
