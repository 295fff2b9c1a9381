"""What the site hands out for one application (a claim's "packet"), as a task for the engine: alike in both lanes."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from automation.engine.browser.pace import Pace
from automation.engine.candidate import Candidate, CandidateError
from automation.engine.run import Task

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')  # in names of files on some system or other


class Incomplete(Exception):
    """The person has not given what every application needs; the text says what."""


def task_of(
    packet: dict[str, Any],
    folder: Path,
    *,
    content_of: Callable[[dict[str, Any]], bytes],
    pace: str,
    time_limit: float,
) -> Task:
    """Return the task, with its resume in `folder` under the name that the employer will see. Raises Incomplete.

    `content_of` gives the file that the packet's "resume" names.
    """
    try:
        candidate = Candidate.from_json(packet["candidate"])
    except CandidateError as error:
        raise Incomplete(f"Your profile is not complete yet: {str(error).replace('_', ' ')}") from error
    if not (resume := packet["resume"]):
        raise Incomplete("There is no resume to send. Upload one, then try again.")
    path = folder / FORBIDDEN.sub("_", str(resume["name"]))
    path.write_bytes(content_of(resume))
    return Task(
        url=packet["url"],
        candidate=candidate,
        resume=path,
        evidence_dir=folder,
        cover_letter=packet["cover_letter"],
        company=packet["company_script"] or None,
        scripts_off=tuple(packet.get("scripts_off", ())),
        other_urls=tuple(packet["other_urls"]),
        pace=Pace(pace),
        time_limit=time_limit,
    )
