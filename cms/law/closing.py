"""How a notice is closed: by a release made after it, or by two people who say that nothing need change.

Nobody ticks a notice off alone (平台承诺书第九项「更新、完善」、第五项「审核、审批」).
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import Role
from cms.models import Course, CourseRelease, NoChange, NoticeRemark, UpdateNotice
from cms.review.authorship import contributors_of
from cms.review.rests_on import cited_versions

SHORTEST_REASON = 10  # characters; ours: 「不用改」 explains nothing to the authority


class ClosingRefused(Exception):
    """A closing that cannot be; the message says why and what to do instead."""


def close_by_release(release: CourseRelease, *, submitted_at: datetime, by: User) -> None:
    """Close the notices opened before its submission of whose old texts `release` cites none any more."""
    cited = cited_versions(release.manifest)
    notices = UpdateNotice.objects.open().filter(course=release.course_id, opened_at__lte=submitted_at)
    for notice in notices.prefetch_related("version__replaces"):
        if cited.isdisjoint(version.slug for version in notice.version.replaces.all()):
            _close(notice, by=by, closed_release=release)


@transaction.atomic
def propose_no_change(notice: UpdateNotice, *, reason: str, by: User) -> NoChange:
    """Say that the course holds as it is; a second person decides. Raises `ClosingRefused`."""
    _open_notice(notice.pk, by)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ClosingRefused(
            f"请写明为什么无须修改，至少 {SHORTEST_REASON} 个字，例如哪些条文变了、课程为什么没有涉及。"
        )
    if notice.no_changes.filter(accepted=None).exists():
        raise ClosingRefused("已有人提出无须修改，正在等待复核；请等复核结果。")
    return NoChange.objects.create(notice=notice, reason=reason.strip(), proposed_by=by)


def why_not_decide(user: User, proposal: NoChange) -> str | None:
    """The sentence that tells `user` why they may not decide; None when they may."""
    if not user.has_role(Role.REVIEWER):
        return "「无须修改」由审核员复核。"
    if user.pk == proposal.proposed_by_id:
        return "是您提出的，须由另一位审核员复核。（平台承诺书第五项）"
    if user.pk in _hands(proposal.notice.course):
        return "您参与了这门课程的编写，须由另一位审核员复核。（平台承诺书第五项）"
    return None


@transaction.atomic
def decide_no_change(proposal: NoChange, *, accept: bool, answer: str, by: User) -> None:
    """Close the notice with the proposed reason, or send the proposal back. Raises `ClosingRefused`."""
    notice = _open_notice(proposal.notice_id, by)
    proposal = NoChange.objects.select_for_update().get(pk=proposal.pk)
    if proposal.accepted is not None:
        raise ClosingRefused("这条已经复核过了，请刷新页面看结果。")
    if refusal := why_not_decide(by, proposal):
        raise PermissionDenied(refusal)
    if not accept and not answer.strip():
        raise ClosingRefused("不同意时请写明课程哪里要改，作者才知道怎么办。")
    proposal.accepted, proposal.decided_by, proposal.decided_at = accept, by, timezone.now()
    proposal.answer = answer.strip()
    proposal.save()
    if accept:
        _close(notice, by=by, closed_reason=proposal.reason)


@transaction.atomic
def remark(notice: UpdateNotice, *, text: str, by: User) -> NoticeRemark:
    """Write how the update stands or why it is late; remarks are kept and go into the report."""
    _open_notice(notice.pk, by)
    if not text.strip():
        raise ClosingRefused("请写几句进展或原因。")
    return NoticeRemark.objects.create(notice=notice, text=text.strip(), by=by)


def _open_notice(pk: int, by: User) -> UpdateNotice:
    notice = UpdateNotice.objects.visible_to(by).select_for_update().filter(pk=pk).first()
    if notice is None:
        raise PermissionDenied("没有这条更新提醒，或者您不能办理它。")
    if notice.closed_at:
        raise ClosingRefused("这条更新提醒已经办结，不能再改动。")
    return notice


def _hands(course: Course) -> set[int]:
    """Who had a hand in what is published and in the newest draft."""
    revisions = {course.latest_revision, course.live_revision} - {None}
    return set().union(*contributors_of(revisions).values())


def _close(notice: UpdateNotice, *, by: User, **how: object) -> None:
    notice.closed_at, notice.closed_by = timezone.now(), by
    for name, value in how.items():
        setattr(notice, name, value)
    notice.save(update_fields=["closed_at", "closed_by", *how])
    log(notice.course, "cms.close_notice", user=by, data={"notice": notice.pk})
