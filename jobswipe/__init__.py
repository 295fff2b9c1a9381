"""Settings, addresses and processes of the whole; no features."""

from jobswipe.celery import app as celery_app

__all__ = ["celery_app"]
