"""A reviewer's word against a finding: asked for by an author, given by one reviewer, for a fail by two."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.roles import Role
from cms.models import Course, Overruling
from cms.review.authorship import contributors_of
from media_pipeline.models import Finding, Video

OVERRULABLE = (Finding.Verdict.WARN, Finding.Verdict.FAIL)
WHY_ANOTHER = "须由另一位审核员复核。（平台承诺书第七项）"


class OverrulingRefused(Exception):
    """An act that is not open now; the message is for the person who tried."""


def ask(video: Video, check_id: str, *, why: str, by: User, now: datetime) -> Overruling:
    """An author asks for a second look at a finding of their institution's video."""
    if not by.has_role(Role.AUTHOR) or by.institution_id != video.institution_id:
        raise OverrulingRefused("只有视频所属机构的课程作者可以请求复核。")
    why = _words(why, "请写明为什么您认为测得不对，例如：这里是有意的停顿。")
    with transaction.atomic():
        finding = _finding(video, check_id)
        if _open(video, finding):
            raise OverrulingRefused(f"「{finding.title}」已经在请求复核，请等审核员处理。")
        return _begin(video, finding, now, asked_by=by, asked_why=why)


def overrule(video: Video, check_id: str, *, reason: str, by: User, now: datetime) -> Overruling:
    """A reviewer says that a finding does no harm; a failed check still needs a second one's `confirm`."""
    _check_may_decide(by, video)
    reason = _words(reason, "请写明理由：看了哪一段，为什么不影响教学。")
    with transaction.atomic():
        finding = _finding(video, check_id)
        said = {"by": by, "reason": reason, "decided_at": now}
        known = _open(video, finding)
        if known is None:
            return _begin(video, finding, now, **said)
        if known.by_id:
            raise OverrulingRefused(f"「{finding.title}」已经有审核员作出复核意见，请刷新页面。")
        return _changed(known, **said)


def confirm(overruling_id: int, *, by: User, now: datetime) -> Overruling:
    """A second reviewer agrees that a failed check does no harm."""
    with transaction.atomic():
        known = _locked(overruling_id)
        _check_may_decide(by, known.video)
        if not known.needs_second or known.by_id is None or known.confirmed_by_id:
            raise OverrulingRefused("这一项现在不需要第二人确认，请刷新页面。")
        if by.pk == known.by_id:
            raise OverrulingRefused("第一位复核的是您自己，须由另一位审核员确认。（平台承诺书第七项）")
        if not known.is_about(_finding(known.video, known.check_id)):
            raise OverrulingRefused("检查结果已经变了，请重新复核。")
        return _changed(known, confirmed_by=by, confirmed_at=now)


def close(overruling_id: int, *, why: str, by: User, now: datetime) -> Overruling:
    """A reviewer declines what was asked, or takes an overruling back; the finding stands again."""
    why = _words(why, "请写明理由，作者会看到。")
    with transaction.atomic():
        known = _locked(overruling_id)
        _check_may_decide(by, known.video)
        return _changed(known, closed_by=by, closed_at=now, closed_why=why)


def why_not_decide(user: User, video: Video) -> str | None:
    """The sentence that tells `user` why they may not overrule findings of `video`; None when they may."""
    if not user.has_role(Role.REVIEWER):
        return "只有审核员可以复核检查结果。"
    if user.pk in _contributors(video):
        return f"您参与了这个视频或它所在课程的编写，{WHY_ANOTHER}"
    return None


def _contributors(video: Video) -> set[int]:
    """Who had a hand in the video or in a course whose newest draft shows it."""
    shown = Course.objects.filter(latest_revision__content__icontains=str(video.pk))
    revisions = [course.latest_revision for course in shown.select_related("latest_revision")]
    return {video.uploaded_by_id}.union(*contributors_of(revisions).values())


def _check_may_decide(by: User, video: Video) -> None:
    if reason := why_not_decide(by, video):
        raise OverrulingRefused(reason)


def _finding(video: Video, check_id: str) -> Finding:
    fresh = Video.objects.with_inspection().get(pk=video.pk)
    found = next((each for each in fresh.findings if each.check_id == check_id), None)
    if found is None or found.verdict not in OVERRULABLE:
        raise OverrulingRefused("这一项现在没有要复核的结果，请刷新页面。")
    return found


def _open(video: Video, finding: Finding) -> Overruling | None:
    """The open word about this very finding; one about former numbers is closed by the way."""
    known = (
        Overruling.objects.open().select_for_update().filter(video=video, check_id=finding.check_id).first()
    )
    if known is None or known.is_about(finding):
        return known
    closer, since = known.by or known.asked_by, known.decided_at or known.opened_at
    _changed(known, closed_by=closer, closed_at=since, closed_why="检查结果已变。")
    return None


def _begin(video: Video, finding: Finding, now: datetime, **said: object) -> Overruling:
    """Of two who speak at once the second is told; the database keeps one open word for each check."""
    found = {name: getattr(finding, name) for name in ("check_id", "title", "verdict", "value", "threshold")}
    try:
        with transaction.atomic():
            return Overruling.objects.create(video=video, opened_at=now, **found, **said)
    except IntegrityError as another:
        raise OverrulingRefused(f"「{finding.title}」刚刚有人提出复核，请刷新页面。") from another


def _locked(overruling_id: int) -> Overruling:
    known = Overruling.objects.open().select_for_update().filter(pk=overruling_id).first()
    if known is None:
        raise OverrulingRefused("这条复核已经结束，请刷新页面。")
    return known


def _changed(known: Overruling, **fields: object) -> Overruling:
    for name, value in fields.items():
        setattr(known, name, value)
    known.save(update_fields=list(fields))
    return known


def _words(typed: str, what_is_missing: str) -> str:
    if not (words := typed.strip()):
        raise OverrulingRefused(what_is_missing)
    return words
