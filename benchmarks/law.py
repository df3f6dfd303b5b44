"""One replaced law and up to 10,000 courses with 100,000 questions: preview, opening of notices, standstill.

    ./run bench law [COURSES]

Every course has ten questions; every second cites the law, every tenth question names it and quotes a number
that changed. Both texts are held. CPU time against the log-in page in the same run, queries, and the most
memory held while the preview was made. At the end a sweep after 90 days of standstill, twice.
"""

import os
import sys
import time
import tracemalloc
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django

django.setup()

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from accounts.models import User
from accounts.roles import Role
from benchmarks import pages
from catalog.models import InstrumentVersion
from catalog.register.law_texts import keep_text
from cms.law.impact import impact_of
from cms.law.impact_opening import Choice, open_impact
from cms.law.sweep import sweep
from cms.models import (
    Basis,
    Course,
    CourseCitation,
    CourseRelease,
    ImpactDecision,
    Lesson,
    LessonQuestion,
    Reminder,
    ReminderRecipient,
    UpdateNotice,
)
from question_bank.models import Question, QuestionSuggestion
from tests import makers
from tests.catalog.law_texts import NEW, OLD

SIZES, QUESTIONS, STANDSTILL_DAYS, BATCH = (100, 1000, 10_000), 10, 90, 2000
QUOTES = ("台账保存三年，由出租单位保管", "检测报告的有效期为十二个月", "处二万元以上五万元以下的罚款")
DEFAULTS = {
    Basis.CONFIRMED: Choice("must_change"),
    Basis.SUGGESTED: Choice("look"),
    Basis.ITEM: Choice("not_touched", "没有讲到。"),
}


def grow(first: CourseRelease, old: InstrumentVersion, number: int) -> None:
    """`number` more published courses, row by row from the first."""
    start = Course.objects.count()
    model = first.course
    courses = Course.objects.bulk_create(
        (
            Course(
                institution=model.institution,
                created_by=model.created_by,
                title=f"课程 {start + index}",
                item=model.item,
                kind=model.kind,
                objectives=model.objectives,
                hours=1,
                live=True,
            )
            for index in range(number)
        ),
        batch_size=BATCH,
    )
    _publish(first, courses)
    cites = [CourseCitation(course=course, version=old) for course in courses[::2]]
    CourseCitation.objects.bulk_create(cites, batch_size=BATCH)
    lessons = [Lesson(course=course, title="第一课", sort_order=0) for course in courses]
    _ask(first, old, Lesson.objects.bulk_create(lessons, batch_size=BATCH))


def _publish(first: CourseRelease, courses: list[Course]) -> None:
    model = first.revision
    kept = {name: getattr(model, name) for name in ("content_type_id", "base_content_type_id", "user_id")}
    revisions = Revision.objects.bulk_create(
        (
            Revision(**kept, object_id=str(course.pk), created_at=model.created_at, content={})
            for course in courses
        ),
        batch_size=BATCH,
    )
    for course, revision in zip(courses, revisions, strict=True):
        course.latest_revision_id = revision.pk
    Course.objects.bulk_update(courses, ["latest_revision"], batch_size=BATCH)
    fields = {field.attname: getattr(first, field.attname) for field in CourseRelease._meta.concrete_fields}
    CourseRelease.objects.bulk_create(
        (
            CourseRelease(
                **fields
                | {"id": uuid.uuid4(), "course_id": course.pk, "revision_id": course.latest_revision_id}
                | {"title": course.title, "manifest": {"citations": []}}
            )
            for course in courses
        ),
        batch_size=BATCH,
    )


def _ask(first: CourseRelease, old: InstrumentVersion, lessons: list[Lesson]) -> None:
    model = Question.objects.first()
    kept = {
        field.attname: getattr(model, field.attname)
        for field in Question._meta.concrete_fields
        if not field.primary_key
    }
    number = len(lessons) * QUESTIONS
    questions = Question.objects.bulk_create(
        (
            Question(**kept | {"stem": f"第{index}题：依照规定，{QUOTES[index % len(QUOTES)]}，对吗？"})
            for index in range(number)
        ),
        batch_size=BATCH,
    )
    LessonQuestion.objects.bulk_create(
        (
            LessonQuestion(lesson=lessons[index // QUESTIONS], question=question, at_s=30, sort_order=index)
            for index, question in enumerate(questions)
        ),
        batch_size=BATCH,
    )
    named = (
        QuestionSuggestion(question=question, instrument_id=old.instrument_id) for question in questions[::10]
    )
    QuestionSuggestion.objects.bulk_create(named, batch_size=BATCH)


def measured(act: Callable[[], object]) -> tuple[float, int]:
    """CPU seconds and queries of one act."""
    with CaptureQueriesContext(connection) as captured:
        before = time.process_time()
        act()
        return time.process_time() - before, len(captured)


def memory(act: Callable[[], object]) -> float:
    """The most megabytes that `act` held at once."""
    tracemalloc.start()
    act()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 2**20


def tell(name: str, seconds: float, queries: int, yardstick: float, more: str = "") -> None:
    print(
        f"  {name:<26}{seconds / yardstick:>9.0f} ×{seconds:>8.2f} s{queries:>6} queries  {more}", flush=True
    )


def tell_size(new: InstrumentVersion, admin: User, yardstick: float) -> None:
    client = Client()
    client.force_login(admin)
    url = reverse("cms:impact", args=[new.pk])
    tell(
        "preview, engine",
        *measured(lambda: impact_of(new)),
        yardstick,
        f"{memory(lambda: impact_of(new)):.0f} MB",
    )
    tell("preview, page", *measured(lambda: client.get(url)), yardstick)
    tell("opening", *measured(lambda: open_impact(new, DEFAULTS, by=admin)), yardstick, counts())
    tell("opening once more", *measured(lambda: open_impact(new, DEFAULTS, by=admin)), yardstick, counts())
    ImpactDecision.objects.all().delete()
    UpdateNotice.objects.all().delete()


def tell_sweep(new: InstrumentVersion, yardstick: float) -> None:
    today = timezone.localdate()
    InstrumentVersion.objects.filter(pk=new.pk).update(effective=today - timedelta(days=STANDSTILL_DAYS))
    CourseRelease._base_manager.update(approved_at=timezone.now() - timedelta(days=200))
    for name in ("first", "again"):
        tell(f"sweep, {name}", *measured(lambda: sweep(today)), yardstick, counts())


def counts() -> str:
    models = {"notices": UpdateNotice, "reminders": Reminder, "told": ReminderRecipient}
    return "，".join(f"{model.objects.count()} {name}" for name, model in models.items())


@transaction.atomic
def measure(largest: int) -> None:
    makers.make_edition()
    today = timezone.localdate()
    old, new = makers.make_versions(effective=today + timedelta(days=30))
    keep_text(old, OLD.encode(), name="旧.md")
    keep_text(new, NEW.encode(), name="新.md")
    first, admin = makers.make_released_course(cites=(old,)), makers.make_user(Role.ADMIN)
    yardstick, _ = pages.cost(Client(), reverse("site:login"))
    for size in [size for size in SIZES if size < largest] + [largest]:
        before = time.process_time()
        grow(first, old, size - Course.objects.count())
        spent = time.process_time() - before
        print(f"{size} courses, {Question.objects.count()} questions (made in {spent:.0f} s)", flush=True)
        tell_size(new, admin, yardstick)
    tell_sweep(new, yardstick)
    transaction.set_rollback(True)


def main() -> None:
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1])


if __name__ == "__main__":
    main()
