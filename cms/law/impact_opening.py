"""An admin's decisions on what a new version touches, and the notices they open: in one step, once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import Role
from catalog.deadlines import Deadline, update_due
from catalog.models import InstrumentVersion
from cms.law.impact import Touched, impact_of
from cms.models import Basis, ImpactDecision, UpdateNotice

Touch = ImpactDecision.Touch
BATCH = 500  # rows a statement
WORDS = {Touch.MUST_CHANGE: "必须修改", Touch.LOOK: "请核对是否要改"}


class DecisionRefused(Exception):
    """A decision that cannot be taken; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Choice:
    touch: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    notices: int
    not_touched: int


@transaction.atomic
def decide_courses(version: InstrumentVersion, choices: Mapping[int, Choice], *, by: User) -> int:
    """Record decisions on single courses; tells how many are new. One that says the same as before keeps who
    made it and when. Raises DecisionRefused."""
    version = _held(version, by)
    touched = {one.course: one for one in impact_of(version, quoting=False).courses}
    rows = [
        _decision(version, touched[course], choice, by)
        for course, choice in choices.items()
        if course in touched and not _is_same(touched[course], choice)
    ]
    _save(rows)
    return len(rows)


@transaction.atomic
def open_impact(version: InstrumentVersion, defaults: Mapping[Basis, Choice], *, by: User) -> Opened:
    """Open a notice for each course that must change or be looked at; courses without a decision of their
    own follow `defaults` by their basis. A second click opens nothing. Raises DecisionRefused."""
    version = _held(version, by)
    impact = impact_of(version, quoting=False)
    _refuse_silent_groups(impact.courses, defaults)
    fresh = [
        _decision(version, one, defaults[one.basis], by)
        for one in impact.courses
        if not one.touch and not one.has_notice
    ]
    _save(fresh)
    decided = {row.course_id: Touch(row.touch) for row in fresh}
    decided |= {one.course: Touch(one.touch) for one in impact.courses if one.touch}
    notice = _notices(impact.older, version)
    notices = [
        notice(one.course, decided[one.course])
        for one in impact.courses
        if not one.has_notice and decided.get(one.course, Touch.NOT_TOUCHED) != Touch.NOT_TOUCHED
    ]
    UpdateNotice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=BATCH)
    not_touched = sum(touch == Touch.NOT_TOUCHED for touch in decided.values())
    if fresh or notices:
        told = {"notices": len(notices), "not_touched": not_touched}
        log(version, "cms.open_impact", user=by, data=told)
    return Opened(len(notices), not_touched)


def _refuse_silent_groups(courses: list[Touched], defaults: Mapping[Basis, Choice]) -> None:
    """A whole group is not touched only with a reason; said of the group, not of its first course."""
    waiting = {one.basis for one in courses if one.decision is None and not one.has_notice}
    for basis in sorted(waiting, reverse=True):
        if defaults[basis].touch == Touch.NOT_TOUCHED and not _clean(defaults[basis].reason):
            asks = "请在上面写明理由：哪些条文变了，这些课程为什么没有讲到；或者改选别的处理。"
            raise DecisionRefused(f"「{basis.label}」这一组判为不涉及，{asks}")


def _held(version: InstrumentVersion, by: User) -> InstrumentVersion:
    """The version under lock, so that two clicks come one after the other."""
    if not by.has_role(Role.ADMIN):
        raise PermissionDenied("只有平台管理员可以判定法规变动影响哪些课程。")
    return (
        InstrumentVersion.objects.select_for_update(of=("self",))
        .select_related("instrument")
        .get(pk=version.pk)
    )


def _decision(version: InstrumentVersion, one: Touched, choice: Choice, by: User) -> ImpactDecision:
    reason = _clean(choice.reason)
    if choice.touch not in Touch:
        raise DecisionRefused(f"请为「{one.title}」选择：必须修改、请核对或不涉及。")
    if choice.touch == Touch.NOT_TOUCHED and not reason:
        raise DecisionRefused(f"「{one.title}」判定为不涉及，请写明理由：哪些条文变了，课程为什么没有讲到。")
    if choice.touch == Touch.NOT_TOUCHED and one.has_notice:
        raise DecisionRefused(f"「{one.title}」已有更新提醒，不能再判为不涉及；请在提醒里提出「无须修改」。")
    return ImpactDecision(
        version=version, course_id=one.course, touch=choice.touch, basis=one.basis, reason=reason, by=by
    )


def _is_same(one: Touched, choice: Choice) -> bool:
    return bool(one.touch) and (one.touch, one.reason) == (choice.touch, _clean(choice.reason))


def _clean(reason: str) -> str:
    return " ".join(reason.split())[:300]


def _save(rows: list[ImpactDecision]) -> None:
    ImpactDecision.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["version", "course"],
        update_fields=["touch", "basis", "reason", "by", "at"],
    )


def _notices(
    older: list[InstrumentVersion], version: InstrumentVersion
) -> Callable[[int, ImpactDecision.Touch], UpdateNotice]:
    """Makes the notice of a course by what was decided of it; the dates are the same for all."""
    deadline = update_due(version.instrument.kind, published=version.published, effective=version.effective)
    is_dated = isinstance(deadline, Deadline)
    names = "、".join(old.number or old.title for old in older)[:120]
    change = f"《{version.title[:80]}》（{version.number}）代替（{names}）："
    after = "" if is_dated else f"；{deadline.reason}"
    dates = {"base_date": deadline.base, "due": deadline.due} if is_dated else {}

    def notice(course: int, touch: ImpactDecision.Touch) -> UpdateNotice:
        reason = f"{change}{WORDS[touch]}{after}"[:300]
        return UpdateNotice(course_id=course, version=version, reason=reason, **dates)

    return notice
