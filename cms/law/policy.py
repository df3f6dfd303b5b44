"""The switch that takes overdue courses off the institutions' list, and what follows from it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import Role
from cms.models import CourseRelease, Policy, UpdateNotice, Withholding

BATCH = 500


def current_policy() -> Policy:
    """What holds now; nothing is withheld until an admin says so."""
    return Policy.objects.filter(pk=1).first() or Policy(pk=1)


def one_at_a_time() -> Policy:
    """Inside a transaction: wait for any other sweep, then hold the place until the transaction ends."""
    Policy.objects.get_or_create(pk=1)
    return Policy.objects.select_for_update().get(pk=1)


@transaction.atomic
def set_withholding(withhold: bool, *, by: User, today: date) -> None:
    """Turn the switch and let it work at once; who turned it, and when, is kept."""
    if not by.has_role(Role.ADMIN):
        raise PermissionDenied("只有平台管理员可以改动这条规则。")
    policy = one_at_a_time()
    if policy.withholds_overdue == withhold:
        return
    policy.withholds_overdue, policy.changed_by, policy.changed_at = withhold, by, timezone.now()
    policy.save()
    log(policy, "cms.policy", user=by, data={"withholds_overdue": withhold})
    apply_policy(today)


@transaction.atomic
def apply_policy(today: date) -> tuple[int, int]:
    """Withhold what is overdue and give back what is not any more: how many of each. Safe to repeat."""
    policy = one_at_a_time()
    return _withhold(today) if policy.withholds_overdue else 0, _give_back(policy, today)


def _withhold(today: date) -> int:
    overdue = UpdateNotice.objects.overdue_on(today)
    releases = CourseRelease.objects.offered().filter(course__in=overdue.values("course"))
    offered = {course: pk for pk, course in releases.values_list("pk", "course")}
    first = {notice.course_id: notice for notice in overdue.order_by("-due", "-pk")}
    rows = [Withholding(release_id=pk, notice=first[course]) for course, pk in offered.items()]
    Withholding.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _give_back(policy: Policy, today: date) -> int:
    still = UpdateNotice.objects.overdue_on(today).filter(course=OuterRef("release__course"))
    ended = Withholding.objects.filter(until=None)
    why = "规则已关闭"
    if policy.withholds_overdue:
        ended, why = ended.filter(~Exists(still)), "更新已办结"
    return ended.update(until=timezone.now(), ended_because=why)
