"""`manage.py import_file jobs.jsonl`: read a file of postings."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jobs import texts
from jobs.importing.run import import_file
from jobs.management.progress import Bar, report
from jobs.models import ImportRun


class Command(BaseCommand):
    help = "Read postings from JSON lines, from what a board's API answered, or from a page with JSON-LD."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--board", default="", help="For rows that do not say where they are from")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for path in options["files"]:
            if not path.is_file():
                raise CommandError(f"There is no file {path}.")
            with Bar(path.name, self.stderr) as bar:
                run = import_file(path, board=options["board"], progress=bar.show)
            report(run, self.stdout)
            if run.status == ImportRun.Status.FAILED:
                failed.append(str(path))
        texts.write_words()
        if failed:
            raise CommandError(f"Nothing could be read from: {', '.join(failed)}")
