"""What can be set: by default, in `settings.json` of the program's folder, and over both in the environment."""

import json
import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from platformdirs import user_data_path

NAME = "jobswipe-agent"
PREFIX = "JOBSWIPE_"
CHOICES = {"pace": ("human", "fast"), "window": ("auto", "always", "never"), "log_format": ("line", "json")}


class SettingsError(ValueError):
    """A setting makes no sense; the text names it and says what it takes."""


@dataclass(frozen=True)
class Settings:
    """Each is also read from the environment, as JOBSWIPE_ and its name in capitals. Times are seconds."""

    folder: Path  # the program's own
    site: str = ""  # https://…; told by `login`
    browsers: int = 1  # at a time; fewer when memory is short
    sync: float = 60.0  # between two looks at the site, whatever else works
    heartbeat: float = 0.0  # between two signs of life; 0 is what the site wants
    time_limit: float = 300.0  # for one application, without the time that its person takes
    barrier: float = 180.0  # for the site's word before the click, when the line is cut
    your_turn: float = 600.0  # for its person to solve what only a person can
    window: str = "auto"  # auto: out of sight until it is needed; always; never
    pace: str = "human"  # or fast, for practice
    log_format: str = "line"  # or json, for programs that collect it


def folder() -> Path:
    """Return the program's own folder, made so that only its owner can look inside."""
    path = Path(os.environ.get(f"{PREFIX}HOME") or user_data_path(NAME, appauthor=False))
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def load(where: Path) -> Settings:
    """Return the settings that hold now. Raises SettingsError."""
    stored = _stored(where)
    told = {
        one: os.environ.get(PREFIX + one.name.upper(), stored.get(one.name, one.default))
        for one in fields(Settings)
        if one.name != "folder"
    }
    return Settings(where, **{one.name: _value(one.name, one.type, value) for one, value in told.items()})


def remember(where: Path, **changes: Any) -> None:
    """Write settings down for later runs."""
    _file(where).write_text(json.dumps(_stored(where) | changes, indent=2) + "\n", encoding="utf-8")


def checked_site(address: str) -> str:
    """Return the site's address without a path. Raises SettingsError: a token must not travel in the open."""
    parts = urlsplit(address if "://" in address else f"https://{address}")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise SettingsError(f"{address} is not the address of a site, such as https://jobswipe.example")
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise SettingsError(f"{address} is not encrypted: use https://{parts.netloc}")
    return f"{parts.scheme}://{parts.netloc}"


def _file(where: Path) -> Path:
    return where / "settings.json"


def _stored(where: Path) -> dict[str, Any]:
    try:
        stored = json.loads(_file(where).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise SettingsError(f"{_file(where)} is not JSON: {error}") from error
    if not isinstance(stored, dict):
        raise SettingsError(f"{_file(where)} must hold one JSON object")
    return stored


def _value(name: str, kind: Any, value: Any) -> Any:
    if name in CHOICES:
        if value not in CHOICES[name]:
            raise SettingsError(f"{name} is one of {', '.join(CHOICES[name])}, not {value!r}")
        return value
    if kind is str:
        return checked_site(value) if value else ""
    try:
        number = kind(value)
    except (TypeError, ValueError):
        number = -1
    if number < (1 if kind is int else 0):
        raise SettingsError(f"{name} is a number, {1 if kind is int else 0} or more, not {value!r}")
    return number
