"""The desktop program as the site hands it out: wheels in WHEELS_DIR, put there by `script/wheel`."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from packaging.version import Version


@dataclass(frozen=True)
class Wheel:
    """One build of the desktop program."""

    path: Path
    version: Version

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


def newest_wheel() -> Wheel | None:
    """Return the wheel with the highest version; None before any was built."""
    return max(_wheels(), key=lambda wheel: wheel.version, default=None)


def wheel_named(name: str) -> Wheel | None:
    """Return the wheel of that file name, if the site has it."""
    return next((wheel for wheel in _wheels() if wheel.path.name == name), None)


def _wheels() -> list[Wheel]:
    found = []
    for path in Path(settings.WHEELS_DIR).glob("jobswipe_agent-*.whl"):
        try:
            found.append(Wheel(path, parse_wheel_filename(path.name)[1]))
        except InvalidWheelFilename:
            continue
    return found
