"""What a benchmark prints it also keeps, with the goal and whether that was met."""

import json
import sys
from pathlib import Path

import pytest

from script.benchmarks import figures


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(figures, "FOLDER", tmp_path)
    monkeypatch.setattr(figures, "_kept", [])
    monkeypatch.setattr(sys, "argv", ["/anywhere/swipe.py", "150"])
    return tmp_path / "swipe-150.json"


def test_a_figure_is_printed_and_kept_with_its_goal(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert figures.show("recorded", 9000, at_least=9000)
    assert not figures.show("lost", 1, at_most=0)
    assert figures.show("rows", 12_345.6, "a second")

    recorded, lost, rows = capsys.readouterr().out.splitlines()
    assert recorded.endswith("goal >= 9,000: pass")
    assert lost.endswith("goal <= 0: SHORT")
    assert rows.split() == ["rows", "12,346", "a", "second"]
    said = json.loads(kept.read_text())
    assert [(one["name"], one["passed"]) for one in said["figures"]] == [
        ("recorded", True),
        ("lost", False),
        ("rows", None),
    ]
    assert said["machine"] == figures.machine()


def test_of_times_the_ninety_fifth_is_held_against_the_goal(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures.show_latencies("swipes", [0.001] * 94 + [0.2] * 6, goal_p95=0.1)

    assert [line.rpartition(":")[2].strip() for line in capsys.readouterr().out.splitlines() if "goal" in line] == [
        "SHORT"
    ]
    assert [round(one["value"]) for one in json.loads(kept.read_text())["figures"]] == [1, 200, 200]
