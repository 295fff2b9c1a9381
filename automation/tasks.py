"""Celery tasks: hints that become calls. They take no data, and running one twice does nothing more."""

from celery import shared_task

from automation import sweep as sweeping
from automation.worker.pulse import workroom


@shared_task
def run_waiting() -> None:
    """Work off what waits in the server lane, if this process has a free browser."""
    workroom.work()


@shared_task
def sweep() -> None:
    """Beat's copy of what each worker does by itself, and the hints for what still waits."""
    sweeping.sweep()
    sweeping.announce_waiting()
