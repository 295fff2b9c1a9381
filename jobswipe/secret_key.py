"""A development machine's own secret key: made once, kept in a file that only its owner can read."""

import os
from pathlib import Path
from secrets import token_urlsafe


def stored_secret_key(path: Path) -> str:
    """Return the key kept at `path`, making it first if there is none. Safe when two processes start at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()
