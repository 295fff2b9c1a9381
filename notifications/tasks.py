"""Celery tasks: hints that become calls."""

from celery import shared_task

from notifications import delivery


@shared_task
def deliver() -> None:
    """Tell people what is new, and send what is due."""
    delivery.deliver()


@shared_task
def find_unmarked() -> None:
    """Find the news that nobody was told to look at."""
    delivery.find_unmarked()
