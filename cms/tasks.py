"""Doorbells: each passes the day to one function."""

from celery import shared_task
from django.utils import timezone

from cms.notices import open_notices


@shared_task(name="cms.open_notices")
def sweep_notices() -> None:
    open_notices(timezone.localdate())
