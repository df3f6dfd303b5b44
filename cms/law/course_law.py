"""What the pages show of the laws a course names: what waits, what was confirmed, what was rejected."""

from typing import Any

from accounts.models import User
from catalog.models import SuggestionState
from cms.models import Course

FIRST = 5  # as many stand on the course page itself


def law_context(course: Course, user: User) -> dict[str, Any]:
    """Three lists, and whether `user` may decide; two queries and one for the lessons' names."""
    rows = list(course.suggestions.select_related("instrument", "version", "decided_by"))
    titles = {
        str(lesson.key): lesson.title for lesson in course.get_latest_revision_as_object().lessons.all()
    }
    for row in rows:
        row.lesson_title = titles.get(row.lesson, "")
    return {
        "course": course,
        "waiting": [row for row in rows if row.state == SuggestionState.SUGGESTED and row.is_present],
        "confirmed": [row for row in rows if row.state == SuggestionState.CONFIRMED],
        "rejected": [row for row in rows if row.state == SuggestionState.REJECTED and row.is_present],
        "may_decide": Course.objects.writable_by(user).filter(pk=course.pk).exists(),
        "first": FIRST,
    }
