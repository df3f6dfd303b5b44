"""An institution chooses a published course."""

from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.roles import Role
from cms.models import CourseRelease, Selection


def select_release(release: CourseRelease, *, by: User) -> Selection:
    """Choose `release` for the institution of `by`; choosing twice changes nothing."""
    if not by.has_role(Role.INSTITUTION) or by.institution_id is None:
        raise PermissionDenied("只有培训机构的人员可以选课。")
    if not CourseRelease.objects.current().filter(pk=release.pk).exists():
        raise PermissionDenied("这个版本已被替代或下架，不能再选用。请选最新版本。")
    selection, _ = Selection.objects.get_or_create(
        institution=by.institution, release=release, defaults={"chosen_by": by}
    )
    return selection


def unselect(selection: Selection, *, by: User) -> None:
    """Give a choice up; only the institution that chose may."""
    if not by.has_role(Role.INSTITUTION) or by.institution_id != selection.institution_id:
        raise PermissionDenied("只能取消本机构的选课。")
    selection.delete()
