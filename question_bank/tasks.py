"""Doorbells: each makes one call."""

from celery import shared_task

from question_bank import responses


@shared_task(name="question_bank.reckon")
def reckon() -> None:
    responses.reckon_when_new()
