"""Update notices: which course a changed text makes due, by when (平台承诺书第九项、机构承诺书第三项)."""

from collections.abc import Iterator
from datetime import date

from catalog.deadlines import Deadline, NoDeadline, update_due
from catalog.models import Succession
from cms.models.lesson import CourseCitation
from cms.models.notice import UpdateNotice
from cms.models.release import CourseRelease


def open_notices(today: date) -> int:
    """Open what is missing for published courses that cite a replaced text; returns how many are new.

    Safe to repeat, also after days of standstill: a notice stands once per course and new version.
    """
    before, wanted = UpdateNotice.objects.count(), list(_wanted(today))
    UpdateNotice.objects.bulk_create(wanted, ignore_conflicts=True)
    _set_dates_found_since(wanted)
    return UpdateNotice.objects.count() - before


def _set_dates_found_since(wanted: list[UpdateNotice]) -> None:
    """A notice opened without a base date gets its due date once that date has been recorded."""
    dated = {(notice.course_id, notice.version.pk): notice for notice in wanted if notice.due}
    for notice in UpdateNotice.objects.filter(closed_at=None, due=None):
        if found := dated.get((notice.course_id, notice.version_id)):
            notice.reason, notice.base_date, notice.due = found.reason, found.base_date, found.due
            notice.save(update_fields=["reason", "base_date", "due"])


def _wanted(today: date) -> Iterator[UpdateNotice]:
    courses = _published_courses_by_cited_version()
    for succession in Succession.objects.select_related("older", "newer__instrument"):
        deadline = _deadline(succession)
        if isinstance(deadline, Deadline) and deadline.base > today:
            continue  # upcoming is not in force
        for course_id in courses.get(succession.older_id, ()):
            yield UpdateNotice(
                course_id=course_id,
                version=succession.newer,
                reason=_reason(succession, deadline),
                base_date=getattr(deadline, "base", None),
                due=getattr(deadline, "due", None),
            )


def _published_courses_by_cited_version() -> dict[int, set[int]]:
    cited: dict[int, set[int]] = {}
    current = CourseRelease.objects.current()
    rows = CourseCitation.objects.filter(course__releases__in=current)
    for version, course in rows.values_list("version", "course").distinct():
        cited.setdefault(version, set()).add(course)
    return cited


def _deadline(succession: Succession) -> Deadline | NoDeadline:
    newer = succession.newer
    return update_due(newer.instrument.kind, published=newer.published, effective=newer.effective)


def _reason(succession: Succession, deadline: Deadline | NoDeadline) -> str:
    verb = "部分代替" if succession.partial else "代替"
    older, newer = succession.older, succession.newer
    change = f"课程引用的《{older.title}》（{older.number}）已由（{newer.number}）{verb}"
    return change if isinstance(deadline, Deadline) else f"{change}；{deadline.reason}"
