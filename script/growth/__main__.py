"""Print the capacity model: `script/capacity [--people 1000,100000] [--right-share 0.2 …] [--assumptions] [--json]`."""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields

from script.growth.assumptions import Assumptions
from script.growth.model import PHASES, Need, need

PEOPLE = "1000,100000,1000000,10000000"


def _short(value: float) -> str:
    """Three digits and a letter: 12.3M."""
    for size, letter in ((1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"


def _bytes(value: float) -> str:
    return f"{_short(value)}B"


def _dollars(value: float) -> str:
    return f"${_short(value)}"


LINES: Sequence[tuple[str, str, Callable[[float], str]]] = (
    ("who come on a day", "active_a_day", _short),
    ("swipes a second, peak", "swipes_a_second", _short),
    ("statements a second, peak", "statements_a_second", _short),
    ("applications a day", "applications_a_day", _short),
    ("rows, after a year", "rows_a_year", _short),
    ("PostgreSQL, after a year", "database_bytes_a_year", _bytes),
    ("files, after a year", "file_bytes_a_year", _bytes),
    ("open pages, peak", "open_pages", _short),
    ("connected computers, peak", "devices", _short),
    ("web processes (cores)", "web_cores", _short),
    ("browsers of the workers", "browsers", _short),
    ("memory of the browsers", "worker_bytes", _bytes),
    ("Redis, live keys", "redis_bytes", _bytes),
    ("sent to people a second, peak", "bytes_out_a_second", _bytes),
    ("PostgreSQL primaries", "primaries", _short),
    ("phase", "phase", _short),
    ("a month", "dollars_a_month", _dollars),
    ("a person and month", "dollars_a_person", lambda value: f"${value:.2f}"),
)


def main(words: Sequence[str] | None = None) -> None:
    given = _parser().parse_args(words)
    names = [one.name for one in fields(Assumptions)]
    assumptions = Assumptions(**{name: getattr(given, name) for name in names})
    needs = [need(float(people), assumptions) for people in given.people.split(",")]
    if given.json:
        print(json.dumps({"assumptions": asdict(assumptions), "needs": [asdict(one) for one in needs]}, indent=2))
        return
    if given.assumptions:
        _print_assumptions(assumptions)
    _print_needs(needs)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="script/capacity", description="What so many people need.")
    parser.add_argument("--people", default=PEOPLE, help="numbers with commas between")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--assumptions", action="store_true", help="print them before the table")
    for one in fields(Assumptions):
        what = f"{one.metadata['what']} ({one.metadata['kind']}: {one.default:g})".replace("%", "%%")
        parser.add_argument(f"--{one.name.replace('_', '-')}", type=float, default=one.default, help=what, metavar="X")
    return parser


def _print_assumptions(assumptions: Assumptions) -> None:
    for one in fields(assumptions):
        value = _short(getattr(assumptions, one.name))
        print(f"{one.name:28} {value:>8}  {one.metadata['kind']:8}  {one.metadata['what']}")
    print()


def _print_needs(needs: Sequence[Need]) -> None:
    print(f"{'people':30}" + "".join(f"{_short(one.people):>12}" for one in needs))
    for title, name, shown in LINES:
        print(f"{title:30}" + "".join(f"{shown(getattr(one, name)):>12}" for one in needs))
    print("\nPhases (docs/operate/growth.md):")
    for number, what in PHASES.items():
        print(f"  {number}  {what}")


if __name__ == "__main__":
    main()
