"""Celery tasks: hints that become calls. They take no data, and running one twice does nothing more."""

from celery import shared_task

from automation import sweep as sweeping
from automation.operations import deadletters
from automation.privacy import retention
from automation.worker import metrics  # noqa: F401 it counts tasks
from automation.worker.pulse import workroom


@shared_task
def run_waiting() -> None:
    """Work off what waits in the server lane, if this process has a free browser."""
    workroom.work()


@shared_task
def sweep() -> None:
    """Beat's copy of what each worker does by itself."""
    sweeping.sweep()


@shared_task
def keep_house() -> None:
    """Beat's copy of each worker's housekeeping."""
    sweeping.keep_house()


@shared_task
def tell_dead_letters() -> None:
    """Consume `application:deadletter`: tell people and operators of what ended on our side."""
    deadletters.tell()


@shared_task
def forget() -> None:
    """Delete what was kept long enough."""
    retention.forget()
