"""Acts on papers. Each writes who did it; a paper that is final is never changed again."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import Institution, User
from catalog.models import OperationItem
from question_bank.models import (
    Paper,
    PaperQuestion,
    Question,
    QuestionVersion,
)
from question_bank.papers.blueprints import MAX_MINUTES, MAX_QUESTIONS, minutes_for


class PaperRefused(Exception):
    """What cannot be done with a paper; the message is one sentence for its author."""


@transaction.atomic
def create_paper(*, item: OperationItem, title: str, institution: Institution, by: User) -> Paper:
    """Begin a paper that is put together by hand."""
    return keep_paper(Paper(item=item, institution=institution, title=title, minutes=1, created_by=by), [])


def keep_paper(paper: Paper, questions: Sequence[int]) -> Paper:
    paper.save()
    _place(paper, questions)
    log(instance=paper, action="wagtail.create", user=paper.created_by)
    return paper


@transaction.atomic
def arrange(paper: Paper, questions: Sequence[int], *, by: User) -> Paper:
    """Let the paper hold exactly `questions`, in this order; one that stays keeps its version.

    Raises `PaperRefused` for a final paper, a question of others, and one that may not be asked.
    """
    standing = draft_of(paper)
    wanted = list(dict.fromkeys(questions))
    if len(wanted) > MAX_QUESTIONS:
        raise PaperRefused(f"一份试卷最多 {MAX_QUESTIONS} 道题，请减少。")
    kept = dict(standing.entries.values_list("question", "version"))
    _may_join(standing, set(wanted) - kept.keys())
    old_minutes = minutes_for(len(kept))
    standing.entries.all().delete()
    _place(standing, wanted, kept)
    if standing.minutes == max(1, old_minutes):  # nobody set another time
        standing.minutes = max(1, minutes_for(len(wanted)))
        standing.save(update_fields=["minutes"])
    log(instance=standing, action="wagtail.edit", user=by, content_changed=True)
    return standing


def _may_join(paper: Paper, new: set[int]) -> None:
    own = Question.objects.filter(pk__in=new, item=paper.item_id, institution=paper.institution_id)
    if own.not_retired().holding_on(timezone.localdate()).count() != len(new):
        raise PaperRefused("有题目不属于本机构的这个操作项目、已停用或不在有效期内，请刷新页面后再选。")


def _place(paper: Paper, questions: Sequence[int], kept: dict[int, int] | None = None) -> None:
    kept = kept or {}
    new = QuestionVersion.objects.filter(question__in=[pk for pk in questions if pk not in kept])
    latest = dict(new.order_by("number").values_list("question", "pk"))  # the newest comes last and stays
    PaperQuestion.objects.bulk_create(
        PaperQuestion(paper=paper, question_id=pk, version_id=kept.get(pk) or latest[pk], order=order)
        for order, pk in enumerate(questions, start=1)
    )


@transaction.atomic
def take_newest_versions(paper: Paper, *, by: User) -> int:
    """Bring the questions that were revised since to their present version; returns how many."""
    standing = draft_of(paper)
    outdated = [
        entry for entry in standing.entries.select_related("version", "question") if entry.is_outdated
    ]
    for entry in outdated:
        entry.version = QuestionVersion.objects.get(question=entry.question, number=entry.question.version)
        entry.save(update_fields=["version"])
    if outdated:
        log(instance=standing, action="wagtail.edit", user=by, content_changed=True)
    return len(outdated)


@transaction.atomic
def describe(paper: Paper, *, title: str, minutes: int, was: str | None = None, by: User) -> None:
    """Give a draft another title or time. `was` is what `described` said when the editor read it.

    Raises `PaperRefused`, also when somebody has described it otherwise meanwhile.
    """
    standing = draft_of(paper)
    if was not in (None, described(standing)):
        found = f"别人刚刚把它改成“{standing.title}”、{standing.minutes} 分钟"
        raise PaperRefused(f"{found}；您填的还在下面，没有保存，再点一次【保存】就按您填的改。")
    title = " ".join(title.split())
    if not title or len(title) > Paper._meta.get_field("title").max_length:
        raise PaperRefused("试卷名称要有 1 到 100 个字，请修改。")
    if not 1 <= minutes <= MAX_MINUTES:
        raise PaperRefused(f"时间应是 1 到 {MAX_MINUTES} 分钟，请修改。")
    standing.title, standing.minutes = title, minutes
    standing.save(update_fields=["title", "minutes"])
    log(instance=standing, action="wagtail.edit", user=by, content_changed=True)


def described(paper: Paper) -> str:
    """The title and time as one text, to tell whether they were changed."""
    return f"{paper.minutes} {paper.title}"


@transaction.atomic
def discard(paper: Paper, *, by: User) -> None:
    """Throw a draft away; its questions stay in the bank."""
    standing = draft_of(paper)
    log(instance=standing, action="wagtail.delete", user=by, deleted=True)
    standing.delete()


def draft_of(paper: Paper) -> Paper:
    """The paper under a lock; raises `PaperRefused` when it is final or gone."""
    standing = Paper.objects.select_for_update().filter(pk=paper.pk).first()
    if standing is None:
        raise PaperRefused("这份试卷已经删除。")
    if standing.is_final:
        raise PaperRefused("试卷已定稿，不能再改；要改请另组一份。")
    return standing
