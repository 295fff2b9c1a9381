"""How an import shows itself in a terminal."""

import time
from types import TracebackType
from typing import Self

from django.core.management.base import OutputWrapper

from jobs.models import ImportRun

WIDTH = 30
SHOWN = 20  # problems; they may be of rows that went in, too


class Bar:
    """A progress bar on a terminal; silent where the output is none."""

    def __init__(self, name: str, output: OutputWrapper) -> None:
        self.name = name
        self.output = output
        self.started = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.output.isatty():
            self.output.write("")

    def show(self, run: ImportRun) -> None:
        if not self.output.isatty():
            return
        done = run.seen + run.refused
        rate = done / max(time.monotonic() - self.started, 0.001)
        share = min(done / run.expected, 1) if run.expected else None
        bar = "" if share is None else f"[{'█' * int(share * WIDTH):░<{WIDTH}}] {share:4.0%}  "
        self.output.write(f"\r{self.name}  {bar}{done:,} postings, {rate:,.0f} a second", ending="")


def report(run: ImportRun, output: OutputWrapper) -> None:
    """Print what an import did, and what was wrong."""
    output.write(
        f"{run.source}: {run.get_status_display().lower()}. "
        f"{run.seen:,} seen, {run.added:,} new, {run.changed:,} changed, "
        f"{run.reopened:,} open again, {run.closed:,} closed, {run.refused:,} refused. {run.message}".rstrip()
    )
    for problem in sorted(run.problems, key=lambda problem: int(problem["row"] or 0))[:SHOWN]:
        title = f" ({problem['title']})" if problem["title"] else ""
        output.write(f"  row {problem['row']}{title}: {problem['problem']}")
    if len(run.problems) > SHOWN:
        output.write("  … and more; the admin shows them.")
