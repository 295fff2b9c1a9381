"""Beat keeps its schedule in the database and runs the sweep that every worker runs by itself."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django_celery_beat.models import PeriodicTask

from automation.models import Pulse
from jobswipe.celery import end_between_two_sends
from tests.processes import Process, until


def test_beat_runs_the_sweep(transactional_db: None, tmp_path: Path) -> None:
    beat = Process("celery", "-A", "jobswipe", "beat", "--loglevel", "info", "--pidfile=", log=tmp_path / "log")
    try:
        until(lambda: "Sending due task sweep (automation.tasks.sweep)" in beat.log.read_text(), "the sweep is sent")
        until(lambda: Pulse.objects.filter(kind=Pulse.Kind.BEAT).exists(), "beat gives a sign of life")
    finally:
        beat.stop()
    assert PeriodicTask.objects.get(name="sweep").queue == "maintenance"


class Service:
    """Is asked to end while it sleeps, or while it sends."""

    is_stopped = False

    def start(self) -> None:
        signal.raise_signal(signal.SIGTERM)

    def send(self) -> None:
        signal.raise_signal(signal.SIGTERM)

    def stop(self) -> None:
        self.is_stopped = True


@pytest.fixture
def _signals_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("_signals_as_before")
def test_beat_ends_between_two_sends_and_at_once_while_it_sleeps() -> None:
    service = Service()
    end_between_two_sends(sender=service)
    service.send()
    assert service.is_stopped
    with pytest.raises(SystemExit):
        service.start()
