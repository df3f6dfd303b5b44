"""Each role's home: what waits for this person, and what to do first when nothing does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Min, Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from accounts.models import User
from accounts.roles import Role
from cms.coverage.editions import current_edition
from cms.coverage.matrix import coverage
from cms.models import Course, UpdateNotice
from cms.reminding.mails import failed
from cms.reminding.page import reminder_rows
from cms.reminding.reminders import told_to
from cms.reminding.rights import licences_told_to
from cms.review.bank_news import changed_questions
from cms.review.facts import facts_of_contents
from cms.review.judged import CourseFacts
from cms.review.next_steps import NextStep, next_step, update_step
from cms.review.queue import undecided_overrulings, waiting_for
from cms.review.rules import obstacles
from cms.states import IN_REVIEW, Chip, bank_chip, course_chips
from media_pipeline.models import Job, Video
from question_bank.models import BatchState, ImportBatch

SHOWN = 12
MOST_REMINDERS = 5
MOST_FAILED = 5


@dataclass(frozen=True, slots=True)
class CourseCard:
    course: Course
    chips: list[Chip]
    step: NextStep | None


class AuthorPanel(Component):
    template_name = "cms/home/author.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        return {
            "cards": author_cards(user, today=timezone.localdate()),
            "has_institution": user.institution_id,
            "open_imports": ImportBatch.objects.filter(created_by=user, state=BatchState.REVIEW).count(),
        }


class ReviewerPanel(Component):
    template_name = "cms/home/reviewer.html"
    order = 20

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        return {
            "waiting": waiting_for(user, SHOWN),
            "overrulings": undecided_overrulings(user)[:SHOWN],
        }


class AdminPanel(Component):
    template_name = "cms/home/admin.html"
    order = 30

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user, today = parent_context["request"].user, timezone.localdate()
        return admin_numbers(today) | {"most_overdue": _untold_overdue(user, today)}


class RemindersPanel(Component):
    """Deadlines this person was told of and that are not met yet; first of all, where there are any."""

    template_name = "cms/home/reminders.html"
    order = 0

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user, today = parent_context["request"].user, timezone.localdate()
        told = told_to(user)
        return {
            "count": told.count(),
            "overdue": told.filter(reminder__notice__due__lt=today).count(),
            "rows": reminder_rows(told[:MOST_REMINDERS], user, today),
            "licences": licences_told_to(user, today),
        }


PANELS = {Role.REVIEWER: ReviewerPanel, Role.AUTHOR: AuthorPanel, Role.ADMIN: AdminPanel}


def home_panels(request: HttpRequest) -> list[Component]:
    """What is due, then a panel for each role the person holds."""
    held = [panel() for role, panel in PANELS.items() if request.user.has_role(role)]
    return [RemindersPanel(), *held] if held else []


def author_cards(user: User, *, today: date) -> list[CourseCard]:
    """The institution's courses by urgency: what the law makes due, what asks for a step, the newest.

    A fixed number of queries.
    """
    due = Min("notices__due", filter=Q(notices__closed_at=None))
    by_urgency = (
        Course.objects.writable_by(user).annotate(due=due).order_by(F("due").asc(nulls_last=True), "-pk")
    )
    courses = list(by_urgency.select_related("item", "latest_revision")[:SHOWN])
    contents = [course.latest_revision.content for course in courses]
    chips = course_chips(courses, today)
    for pk, count in changed_questions(course.pk for course in courses).items():
        chips[pk].append(bank_chip(count, pk))
    cards = [
        CourseCard(course, chips[course.pk], _step(course, facts, chips[course.pk], today))
        for course, facts in zip(courses, facts_of_contents(contents), strict=True)
    ]
    return sorted(cards, key=lambda card: card.step is None)


def _step(course: Course, facts: CourseFacts, chips: list[Chip], today: date) -> NextStep | None:
    """What to do first; None while a reviewer has the course, or when all is published and up to date."""
    if IN_REVIEW in chips:
        return None
    if course.has_unpublished_changes or any(chip.is_news for chip in chips):
        return next_step(course.pk, obstacles(facts, today=today))
    return update_step(course.pk) if any(chip.is_due for chip in chips) else None


def _untold_overdue(user: User, today: date) -> list[UpdateNotice]:
    """The longest overdue ones that do not stand among this person's reminders above."""
    told = told_to(user).order_by().values("reminder__notice")
    overdue = UpdateNotice.objects.open().overdue_on(today).exclude(pk__in=told)
    return list(overdue.select_related("course").order_by("due")[:MOST_REMINDERS])


def _newest_failed() -> list[tuple[Job, Video | None]]:
    """What was not done last, each with a video it was for."""
    jobs = Job.objects.filter(state=Job.State.FAILED).order_by("-finished_at")[:MOST_FAILED]
    videos = Video.objects.filter(sha256__in=[job.key for job in jobs])
    by_content = {video.sha256: video for video in videos}
    return [(job, by_content.get(job.key)) for job in jobs]


def admin_numbers(today: date) -> dict[str, Any]:
    """The numbers of the day, each with the list behind it."""
    edition = current_edition(today)
    cells = coverage(edition, today=today) if edition else []
    notices = UpdateNotice.objects.open()
    overdue = notices.overdue_on(today)
    return {
        "edition": edition,
        "cells": len(cells),
        "covered": sum(cell.is_covered for cell in cells),
        "overdue": overdue.count(),
        "unsent_mails": failed().count(),
        "open_notices": notices.count(),
        "failed_jobs": Job.objects.filter(state=Job.State.FAILED).count(),
        "newest_failed": _newest_failed(),
        "queued_jobs": Job.objects.filter(state=Job.State.QUEUED).count(),
        "running_jobs": Job.objects.filter(state=Job.State.RUNNING).count(),
    }
