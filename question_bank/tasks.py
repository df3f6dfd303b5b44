"""Doorbells: each makes one call."""

from celery import shared_task
from django.utils import timezone

from question_bank.intake import turns
from question_bank.questions import pairing
from question_bank.responses import reckoning


@shared_task(name="question_bank.reckon")
def reckon() -> None:
    reckoning.reckon_when_new()


@shared_task(name="question_bank.read_import")
def read_import(batch_id: int) -> None:
    turns.read_batch(batch_id, now=timezone.now())


@shared_task(name="question_bank.tend_imports")
def tend_imports() -> None:
    turns.tend(timezone.now())


@shared_task(name="question_bank.find_pairs")
def find_pairs(item_id: str, institution_id: int) -> None:
    pairing.find(item_id, institution_id)
