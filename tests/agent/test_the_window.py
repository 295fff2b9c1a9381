"""The icon in the tray and the window, on a virtual screen."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from automation.agent import config
from automation.agent.one_run import is_running
from tests.agent.conftest import OpenOutbox, claimed
from tests.processes import PATIENCE, ROOT, until


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A virtual screen with a tray."""
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with ExitStack() as stack:
        ready, told = os.pipe()
        xvfb = ["Xvfb", "-displayfd", str(told), "-screen", "0", "900x700x24", "-nolisten", "tcp"]
        stack.enter_context(_process(*xvfb, pass_fds=[told]))
        os.close(told)
        with os.fdopen(ready) as number:
            monkeypatch.setenv("DISPLAY", f":{number.readline().strip()}")
        stack.enter_context(_process("trayer", "--edge", "bottom", "--height", "28"))
        yield


class _process(subprocess.Popen[bytes]):  # noqa: N801 used as a function
    """A process that is ended with its block."""

    def __init__(self, *command: str, pass_fds: list[int] | None = None) -> None:
        super().__init__(command, pass_fds=pass_fds or [], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __exit__(self, *error: object) -> None:
        self.terminate()
        self.wait(PATIENCE)


@pytest.mark.usefixtures("screen")
def test_the_window_says_what_the_terminal_says_and_the_icon_keeps_it_at_hand(
    tmp_path: Path, open_outbox: OpenOutbox
) -> None:
    outbox = open_outbox(tmp_path)
    outbox.take(claimed(1))
    outbox.step(1, "filling", "Filling in the <b>form</b>", 40)
    outbox.take(claimed(2))
    outbox.end(2, "finish", {}, outcome="submitted", message="Sent.")
    now = time.time() + PATIENCE  # as it may be by the time that the window is looked at
    outbox.note(way="live", heard_at=now, needs_you=2, device="Ada's laptop", person="ada@example.com")

    done = subprocess.run(
        [sys.executable, "-m", "tests.agent.at_the_window", tmp_path], cwd=ROOT, capture_output=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["texts"][:5] == [
        "Ada's laptop, for ada@example.com",
        "https://jobswipe.example: live, last heard just now",
        "Applying",
        "Engineer, Meridian Labs",
        "Filling in the <b>form</b>",
    ]
    assert "2 applications need you: https://jobswipe.example/needs-you" in seen["texts"]
    assert {"Lately", "Sent, and confirmed"} <= set(seen["texts"])
    assert (seen["bars"], seen["tip"], seen["docked"]) == ([40], "JobSwipe: Applying", True)
    assert seen["paused"]
    assert "Applying, then pausing." in seen["while_paused"]
    assert not seen["going_on"]
    # Closed, it goes on in the tray; only "Quit" ends the work.
    assert (seen["closed"], seen["opened"], seen["ended"]) == (True, True, False)
    assert (tmp_path / "screen.png").stat().st_size > 2000


def heeds(pid: int, number: signal.Signals) -> bool:
    """Whether the process has a handler of its own for the signal (proc(5), SigCgt)."""
    caught = re.search(r"^SigCgt:\s*(\w+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return bool(caught and int(caught[1], 16) >> (number - 1) & 1)


@pytest.mark.usefixtures("screen")
def test_the_program_works_behind_its_window_and_ends_when_told(tmp_path: Path) -> None:
    config.remember(tmp_path, site="http://127.0.0.1:9")
    (tmp_path / "token").write_text("js_secret")
    told = {"JOBSWIPE_HOME": str(tmp_path), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    for screenless in (False, True):
        environment = {**os.environ, **told} | ({"DISPLAY": ""} if screenless else {})
        with subprocess.Popen(
            [sys.executable, "-m", "automation.agent", "window"], cwd=ROOT, env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        ) as program:  # fmt: skip
            until(lambda: is_running(tmp_path), "it works")
            until(lambda: heeds(program.pid, signal.SIGTERM), "it heeds what it is told")
            program.terminate()
            assert program.wait(PATIENCE) == 0
            assert program.stdout
            assert ("There is no desktop here" in program.stdout.read()) == screenless
