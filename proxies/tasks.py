"""Celery tasks: beat asks for the checks. Running one twice does nothing more."""

from celery import shared_task

from proxies import probes


@shared_task
def check_proxies() -> None:
    """Check the exits that are due."""
    probes.check_due()
