"""From an uploaded file to its text, by a process that may fail without harm."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext

from jobswipe.problems import InvalidInput

ROOT = Path(__file__).parent.parent.parent
SECONDS = 30  # on a busy machine; the process itself has half of that in processor time


@dataclass(frozen=True)
class ResumeText:
    """A resume's lines, in the order of reading, and the addresses that stand behind its links."""

    lines: tuple[str, ...]
    links: tuple[str, ...] = ()


def text_of(content: bytes) -> ResumeText:
    """Return the text of a PDF or DOCX file. Raises InvalidInput with the way on where there is none."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "accounts.resume.extract"],
            input=content,
            capture_output=True,
            cwd=ROOT,
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise InvalidInput(
            gettext(
                "This file could not be read. It can be sent as it is; to fill in the profile from it, save it anew "
                "without a password, or type the profile in."
            )
        ) from error
    read = json.loads(done.stdout)
    if not any(read["lines"]):
        raise InvalidInput(
            gettext(
                "There is no text in this file: it may be a picture of a resume. It can be sent as it is; the profile "
                "has to be typed in."
            )
        )
    return ResumeText(tuple(read["lines"]), tuple(read["links"]))
