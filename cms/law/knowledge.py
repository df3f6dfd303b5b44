"""New knowledge, technology, process or equipment that courses must take up in 3 months (平台承诺书第九项).

It is kept beside the laws as a text of its own, published on the day it was recorded; so its notices have the
same board, reminders and closing rules as those of a changed law.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import Role
from catalog.deadlines import CLAUSE, knowledge_due
from catalog.kinds import InstrumentKind
from catalog.models import Instrument, InstrumentVersion, OperationItem
from cms.models import CourseRelease, UpdateNotice

CATEGORIES = ("新知识", "新技术", "新工艺", "新设备")
RECORDERS = (Role.ADMIN, Role.AUTHOR)
BATCH = 500  # rows a statement


class KnowledgeRefused(Exception):
    """What was typed cannot be recorded; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`recorded` is the day from which the three months run; `items` are slugs of operation items."""

    category: str
    title: str
    source: str
    recorded: date | None
    items: tuple[str, ...]
    note: str = ""


def affected(items: Collection[str], *, by: User) -> QuerySet[CourseRelease]:
    """The published courses of these items that `by` may open notices for: an author those of their unit."""
    current = CourseRelease.objects.current().filter(item__in=items)
    if not by.has_role(Role.ADMIN):
        current = current.filter(course__institution=by.institution_id)
    return current.select_related("item", "course__institution").defer("manifest").order_by("item", "title")


@transaction.atomic
def record_knowledge(
    knowledge: Knowledge, *, courses: Collection[int], today: date, by: User
) -> tuple[InstrumentVersion, int]:
    """Record it and open a notice for each of `courses`; how many opened. Raises KnowledgeRefused."""
    if not by.has_role(*RECORDERS):
        raise PermissionDenied("新知识由课程作者或平台管理员登记。")
    check(knowledge, today=today)
    found = set(affected(knowledge.items, by=by).filter(course__in=courses).values_list("course", flat=True))
    if not found:
        raise KnowledgeRefused("请至少勾选一门要更新的课程；没有课程受影响就不用登记。")
    version = _keep(knowledge)
    deadline = knowledge_due(knowledge.recorded)
    reason = f"{knowledge.category}「{knowledge.title[:120]}」须纳入课程；来源：{knowledge.source[:80]}"
    dates = {"base_date": deadline.base, "due": deadline.due}
    UpdateNotice.objects.bulk_create(
        (UpdateNotice(course_id=pk, version=version, reason=reason, **dates) for pk in sorted(found)),
        batch_size=BATCH,
    )
    log(version, "cms.record_knowledge", user=by, data={"notices": len(found)})
    return version, len(found)


def check(knowledge: Knowledge, *, today: date) -> None:
    """Raises KnowledgeRefused with the first thing to mend."""
    if knowledge.category not in CATEGORIES:
        raise KnowledgeRefused(f"请选择类别：{'、'.join(CATEGORIES)}。")
    if not knowledge.title or not knowledge.source:
        raise KnowledgeRefused("请写明内容的名称和来源，例如文件、厂家说明书或网址，审核时要据此核对。")
    if knowledge.recorded is None or knowledge.recorded > today:
        raise KnowledgeRefused(f"请填登记日期，不能晚于今天；3 个月的期限从这一天算起。（{CLAUSE}）")
    known = OperationItem.objects.filter(slug__in=knowledge.items).count()
    if not knowledge.items or known != len(set(knowledge.items)):
        raise KnowledgeRefused("请选择它涉及的操作项目，至少一个。")


def recorded_knowledge() -> QuerySet[InstrumentVersion]:
    """What was recorded so far, the newest first."""
    rows = InstrumentVersion.objects.filter(instrument__kind=InstrumentKind.NEW_KNOWLEDGE)
    return rows.order_by("-published", "-pk")


def _keep(knowledge: Knowledge) -> InstrumentVersion:
    kind = InstrumentKind.NEW_KNOWLEDGE
    instrument = Instrument(title=knowledge.title, kind=kind.value, slug=_free_slug(knowledge.recorded))
    instrument.full_clean()
    instrument.save()
    version = InstrumentVersion(
        instrument=instrument,
        slug=instrument.slug,
        title=knowledge.title,
        number=knowledge.category,
        published=knowledge.recorded,
        effective=knowledge.recorded,
        source=[knowledge.source],
        note=knowledge.note,
        catalog_hint=sorted(set(knowledge.items)),
    )
    version.full_clean()
    version.save()
    return version


def _free_slug(recorded: date) -> str:
    """new-20261126-1, the next free number of that day."""
    head = f"new-{recorded:%Y%m%d}-"
    taken = set(Instrument.objects.filter(slug__startswith=head).values_list("slug", flat=True))
    return next(slug for slug in (f"{head}{n}" for n in range(1, len(taken) + 2)) if slug not in taken)
