"""The Celery application. Its settings are in `settings.py`; its tasks in each app's `tasks.py`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobswipe.settings")

# Nothing here may read the settings: `jobswipe.embedded` runs before them, and imports this package.
app = Celery("jobswipe")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
