"""An institution chooses a published course, and sees how what it chose stands."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from accounts.models import Institution, User
from accounts.roles import Role
from cms.models import CourseRelease, Selection, Withholding
from cms.states import PUBLISHED, WITHHELD, Chip, due_chip, most_urgent_notices, release_chip


@dataclass(frozen=True, slots=True)
class ChosenCourse:
    """`newer` is the version to take instead; `newer_is_chosen` when the institution has it already."""

    selection: Selection
    chip: Chip
    newer: CourseRelease | None = None
    newer_is_chosen: bool = False


def select_release(release: CourseRelease, *, by: User) -> Selection:
    """Choose `release` for the institution of `by`; choosing twice changes nothing."""
    if not by.has_role(Role.INSTITUTION) or by.institution_id is None:
        raise PermissionDenied("只有培训机构的人员可以选课。")
    if not CourseRelease.objects.offered().filter(pk=release.pk).exists():
        raise PermissionDenied("这个版本已被替代、下架或暂停选用，不能再选用。请选最新版本。")
    selection, _ = Selection.objects.get_or_create(
        institution=by.institution, release=release, defaults={"chosen_by": by}
    )
    return selection


def unselect(selection: Selection, *, by: User) -> None:
    """Give a choice up; only the institution that chose may."""
    if not by.has_role(Role.INSTITUTION) or by.institution_id != selection.institution_id:
        raise PermissionDenied("只能取消本机构的选课。")
    selection.delete()


def chosen_courses(institution: Institution, *, today: date) -> list[ChosenCourse]:
    """What `institution` has chosen, newest choice first, each with its state today: four queries."""
    selections = list(institution.selections.select_related("release__item").defer("release__manifest"))
    courses = {selection.release.course_id for selection in selections}
    current = CourseRelease.objects.offered().filter(course__in=courses).defer("manifest")
    newest = {release.course_id: release for release in current}
    notices = most_urgent_notices(courses)
    chosen = {selection.release_id for selection in selections}
    withheld = set(
        Withholding.objects.filter(until=None, release__in=chosen).values_list("release", flat=True)
    )
    return [_state(row, newest, notices, chosen, withheld, today) for row in selections]


def _state(
    selection: Selection, newest: dict, notices: dict, chosen: set, withheld: set, today: date
) -> ChosenCourse:
    release, chip = selection.release, release_chip(selection.release)
    if chip is not PUBLISHED:
        newer = newest.get(release.course_id)
        return ChosenCourse(selection, chip, newer, newer is not None and newer.pk in chosen)
    if release.pk in withheld:
        return ChosenCourse(selection, WITHHELD)
    notice = notices.get(release.course_id)
    return ChosenCourse(selection, due_chip(notice, today) if notice else chip)
