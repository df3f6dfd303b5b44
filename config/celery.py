"""The Celery app. The broker is a doorbell: the work stands in the database (`media_pipeline.jobs.queue`)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

app = Celery("anke")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
