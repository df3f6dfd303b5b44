"""Which questions a paper may take, read for `question_bank.papers.assembly`."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count

from accounts.models import Institution
from catalog.models import OperationItem
from question_bank.models import KnowledgePoint, PaperQuestion, Question, QuestionState
from question_bank.models.question import QuestionQuerySet
from question_bank.papers.assembly import Candidate
from question_bank.papers.blueprints import Plan, Quota

_NAMED = 20  # knowledge points in one sentence


def askable(*, item: OperationItem, today: date, institution: Institution | None = None) -> QuestionQuerySet:
    """Questions of the item that a paper may take today: not retired, and what they say holds."""
    standing = Question.objects.filter(item=item).not_retired().holding_on(today)
    return standing.filter(institution=institution) if institution else standing


def candidates(
    plan: Plan,
    *,
    item: OperationItem,
    today: date,
    institution: Institution | None = None,
    reviewed_only: bool = False,
    lot: str = "",
) -> list[Candidate]:
    """What `plan` may choose from; papers of `lot` itself do not count as use, so it can be made again."""
    questions = askable(item=item, today=today, institution=institution)
    questions = questions.filter(type__in={quota.type for quota in plan.quotas}).order_by()
    if reviewed_only:
        questions = questions.filter(state=QuestionState.REVIEWED)
    points = _points(plan, item)
    used = _used(item, lot)
    return [
        Candidate(pk, kind, difficulty, points.get(pk, frozenset()), used[pk])
        for pk, kind, difficulty in questions.values_list("pk", "type", "difficulty").iterator(5000)
    ]


def _points(plan: Plan, item: OperationItem) -> dict[int, frozenset[str]]:
    """Of each question those of its knowledge points that the plan names."""
    names = {quota.knowledge_point for quota in plan.quotas} - {None}
    links = Question.knowledge_points.through.objects.filter(
        knowledgepoint__item=item, knowledgepoint__name__in=names
    )
    found: dict[int, set[str]] = defaultdict(set)
    for question, name in links.values_list("question", "knowledgepoint__name").iterator(5000):
        found[question].add(name)
    return {question: frozenset(points) for question, points in found.items()}


def _used(item: OperationItem, lot: str) -> Counter[int]:
    """The number of papers in which each question stands."""
    entries = PaperQuestion.objects.filter(paper__item=item).order_by()
    if lot:
        entries = entries.exclude(paper__lot=lot)
    counted: Iterable[tuple[int, int]] = entries.values_list("question").annotate(Count("pk"))
    return Counter(dict(counted))


def offered_points(item: OperationItem) -> list[str]:
    """The names of the item's knowledge points, those that most questions name first."""
    by_use = KnowledgePoint.objects.filter(item=item).annotate(size=Count("questions"))
    return list(by_use.order_by("-size", "name").values_list("name", flat=True))


def unknown_points(plan: Plan, item: OperationItem) -> list[str]:
    """A sentence for each quota whose knowledge point the item does not have, with those that it has."""
    offered = offered_points(item)
    return [
        f"第 {number} 项的知识点“{quota.knowledge_point}”在“{item.name}”里没有，{_choice_of(offered)}。"
        for number, quota in enumerate(plan.quotas, start=1)
        if quota.knowledge_point and quota.knowledge_point not in offered
    ]


def _choice_of(offered: list[str]) -> str:
    if not offered:
        return "这个操作项目还没有知识点；请不填知识点，或先在题目里填写"
    more = f"等 {len(offered)} 个" if len(offered) > _NAMED else ""
    return f"可选的有：{'、'.join(offered[:_NAMED])}{more}"


def stock(plan: Plan, *, item: OperationItem, today: date, institution: Institution) -> list[int]:
    """How many questions fit each quota, whatever the other quotas take; one query a quota."""
    own = askable(item=item, today=today, institution=institution).order_by()
    return [_fitting(own, quota).count() for quota in plan.quotas]


def _fitting(questions: QuestionQuerySet, quota: Quota) -> QuestionQuerySet:
    fitting = questions.filter(type=quota.type)
    if quota.difficulty:
        fitting = fitting.filter(difficulty=quota.difficulty)
    if quota.knowledge_point:
        fitting = fitting.filter(knowledge_points__name=quota.knowledge_point)
    return fitting
