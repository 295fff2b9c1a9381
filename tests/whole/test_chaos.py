"""The short form of `script/chaos`: a few of its faults, the whole of its ledger."""

import subprocess
import sys
from pathlib import Path

from tests.processes import ROOT


def test_nothing_is_lost_or_sent_twice_while_servers_and_workers_die(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "script.trial", "--seed", "5", "--swipes", "12", "--people", "4", "--faults", "5",
         "--workers", "2", "--limit", "600", "--folder", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    ledger = dict(line.rsplit(maxsplit=1) for line in done.stdout.splitlines() if line.startswith(("swiped", "faults")))
    assert ledger["swiped"] == "12"
    assert int(ledger["faults"]) >= 4
