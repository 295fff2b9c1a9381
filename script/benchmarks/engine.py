"""The engine at the practice employers: what comes of each quirk, how fast it fills in, and what memory it takes.

One warm browser, pace "fast". `APPLICATIONS` is how many are made in one process for the memory (100).
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import requests

from automation.engine.browser import session
from automation.engine.browser.pace import Pace
from automation.engine.browser.session import Browser
from automation.engine.candidate import Candidate
from automation.engine.result import Result
from automation.engine.run import Task, run
from automation.sandbox.bundle import bundle
from automation.sandbox.trials import PERSON, TRIALS, Trial
from script.benchmarks import by_hand
from script.benchmarks.figures import print_machine, show
from script.benchmarks.harness import ROOT, answers, wait_for

PORT = 8973
SITE = f"http://127.0.0.1:{PORT}"
TIMED = f"{SITE}/tessera/jobs/twelve"
TIMES = 7
GOAL_SECONDS = 3.0  # for the form of twelve fields
GOAL_MEGABYTES = 450.0  # of the browser and the engine together
GOAL_GROWTH = 1.1  # of the memory, from the tenth application to the last


class QuietHost:
    """Grants the click and hears nothing."""

    def step(self, name: str, message: str, percent: int) -> None: ...

    def begin_submit(self) -> bool:
        return True

    def evidence(self, path: Path, kind: str) -> None: ...


class Bench:
    """The engine with a warm browser, and the practice employers."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.folder = folder
        self.resume = folder / "ada.pdf"
        self.resume.write_bytes((ROOT / "automation" / "demo" / "resume.pdf").read_bytes())

    def apply(self, url: str, person: Mapping[str, Any] = PERSON) -> Result:
        candidate = Candidate.from_json(dict(person))
        task = Task(url, candidate, self.resume, self.folder, pace=Pace.FAST, time_limit=90)
        return run(task, browser=self.browser, host=QuietHost())

    # ------------------------------------------------------------ every quirk

    def trials(self) -> None:
        """Print a line for each practice employer and switch, then the share of fields that arrived right."""
        right: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        fine = 0
        print(f"{'practice employer':34} {'outcome':16} {'fields right':>12} {'sent':>5} {'seconds':>8}")
        for trial in TRIALS:
            result, good, sent = self._try(trial)
            right[trial.employer][0] += good
            right[trial.employer][1] += len(trial.fields)
            passed = result.outcome == trial.outcome and good == len(trial.fields) and sent == trial.arrives
            fine += passed
            fields = f"{good}/{len(trial.fields)}" if trial.fields else "-"
            print(
                f"{trial.name:34} {result.outcome:16} {fields:>12} {sent:>5} {result.seconds:8.2f}"
                f"  {'' if passed else f'SHORT: should be {trial.outcome}, {trial.arrives} sent'}",
                flush=True,
            )
        for employer, (good, asked) in right.items():
            if asked:
                show(f"fields right at {employer}, of {asked}", good)
        good, asked = (sum(one[place] for one in right.values()) for place in (0, 1))
        show("fields right overall", good / asked * 100, "%", at_least=100)
        show("trials that end as they should", fine, at_least=len(TRIALS))

    def _try(self, trial: Trial) -> tuple[Result, int, int]:
        """Apply once; return the result, the fields that arrived right, and how many applications arrived."""
        requests.post(f"{SITE}/inbox/clear", timeout=10)
        result = self.apply(SITE + trial.path, trial.candidate)
        received = requests.get(f"{SITE}/inbox.json", timeout=10).json()["applications"]
        wrong = trial.wrong(received[0]["fields"]) if received else trial.fields
        return result, len(trial.fields) - len(wrong), len(received)

    # ------------------------------------------------------------ speed

    def speed(self) -> None:
        """Time the engine and a script that knows every selector, by turns, at the same form."""
        self.apply(TIMED)
        ours, theirs = [], []
        for _ in range(TIMES):
            result = self.apply(TIMED)
            if result.outcome != "submitted":
                raise RuntimeError(f"The timed form ended with {result.outcome}: {result.message}")
            ours.append(result.seconds)
            theirs.append(by_hand.apply(self.browser, TIMED, self.resume, self.folder))
        print(
            f"12 fields, 5 comboboxes, {TIMES} times: {_spread(ours)}; a script that knows the form: {_spread(theirs)}"
        )
        show("12 fields, median", statistics.median(ours), "s", at_most=GOAL_SECONDS)
        show("ratio to the script", statistics.median(ours) / statistics.median(theirs), at_most=1.0)

    # ------------------------------------------------------------ memory

    def memory(self, times: int) -> None:
        """Apply many times in this process, and watch what it and its browser take (PSS)."""
        taken = []
        for _ in range(times):
            self.apply(f"{SITE}/meridian/jobs/bench/apply")
            taken.append(_megabytes())
        settled = taken[min(9, times - 1)]
        show(f"memory after {times} applications", taken[-1], "MB")
        show("memory of browser and engine, most", max(taken), "MB", at_most=GOAL_MEGABYTES)
        show("growth from the tenth application on", taken[-1] / settled, at_most=GOAL_GROWTH)


def _megabytes() -> float:
    """Return what this process and its children take, shared memory counted once; without the practice employers."""
    own = psutil.Process()
    return sum(map(_taken_by, [own, *own.children(recursive=True)])) / 2**20


def _taken_by(process: psutil.Process) -> int:
    """Return bytes (PSS); none for the practice employers, and for a process that ends at this moment."""
    with suppress(psutil.NoSuchProcess):
        if "automation.sandbox" not in " ".join(process.cmdline()):
            return int(process.memory_full_info().pss)
    return 0


def _spread(seconds: list[float]) -> str:
    return f"min {min(seconds):.2f}, median {statistics.median(seconds):.2f}, max {max(seconds):.2f} s"


def main() -> None:
    bundle()
    folder = Path(tempfile.mkdtemp(prefix="jobswipe-bench-"))
    employers = subprocess.Popen([sys.executable, "-m", "automation.sandbox", "--port", str(PORT)], cwd=ROOT)
    session.NICENESS = 0  # what is measured is the engine, not how it gives way to others
    browser = session.start()
    bench = Bench(browser, folder)
    parts: dict[str, Callable[[], None]] = {
        "speed": bench.speed,
        "trials": bench.trials,
        "memory": lambda: bench.memory(int(os.environ.get("APPLICATIONS", "100"))),
    }
    try:
        wait_for(lambda: answers(SITE))
        print_machine()
        for name in sys.argv[1:] or parts:
            parts[name]()
    finally:
        browser.quit()
        employers.terminate()
        employers.wait(10)


if __name__ == "__main__":
    main()
