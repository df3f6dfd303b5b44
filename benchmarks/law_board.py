"""The law board and calendar with few and many notices, and the sweep after a standstill of 90 days.

    ./run bench law_board [NOTICES]

CPU time against the log-in page in the same run. The sweep finds 300 courses whose law took effect 90 days
ago: it opens each notice once, reminds once by the step reached by now, and does nothing the second time.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
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

from accounts.models import User
from accounts.roles import Role
from benchmarks import pages
from cms.law.policy import set_withholding
from cms.law.sweep import sweep
from cms.models import CourseCitation, CourseRelease, OutgoingMail, Reminder, ReminderRecipient, UpdateNotice
from tests import makers

SIZES, COURSES, STANDSTILL_DAYS = (10, 300, 3000), 300, 90


def spread(today: date) -> None:
    """Due dates from half a year overdue to half a year ahead; every fifth notice is closed."""
    release = CourseRelease.objects.first()
    notices = list(UpdateNotice.objects.order_by("pk"))
    for number, notice in enumerate(notices):
        notice.due = today + timedelta(days=number * 7 % 365 - 182)
        notice.base_date = notice.due - timedelta(days=61)
        if number % 5 == 4:
            notice.closed_at, notice.closed_by = timezone.now(), release.approved_by
            notice.closed_reason = "没有讲到。"
    fields = ["base_date", "due", "closed_at", "closed_by", "closed_reason"]
    UpdateNotice.objects.bulk_update(notices, fields, batch_size=500)


def measure_pages(admin: User) -> dict[str, tuple[float, int]]:
    yardstick, _ = pages.cost(Client(), reverse("site:login"))
    client, found = Client(), {}
    client.force_login(admin)
    board, calendar = reverse("cms:law_board"), reverse("cms:law_calendar")
    shown = {"board": board, "overdue": f"{board}?state=overdue", "last page": f"{board}?p=9999"}
    for name, url in (shown | {"calendar": calendar}).items():
        seconds, queries = pages.cost(client, url)
        found[name] = seconds / yardstick, queries
    return found


@transaction.atomic
def tell_pages() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1]
    first, admin = start(days_ago=1)
    makers.open_notices(timezone.localdate())
    sizes = [size for size in SIZES if size < largest] + [largest]
    columns = []
    for size in sizes:
        pages.copies(first, first.course.notices.get(), size - UpdateNotice.objects.count())
        spread(timezone.localdate())
        columns.append(measure_pages(admin))
    print("notices     " + "".join(f"{size:>18}" for size in sizes) + "   (× the log-in page, queries)")
    for name in columns[0]:
        print(f"{name:<12}" + "".join(f"{col[name][0]:>13.1f}{col[name][1]:>5}" for col in columns))
    transaction.set_rollback(True)


def start(*, days_ago: int) -> tuple[CourseRelease, User]:
    """A published course whose law was replaced so many days ago, and an admin."""
    makers.make_edition()
    old, _ = makers.make_versions(effective=timezone.localdate() - timedelta(days=days_ago))
    return makers.make_released_course(cites=(old,)), makers.make_user(Role.ADMIN)


def measured(act: Callable[[], None]) -> tuple[float, int]:
    """CPU seconds and queries of one act that cannot be repeated."""
    with CaptureQueriesContext(connection) as captured:
        before = time.process_time()
        act()
        return time.process_time() - before, len(captured)


@transaction.atomic
def tell_sweep() -> None:
    first, admin = start(days_ago=STANDSTILL_DAYS)
    User.objects.update(email="someone@example.org")
    makers.open_notices(timezone.localdate())
    pages.copies(first, first.course.notices.get(), COURSES - 1)
    cited = first.course.citations.get().version
    courses = CourseRelease.objects.exclude(pk=first.pk).values_list("course", flat=True)
    CourseCitation.objects.bulk_create(CourseCitation(course_id=pk, version=cited) for pk in courses)
    UpdateNotice.objects.all().delete()
    set_withholding(True, by=admin, today=timezone.localdate())
    yardstick, _ = pages.cost(Client(), reverse("site:login"))
    print(f"the sweep after {STANDSTILL_DAYS} days, {COURSES} courses, overdue ones withheld")
    for name in ("first", "again"):
        seconds, queries = measured(lambda: sweep(timezone.localdate()))
        print(f"{name:<12}{seconds / yardstick:>13.1f}{queries:>5}   {counts()}")
    transaction.set_rollback(True)


def counts() -> str:
    told = {
        "notices": UpdateNotice.objects.count(),
        "reminders": Reminder.objects.count(),
        "told": ReminderRecipient.objects.count(),
        "mails": OutgoingMail.objects.count(),
        "withheld": CourseRelease.objects.current().count() - CourseRelease.objects.offered().count(),
    }
    return "，".join(f"{number} {name}" for name, number in told.items())


def main() -> None:
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    tell_pages()
    tell_sweep()


if __name__ == "__main__":
    main()
