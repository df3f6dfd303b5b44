"""Who judges a question: anybody but those who wrote it (平台承诺书第五项)."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import Role
from question_bank.models import Question, QuestionState
from question_bank.rules import content_problems


class ReviewRefused(Exception):
    """A judgement that cannot be passed; the message is one sentence for whoever tried."""


@transaction.atomic
def approve_question(question: Question, *, by: User) -> Question:
    """Turn the draft that was read into a reviewed question; raises `ReviewRefused`."""
    standing = _standing(question, by)
    if problems := content_problems(standing.content):
        raise ReviewRefused(f"这道题还不完整：{problems[0].message}")
    standing.state, standing.reviewed_by = QuestionState.REVIEWED, by
    standing.reviewed_at, standing.review_note = timezone.now(), ""
    standing.save(update_fields=["state", "reviewed_by", "reviewed_at", "review_note"])
    log(instance=standing, action="question_bank.review", user=by)
    return standing


@transaction.atomic
def send_question_back(question: Question, *, note: str, by: User) -> Question:
    """Tell the authors what to mend; the draft stays one. Raises `ReviewRefused`."""
    if not note.strip():
        raise ReviewRefused("请写明要改什么，作者才知道怎么改。")
    standing = _standing(question, by)
    standing.review_note = note.strip()[: Question._meta.get_field("review_note").max_length]
    standing.save(update_fields=["review_note"])
    log(instance=standing, action="question_bank.send_back", user=by, data={"note": standing.review_note})
    return standing


def why_not_reviewer(user: User, question: Question) -> str | None:
    """The sentence that tells `user` why they may not judge `question`; None when they may."""
    if not (user.has_role(Role.REVIEWER, Role.AUTHOR) and question.is_visible_to(user)):
        return "只有审核员和本机构的课程作者可以审定题目。"
    if question.created_by_id == user.pk or question.versions.filter(created_by=user).exists():
        return "这道题是您写的或改过的，须由另一个人审定。（平台承诺书第五项）"
    return None


def _standing(question: Question, by: User) -> Question:
    """The question under a lock, when `by` may judge what was read."""
    if reason := why_not_reviewer(by, question):
        raise ReviewRefused(reason)
    standing = Question.objects.select_for_update().get(pk=question.pk)
    if standing.version != question.version:
        raise ReviewRefused("您打开页面以后，这道题有了新的版本，请看过新版再审定。")
    if standing.state != QuestionState.DRAFT:
        raise ReviewRefused(f"这道题现在是“{standing.get_state_display()}”，不需要审定。")
    return standing
