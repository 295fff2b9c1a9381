"""The figures of one benchmark: a line for each as it comes, and all of them in `var/bench/NAME.json`."""

import json
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "var" / "bench"
_kept: list[dict[str, Any]] = []


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def print_machine() -> None:
    print(", ".join(str(one) for one in machine().values()))


def machine() -> dict[str, str]:
    return {
        "cores": f"{os.cpu_count()} cores",
        "architecture": platform.machine(),
        "python": f"Python {platform.python_version()}",
    }


def show(
    name: str, value: float, unit: str = "", *, at_most: float | None = None, at_least: float | None = None
) -> bool:
    """Print a figure and keep it; return whether it meets its goal, if it has one."""
    goal = at_most if at_most is not None else at_least
    passed = (at_most is None or value <= at_most) and (at_least is None or value >= at_least)
    _kept.append({"name": name, "value": value, "unit": unit, "at_most": at_most, "at_least": at_least,
                  "passed": None if goal is None else passed})  # fmt: skip
    _write()
    aim = "" if goal is None else f"   goal {'<=' if at_least is None else '>='} {_short(goal)} {unit}".rstrip()
    verdict = "" if goal is None else ": pass" if passed else ": SHORT"
    print(f"{name:<44} {f'{_short(value)} {unit}'.strip():>16}{aim}{verdict}", flush=True)
    return passed


def show_latencies(name: str, seconds: Sequence[float], *, goal_p95: float | None = None) -> None:
    """Show percentiles of times, in milliseconds; the goal, in seconds, is for the 95th."""
    for share in (50, 95, 99):
        at_most = goal_p95 * 1000 if goal_p95 and share == 95 else None
        show(f"{name}, p{share} of {len(seconds):,}", percentile(seconds, share / 100) * 1000, "ms", at_most=at_most)


def _short(value: float) -> str:
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _write() -> None:
    """Write what was measured so far: one that breaks off leaves that much."""
    name = "-".join(Path(one).stem for one in sys.argv)
    FOLDER.mkdir(parents=True, exist_ok=True)
    said = {"benchmark": name, "at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine()}
    (FOLDER / f"{name}.json").write_text(json.dumps({**said, "figures": _kept}, indent=1) + "\n")
