"""Registers what has to be known when Django starts."""

from django.apps import AppConfig


class JobswipeConfig(AppConfig):
    name = "jobswipe"

    def ready(self) -> None:
        from jobswipe import checks  # noqa: F401 registers them
