"""Celery tasks of jobs: hints that become calls. They take no data, and running one twice does nothing more."""

from celery import shared_task

from jobs import texts
from jobs.importing import schedule


@shared_task
def read_due_boards() -> None:
    """Read the boards whose time has come, one after another; boards know by themselves when that is."""
    schedule.read_due_boards()


@shared_task
def write_words() -> None:
    """Have the search find what is in the descriptions of postings that are new or changed."""
    texts.write_words()
