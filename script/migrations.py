"""Say whether the code of the version before can go on while and after each migration has run: `script/lint` asks.

Widen first, and take away with the version after (docs/operate, "A new version"): a new column may be empty or has a
default in the database, nothing is renamed, indexes are built concurrently.
"""

import logging
import os
import sys

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

APPS = ["accounts", "jobs", "applications", "notifications", "automation", "proxies"]
# Written before there was a version to go on.
EARLIER = {
    "0002_boards_places_and_lifecycle",
    "0002_lane_wish",
    "0002_leases_health_and_sites",
    "0002_turns",
    "0003_getting_started",
    "0003_stages_and_notes",
    "0005_index_attempts_by_what_they_have",
    "0007_search_words_of_descriptions",
}


def main() -> int:
    """Print what is wrong with which migration; return 1 if anything is."""
    from django_migration_linter import MigrationLinter

    linter = MigrationLinter(
        str(settings.BASE_DIR),
        no_cache=True,
        include_apps=APPS,
        ignore_name=EARLIER,
        warnings_as_errors_tests=["CREATE_INDEX", "DROP_INDEX"],  # they keep writers waiting
        quiet=["ok", "ignore"],
    )
    linter.lint_all_migrations()
    gone = EARLIER - {name for _, name in MigrationLoader(connection).disk_migrations or ()}
    for name in sorted(gone):
        print(f"{name}: named as an exception, and there is no such migration", file=sys.stderr)
    return int(linter.has_errors or bool(gone))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobswipe.settings")
    django.setup()
    logging.getLogger("django_migration_linter").setLevel(logging.WARNING)
    sys.exit(main())
