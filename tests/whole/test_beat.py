"""Beat keeps its schedule in the database and runs the sweep that every worker runs by itself."""

from pathlib import Path

from django_celery_beat.models import PeriodicTask

from automation.models import Pulse
from tests.processes import Process, until


def test_beat_runs_the_sweep(transactional_db: None, tmp_path: Path) -> None:
    beat = Process("celery", "-A", "jobswipe", "beat", "--loglevel", "info", "--pidfile=", log=tmp_path / "log")
    try:
        until(lambda: "Sending due task sweep (automation.tasks.sweep)" in beat.log.read_text(), "the sweep is sent")
        until(lambda: Pulse.objects.filter(kind=Pulse.Kind.BEAT).exists(), "beat gives a sign of life")
    finally:
        beat.stop()
    assert PeriodicTask.objects.get(name="sweep").queue == "maintenance"
