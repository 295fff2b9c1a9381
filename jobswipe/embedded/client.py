"""A user of a server: holds it, starts its supervisor when there is none, and waits until it answers."""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from jobswipe.embedded.programs import Program

START_LIMIT = 60.0  # seconds; a first start takes one, a recovery after a power cut longer
LOG_TAIL = 15  # lines of a log in an error

_held: dict[Path, IO[str]] = {}  # open for the life of this process; closing one would let go of the server


class ServerUnavailable(Exception):
    """A server does not start; the text has the cause and the remedy."""


def hold(program: Program) -> str:
    """Hold the server for the life of this process, start it if need be, and return its address once it answers."""
    program.folder.mkdir(parents=True, exist_ok=True)
    if program.folder not in _held:
        _held[program.folder] = lock(program.folder / "users.lock", fcntl.LOCK_SH)
    address = program.folder / "address"
    supervisor: subprocess.Popen[bytes] | None = None
    for _ in _until(START_LIMIT):
        if _is_supervised(program.folder):
            if address.exists() and program.answers(url := address.read_text()):
                return url
        elif supervisor is None or supervisor.poll() == 0:  # 0: another one was quicker, and has gone since
            supervisor = _start_supervisor(program)
        if supervisor and supervisor.poll():
            break
    raise ServerUnavailable(_why(program))


def wait_until_stopped(folder: Path) -> None:
    """Return once the server has stopped, or is in use by another process and goes on."""
    for _ in _until(START_LIMIT):
        if not _is_supervised(folder) or _is_used(folder):
            return


def _is_used(folder: Path) -> bool:
    """Whether somebody holds it: users share the lock, a supervisor that is stopping has it for itself."""
    return _is_free(folder / "users.lock", fcntl.LOCK_SH) and not _is_free(folder / "users.lock", fcntl.LOCK_EX)


def lock(path: Path, kind: int) -> IO[str]:
    """Return `path`, opened and locked; raises BlockingIOError when `kind` has LOCK_NB and it is taken."""
    file = path.open("a")
    try:
        fcntl.flock(file, kind)
    except BlockingIOError:
        file.close()
        raise
    return file


def lock_until_the_end(path: Path) -> None:
    """Lock `path` for this process alone until it ends; raises BlockingIOError when it is taken."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        raise


def _is_supervised(folder: Path) -> bool:
    return not _is_free(folder / "supervisor.lock", fcntl.LOCK_EX)


def _is_free(path: Path, kind: int) -> bool:
    try:
        lock(path, kind | fcntl.LOCK_NB).close()
    except BlockingIOError:
        return False
    return True


def _start_supervisor(program: Program) -> "subprocess.Popen[bytes]":
    with (program.folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "jobswipe.embedded", "supervise", program.name, str(program.folder)],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        )


def _until(seconds: float) -> Iterator[None]:
    """Come round every 50 ms, for at most `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        yield
        time.sleep(0.05)


def _why(program: Program) -> str:
    log = program.folder / "log"
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-LOG_TAIL:])
    return (
        f"The {program.name} server that comes with the project does not start. Set {program.variable} to a server"
        f" of yours, or mend this ({log}):\n{tail}"
    )
