"""Doorbells: each passes the clock to one function."""

from celery import shared_task
from django.utils import timezone

from cms.law import sweep
from cms.law.suggesting import sweep_courses
from cms.reminding import mails
from question_bank.questions.suggesting import sweep_questions


@shared_task(name="cms.sweep_law")
def sweep_law() -> None:
    sweep.sweep(timezone.localdate())


@shared_task(name="cms.send_mails")
def send_mails() -> None:
    mails.send_waiting(timezone.now())


@shared_task(name="cms.search_citations")
def search_citations() -> None:
    sweep_questions()
    sweep_courses()
