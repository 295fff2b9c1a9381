"""What the program does, as the person sees it in the terminal."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from automation.agent.outbox import Kept
from automation.agent.overview import Ended, Overview, Words, step_of


def render(now: Overview, *, is_running: bool = True) -> RenderableType:
    """Return the view for a terminal."""
    parts: list[RenderableType] = [_headline(now, is_running), _text(now.doing(is_running=is_running), before="\n")]
    parts += [_progress(one) for one in now.under_way]
    parts += [_text(words, before="\n") for words in now.for_you]
    if now.recent:
        parts += [Text(), _recent(now.ended)]
    return Padding(Group(*parts), (1, 2))


def _headline(now: Overview, is_running: bool) -> Text:
    text = Text.assemble(("JobSwipe", "bold"), f"  {now.whose}")
    if line := now.line(is_running=is_running):
        text.append(f"\n{line}", "dim")
    return text


def _text(words: Words, before: str = "") -> Text:
    return Text(before + words.text, words.tone)


def _progress(one: Kept) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(width=40, no_wrap=True)
    table.add_column(width=24)
    bar = ProgressBar(100, one.percent, width=24, complete_style="cyan")
    table.add_row(Text(one.title, "bold"), bar, f"{one.percent} %")
    table.add_row(Text(one.company, "dim"), "", "")
    return _stacked(table, _text(step_of(one)))


def _stacked(*parts: RenderableType) -> Table:
    table = Table.grid()
    for part in parts:
        table.add_row(part)
    return table


def _recent(ended: list[Ended]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(width=40, no_wrap=True)
    table.add_column(width=24)
    table.add_column()
    for one in ended:
        table.add_row(one.title, _text(one.words), Text(one.ago, "dim"))
    return table
