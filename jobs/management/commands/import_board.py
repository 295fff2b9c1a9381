"""`manage.py import_board greenhouse:stripe`: read one board now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jobs import texts
from jobs.importing.run import Busy, import_board
from jobs.importing.spec import board_of
from jobs.management.progress import Bar, report
from jobs.models import ImportRun
from jobswipe.problems import InvalidInput


class Command(BaseCommand):
    help = "Read the jobs of a board: greenhouse:stripe, lever:leverdemo, ashby:ramp, the address of a careers page, …"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("boards", nargs="+", metavar="KIND:NAME")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = [spec for spec in options["boards"] if not self._import(spec)]
        texts.write_words()
        if failed:
            raise CommandError(f"Not read to the end: {', '.join(failed)}")

    def _import(self, spec: str) -> bool:
        try:
            with Bar(spec, self.stderr) as bar:
                run = import_board(board_of(spec), progress=bar.show)
        except (InvalidInput, Busy) as problem:
            self.stderr.write(str(problem))
            return False
        report(run, self.stdout)
        return run.status in {ImportRun.Status.COMPLETE, ImportRun.Status.UNCHANGED}
