"""What pages cost with few and with many courses: CPU time against the log-in page in the same run.

    ./run bench pages [COURSES]

One course is made through the acts people use and then copied row by row. A page that shows a part of the
courses may not cost more when there are more; the matrix and the board show everything and may.
"""

import os
import sys
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django

django.setup()

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse

from accounts.roles import Role
from catalog.cells import cells
from cms.models import Course, CourseRelease, UpdateNotice
from tests import makers

FEW, MANY = 10, 2000
ROUNDS = 5


def copies(first: CourseRelease, notice: UpdateNotice, number: int) -> None:
    """`number` more published courses, spread over the cells, each with a notice of its own."""
    places = [(cell.row.item_id, str(cell.kind)) for cell in cells(makers.CatalogEdition.objects.get())]
    course = first.course
    rows = [
        Course(
            institution=course.institution,
            created_by=course.created_by,
            title=f"课程 {index}",
            item_id=places[index % len(places)][0],
            kind=places[index % len(places)][1],
            objectives=course.objectives,
            hours=1,
            live=True,
            latest_revision=course.latest_revision,
        )
        for index in range(number)
    ]
    rows = Course.objects.bulk_create(rows)
    revision = course.latest_revision
    for row in rows:
        revision.pk, revision.object_id = None, str(row.pk)
        revision._state.adding = True
        revision.save()
        row.latest_revision_id = revision.pk
    Course.objects.bulk_update(rows, ["latest_revision"])
    CourseRelease.objects.bulk_create(_release(first, row) for row in rows)
    UpdateNotice.objects.bulk_create(_notice(notice, row) for row in rows)


def _release(first: CourseRelease, row: Course) -> CourseRelease:
    kept = {field.attname: getattr(first, field.attname) for field in CourseRelease._meta.concrete_fields}
    own = {"id": uuid.uuid4(), "course_id": row.pk, "revision_id": row.latest_revision_id}
    return CourseRelease(**kept | own | {"title": row.title, "item_id": row.item_id, "kind": row.kind})


def _notice(notice: UpdateNotice, row: Course) -> UpdateNotice:
    dates = {"base_date": notice.base_date, "due": notice.due}
    return UpdateNotice(course=row, version=notice.version, reason=notice.reason, **dates)


def cost(client: Client, url: str) -> tuple[float, int]:
    """CPU seconds (the least of some rounds) and queries of one page."""
    assert client.get(url).status_code == 200, url

    def one() -> float:
        before = time.process_time()
        client.get(url)
        return time.process_time() - before

    with CaptureQueriesContext(connection) as captured:
        client.get(url)
        queries = len(captured)
    return min(one() for _ in range(ROUNDS)), queries


def pages(author) -> list[tuple[str, object, str]]:
    people = {role: makers.make_user(role) for role in (Role.INSTITUTION, Role.ADMIN, Role.REVIEWER)}
    return [
        ("library", people[Role.INSTITUTION], reverse("site:library")),
        ("author's home", author, reverse("wagtailadmin_home")),
        ("author's list", author, reverse("wagtailsnippets_cms_course:list")),
        ("admin's home", people[Role.ADMIN], reverse("wagtailadmin_home")),
        ("coverage matrix", people[Role.ADMIN], reverse("cms:coverage")),
        ("law board", people[Role.ADMIN], reverse("cms:law_board")),
    ]


def measure(author) -> dict[str, tuple[float, int]]:
    yardstick, _ = cost(Client(), reverse("site:login"))
    found = {}
    for name, user, url in pages(author):
        client = Client()
        client.force_login(user)
        seconds, queries = cost(client, url)
        found[name] = seconds / yardstick, queries
    return found


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    with transaction.atomic():
        makers.make_edition()
        author = makers.make_user(Role.AUTHOR)
        first = makers.make_due_release(days_left=10, by=author)
        copies(first, first.course.notices.get(), FEW - 1)
        few = measure(author)
        copies(first, first.course.notices.get(), many - FEW)
        lots = measure(author)
    print(f"{'page':<18}{FEW:>6} courses{many:>12} courses{'queries':>12}   (× the log-in page)")
    for name, (ratio, queries) in few.items():
        print(f"{name:<18}{ratio:>14.1f}{lots[name][0]:>20.1f}{queries:>7} → {lots[name][1]}")


if __name__ == "__main__":
    main()
