"""Acts on questions. Each one writes who did it, in the same transaction."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import Institution, User
from catalog.models import OperationItem
from question_bank.content import Content
from question_bank.models import KnowledgePoint, Question, QuestionState, QuestionVersion
from question_bank.rules import Problem, content_problems, draft_problems

_KEPT = ("explanation", "difficulty", "images", "valid_from", "valid_to")
_UNJUDGED = {"reviewed_by": None, "reviewed_at": None, "review_note": ""}


class InvalidQuestion(Exception):
    """The content is not fit to be asked; `problems` is a list of `Problem`, never empty."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems


class EditedMeanwhile(Exception):
    """Somebody saved a newer version since this one was read; `standing` is the question as it is now."""

    def __init__(self, standing: Question) -> None:
        latest = standing.versions.select_related("created_by").get(number=standing.version)
        super().__init__(
            f"您编辑期间，{latest.created_by} 已将这道题改为第 {latest.number} 版，"
            f"您填写的内容还在，尚未保存。请先核对新版；再次保存，您的内容将成为第 {latest.number + 1} 版。"
        )
        self.standing = standing


@transaction.atomic
def create_question(
    *,
    item: OperationItem,
    institution: Institution,
    content: Content,
    knowledge_points: Iterable[str] = (),
    machine_drafted: bool = False,
    by: User,
) -> Question:
    """Write a draft and its first version; raises InvalidQuestion.

    Knowledge points are given by name, and made when they are new to the item. What is `machine_drafted` says
    so, and counts only once another person has approved it.
    """
    question = Question(item=item, institution=institution, created_by=by, machine_drafted=machine_drafted)
    question.content = _fit(content)
    question.save()
    question.knowledge_points.set(points_named(item, knowledge_points))
    _keep_version(question, by)
    log(instance=question, action="wagtail.create", user=by)
    return question


@transaction.atomic
def revise_question(
    question: Question,
    *,
    content: Content,
    knowledge_points: Iterable[str],
    based_on: int | None = None,
    by: User,
) -> Question:
    """Save changed words as a new version, a draft again; unchanged words make no version.

    `based_on` is the version the editor had before them, by default the one `question` was read with.
    Raises InvalidQuestion, or EditedMeanwhile when a newer version stands.
    """
    content = _fit(content)
    standing = Question.objects.select_for_update().get(pk=question.pk)
    if standing.version != (based_on or question.version):
        raise EditedMeanwhile(standing)
    standing.knowledge_points.set(points_named(standing.item, knowledge_points))
    return _become(standing, content, by) if content != standing.content else standing


@transaction.atomic
def renew_question(question: Question, *, content: Content, by: User) -> Question:
    """Save what an import says anew as the next version, a draft again; it may lack what a draft may lack.

    What the import does not say (explanation, difficulty, pictures, validity) stays. Raises InvalidQuestion.
    """
    standing = Question.objects.select_for_update().get(pk=question.pk)
    old = standing.content
    kept = {name: getattr(content, name) or getattr(old, name) for name in _KEPT}
    content = replace(content, **kept).tidied()
    if problems := draft_problems(content):
        raise InvalidQuestion(problems)
    return _become(standing, content, by) if content != old else standing


def _become(standing: Question, content: Content, by: User) -> Question:
    standing.content = content
    standing.version += 1
    for name, value in {"state": QuestionState.DRAFT, **_UNJUDGED}.items():
        setattr(standing, name, value)
    standing.save()
    _keep_version(standing, by)
    log(instance=standing, action="wagtail.edit", user=by, content_changed=True)
    return standing


@transaction.atomic
def retire_question(question: Question, *, by: User) -> None:
    """Take a question out of use. Its versions stay: releases and learners' records rest on them."""
    Question.objects.filter(pk=question.pk).update(state=QuestionState.RETIRED, **_UNJUDGED)
    log(instance=question, action="question_bank.retire", user=by)


@transaction.atomic
def restore_question(question: Question, *, by: User) -> bool:
    """Take a retired question into use again: a draft, to be reviewed anew; False when it is not retired."""
    retired = Question.objects.filter(pk=question.pk, state=QuestionState.RETIRED)
    restored = bool(retired.update(state=QuestionState.DRAFT, **_UNJUDGED))
    if restored:
        log(instance=question, action="question_bank.restore", user=by)
    return restored


def _fit(content: Content) -> Content:
    content = content.tidied()
    if problems := content_problems(content):
        raise InvalidQuestion(problems)
    return content


def points_named(item: OperationItem, names: Iterable[str]) -> list[KnowledgePoint]:
    """The knowledge points of these names, made when they are new to the item."""
    return [KnowledgePoint.objects.get_or_create(item=item, name=name)[0] for name in names]


def _keep_version(question: Question, by: User) -> None:
    version = QuestionVersion(question=question, number=question.version, created_by=by)
    version.content = question.content
    version.save()
