"""What the program does, as the person sees it in the terminal. All of it is read from the outbox."""

import time
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from automation.agent.outbox import Kept, Outbox

WAYS = {"live": "live", "long poll": "by asking often", "sync": "every now and then"}
ENDS = {
    "submitted": ("Sent, and confirmed", "green"),
    "unconfirmed": ("Sent? Have a look", "yellow"),
    "needs_answers": ("Asks you something", "yellow"),
    "challenge": ("Needs you at the site", "yellow"),
    "posting_closed": ("No longer open", "dim"),
    "already_applied": ("They have it already", "dim"),
    "given_back": ("Put back in line", "dim"),
    "withdrawn": ("Taken back by you", "dim"),
}
RECENT = 5


@dataclass(frozen=True)
class Overview:
    """How things stand. Times are seconds since 1970."""

    device: str
    person: str
    site: str
    way: str  # how the site was heard last; empty: not yet
    heard_at: float | None
    is_paused: bool
    problem: str  # what is in the way, in a sentence; empty if nothing is
    waiting: int
    needs_you: int
    unsent: int
    under_way: list[Kept]
    recent: list[Kept]

    def as_json(self) -> dict[str, Any]:
        """Return it without what is about the person."""
        body = {name: value for name, value in vars(self).items() if name not in {"under_way", "recent"}}
        return body | {"under_way": [_brief(one) for one in self.under_way], "recent": list(map(_brief, self.recent))}


def overview(outbox: Outbox, site: str) -> Overview:
    heard = outbox.fact("heard_at")
    return Overview(
        device=outbox.fact("device"),
        person=outbox.fact("person"),
        site=site,
        way=outbox.fact("way"),
        heard_at=float(heard) if heard else None,
        is_paused=bool(outbox.fact("paused")),
        problem=outbox.fact("trouble") or outbox.fact("problem"),
        waiting=int(outbox.fact("waiting") or 0),
        needs_you=int(outbox.fact("needs_you") or 0),
        unsent=outbox.unsent,
        under_way=outbox.open_attempts(),
        recent=outbox.latest(RECENT),
    )


def render(now: Overview, *, is_running: bool = True) -> RenderableType:
    """Return the view for a terminal."""
    parts: list[RenderableType] = [_headline(now, is_running), _doing(now, is_running)]
    parts += [_progress(one) for one in now.under_way]
    parts += list(_for_you(now))
    if now.recent:
        parts += [Text(), _recent(now.recent)]
    return Padding(Group(*parts), (1, 2))


def _headline(now: Overview, is_running: bool) -> Text:
    text = Text.assemble(("JobSwipe", "bold"), f"  {now.device or 'this computer'}")
    if now.person:
        text.append(f", for {now.person}", "dim")
    if is_running:
        text.append(f"\n{now.site}: {WAYS.get(now.way, 'not heard yet')}", "dim")
    if now.heard_at:
        text.append(f"{', ' if is_running else chr(10)}last heard {_ago(now.heard_at)}", "dim")
    return text


def _doing(now: Overview, is_running: bool) -> Text:
    if not is_running:
        return Text("\nNot running. Start it: jobswipe-agent run", "yellow")
    if now.problem:
        return Text(f"\n{now.problem}", "yellow")
    if now.under_way:
        return Text("\nApplying" + (", then pausing." if now.is_paused else ""))
    if now.is_paused:
        return Text("\nPaused. Go on with: jobswipe-agent resume", "yellow")
    return Text("\nWaiting for your next swipe.")


def _progress(one: Kept) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(width=40, no_wrap=True)
    table.add_column(width=24)
    style = "bold yellow" if one.step == "your_turn" else ""
    bar = ProgressBar(100, one.percent, width=24, complete_style="cyan")
    table.add_row(Text(one.title, "bold"), bar, f"{one.percent} %")
    table.add_row(Text(one.company, "dim"), "", "")
    return _stacked(table, Text(one.message or "Claimed", style))


def _stacked(*parts: RenderableType) -> Table:
    table = Table.grid()
    for part in parts:
        table.add_row(part)
    return table


def _for_you(now: Overview) -> list[Text]:
    lines = []
    if now.needs_you:
        noun = "application needs" if now.needs_you == 1 else "applications need"
        lines.append(Text(f"\n{now.needs_you} {noun} you: {now.site}/applications", "yellow"))
    if now.unsent and not now.under_way:
        lines.append(Text(f"\n{now.unsent} reports are not sent yet; they are kept.", "dim"))
    return lines


def _recent(ended: list[Kept]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(width=40, no_wrap=True)
    table.add_column(width=24)
    table.add_column()
    for one in ended:
        words, style = ENDS.get(one.outcome, (one.message, "dim"))
        table.add_row(one.title, Text(words, style), Text(_ago(one.ended_at or 0), "dim"))
    return table


def _ago(then: float) -> str:
    seconds = max(time.time() - then, 0)
    if seconds < 5:
        return "just now"
    for length, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= length:
            return f"{int(seconds // length)} {unit} ago"
    return f"{int(seconds)} s ago"


def _brief(one: Kept) -> dict[str, Any]:
    return {
        name: getattr(one, name)
        for name in ("id", "application", "title", "company", "step", "message", "percent", "outcome")
    }
