"""How things stand, in the words that the terminal and the window show. All of it is read from the outbox."""

import time
from dataclasses import dataclass
from typing import Any

from automation.agent.outbox import Kept, Outbox

WAYS = {"live": "live", "long poll": "by asking often", "sync": "every now and then"}
PLAIN, DIM, GOOD, WARN = "", "dim", "green", "yellow"  # how words are shown: names of colours in a terminal
ENDS = {
    "submitted": ("Sent, and confirmed", GOOD),
    "unconfirmed": ("Sent? Have a look", WARN),
    "needs_answers": ("Asks you something", WARN),
    "challenge": ("Needs you at the site", WARN),
    "posting_closed": ("No longer open", DIM),
    "already_applied": ("They have it already", DIM),
    "given_back": ("Put back in line", DIM),
    "withdrawn": ("Taken back by you", DIM),
}
RECENT = 5


@dataclass(frozen=True)
class Words:
    """A sentence, and how it is shown."""

    text: str
    tone: str = PLAIN


@dataclass(frozen=True)
class Ended:
    """One line of what was done lately."""

    title: str
    words: Words
    ago: str


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

    @property
    def whose(self) -> str:
        return (self.device or "this computer") + (f", for {self.person}" if self.person else "")

    def line(self, *, is_running: bool) -> str:
        """Return how the site is reached and when it was last heard; empty if there is nothing to say."""
        way = f"{self.site}: {WAYS.get(self.way, 'not heard yet')}" if is_running else ""
        heard = f"last heard {_ago(self.heard_at)}" if self.heard_at else ""
        return ", ".join(filter(None, (way, heard)))

    def doing(self, *, is_running: bool) -> Words:
        if not is_running:
            return Words("Not running. Start it: jobswipe-agent run", WARN)
        if self.problem:
            return Words(self.problem, WARN)
        if self.under_way:
            return Words("Applying" + (", then pausing." if self.is_paused else ""))
        if self.is_paused:
            return Words("Paused. Go on with: jobswipe-agent resume", WARN)
        return Words("Waiting for your next swipe.")

    @property
    def for_you(self) -> list[Words]:
        """Return what waits for the person, and what is still to be told."""
        lines = []
        if self.needs_you:
            noun = "application needs" if self.needs_you == 1 else "applications need"
            lines.append(Words(f"{self.needs_you} {noun} you: {self.site}/needs-you", WARN))
        if self.unsent and not self.under_way:
            noun = "report is" if self.unsent == 1 else "reports are"
            lines.append(Words(f"{self.unsent} {noun} not sent yet; nothing is lost.", DIM))
        return lines

    @property
    def ended(self) -> list[Ended]:
        return [
            Ended(one.title, Words(*ENDS.get(one.outcome, (one.message, DIM))), _ago(one.ended_at or 0))
            for one in self.recent
        ]


def step_of(one: Kept) -> Words:
    """Return what an application that is under way is at."""
    return Words(one.message or "Claimed", WARN if one.step == "your_turn" else PLAIN)


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
