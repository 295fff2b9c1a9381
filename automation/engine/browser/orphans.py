"""What a runner leaves behind that was killed: browsers, and folders with a person's papers."""

import os
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil

NAME = "jobswipe-"  # then what it is, and the pid of the owner: how an orphan is known
OWNER = re.compile(rf"{NAME}[a-z]+-(\d+)-")


def named(kind: str) -> str:
    """Return how the name of a temporary folder of this process begins."""
    return f"{NAME}{kind}-{os.getpid()}-"


def reap_orphans() -> int:
    """End the browsers whose owner was killed, and remove its folders; return how many processes that were."""
    orphans = [process for process in psutil.process_iter() if _owner_is_gone(_profile_of(process))]
    for process in orphans:
        with suppress(psutil.Error):
            process.kill()
    for folder in Path(tempfile.gettempdir()).glob(f"{NAME}*"):
        if _owner_is_gone(folder.name):
            shutil.rmtree(folder, ignore_errors=True)
    return len(orphans)


def end_all_of(profile: Path) -> None:
    """Kill every process that works with this profile, and remove it."""
    processes = [one for one in psutil.process_iter() if profile.name in _profile_of(one)]
    for process in processes:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(processes, 5)
    shutil.rmtree(profile, ignore_errors=True)


def _profile_of(process: psutil.Process) -> str:
    """Return the part of the command line that names the profile: both browser and driver have one. Else empty."""
    try:
        return next((part for part in process.cmdline() if OWNER.search(part)), "")
    except psutil.Error:
        return ""


def _owner_is_gone(name: str) -> bool:
    owner = OWNER.search(name)
    return owner is not None and not psutil.pid_exists(int(owner[1]))
