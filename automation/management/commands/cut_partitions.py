"""`manage.py cut_partitions`: begin a new part of the tables of events and log entries (docs/operate/growth.md)."""

from typing import Any

from django.core.management.base import BaseCommand

from automation.partitions import TABLES, cut


class Command(BaseCommand):
    help = "Begin a new part of the tables of events and log entries; the first time, make them tables in parts."

    def handle(self, *args: Any, **options: Any) -> None:
        for table in TABLES:
            self.stdout.write(f"{table.name}: {cut(table)} is written next.")
