"""Questions that say something else by now than the release in force: news, though no draft was touched."""

from collections.abc import Iterable
from typing import Any

from cms.models import CourseRelease
from question_bank.models import Question


def changed_questions(course_ids: Iterable[int]) -> dict[int, int]:
    """How many questions of each course's newest release were changed in the bank since; two queries.

    Courses without a release in force, and those whose questions stand, are left out.
    """
    releases = CourseRelease.objects.filter(
        course__in=list(course_ids), superseded_at=None, withdrawn_at=None
    )
    asked = {course: _versions(manifest) for course, manifest in releases.values_list("course", "manifest")}
    standing = _standing({pk for versions in asked.values() for pk in versions}) if asked else {}
    counts = {
        course: sum(standing.get(pk, number) != number for pk, number in versions.items())
        for course, versions in asked.items()
    }
    return {course: count for course, count in counts.items() if count}


def _versions(manifest: dict[str, Any]) -> dict[int, int]:
    return {row["id"]: row["version"] for lesson in manifest["lessons"] for row in lesson["questions"]}


def _standing(ids: set[int]) -> dict[int, int]:
    return dict(Question.objects.filter(pk__in=ids).values_list("pk", "version"))
