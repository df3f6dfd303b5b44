"""Taking outlines in from a sheet: every row is judged first, then all are saved or none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import transaction

from catalog.models import CatalogEdition, EditionRow, OutlinePoint, TrainingKind, TrainingOutline
from catalog.outlines.point_lists import BadPoints, points_of
from catalog.outlines.sheet import SheetRow, rows_of

KINDS = {name: kind for kind in TrainingKind for name in (kind.value, kind.label)}
KINDS |= {"初训": TrainingKind.NEW, "初次": TrainingKind.NEW}
KINDS |= {"复审": TrainingKind.RENEWAL, "换证": TrainingKind.RENEWAL}


@dataclass(frozen=True, slots=True)
class Problem:
    row: int
    message: str


@dataclass(slots=True)
class OutlinesRead:
    """`created` and `changed` are what was or would be saved; nothing is when there are problems."""

    created: list[TrainingOutline] = field(default_factory=list)
    changed: list[TrainingOutline] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    outline: TrainingOutline
    points: list[str]


class _Refused(ValueError):
    """One row cannot be taken; the message is for who filled it in."""


@transaction.atomic
def import_outlines(data: bytes, *, dry_run: bool) -> OutlinesRead:
    """Read the sheet and, unless this is a dry run or a row is wrong, save it. Raises UnreadableSheet."""
    read, names, known = OutlinesRead(), item_names(), _known()
    kept, seen = [], {}
    for row in rows_of(data):
        try:
            made = _outline(row, names, known)
        except _Refused as refusal:
            read.problems.append(Problem(row.number, str(refusal)))
            continue
        key = _key(made.outline)
        if key in seen:
            told = f"和第 {seen[key]} 行是同一个操作项目、培训类型和版本，请删去一行。"
            read.problems.append(Problem(row.number, told))
            continue
        seen[key] = row.number
        kept.append(made)
    _sort(kept, known, read)
    if not read.problems and not dry_run:
        _save(kept, {id(outline) for outline in (*read.created, *read.changed)})
    return read


def item_names() -> dict[str, str]:
    """All names of the newest edition's items → slug; a name of two items is left out."""
    edition = CatalogEdition.objects.order_by("-valid_from").first()
    found: dict[str, set[str]] = {}
    for row in EditionRow.objects.filter(edition=edition).select_related("item"):
        for name in (row.item_id, row.item.name, row.name, str(row), row.code):
            if name:
                found.setdefault(_folded(name), set()).add(row.item_id)
    return {name: next(iter(slugs)) for name, slugs in found.items() if len(slugs) == 1}


def _outline(row: SheetRow, names: Mapping[str, str], known: Mapping[tuple, TrainingOutline]) -> _Row:
    cells = row.cells
    item, kind = names.get(_folded(cells["操作项目"])), KINDS.get(cells["培训类型"])
    if item is None:
        asked = cells["操作项目"] or "空"
        raise _Refused(f"操作项目「{asked}」不在目录里，请照模板第二张表的名称填写。")
    if kind is None:
        raise _Refused(f"培训类型「{cells['培训类型'] or '空'}」不认识，请填新取证，或复审或换证。")
    for name in ("版本", "来源"):
        if not cells[name]:
            raise _Refused(f"{name}没有填，请补上。")
    outline = known.get((item, str(kind), cells["版本"])) or TrainingOutline(
        item_id=item, kind=kind, version=cells["版本"]
    )
    outline.hours, outline.source = _hours(cells["应有学时"]), cells["来源"]
    outline.valid_from = _day("启用日期", cells["启用日期"])
    outline.valid_to = _day("停用日期", cells["停用日期"]) if cells["停用日期"] else None
    return _Row(_checked(outline), _points(cells["知识点"]))


def _checked(outline: TrainingOutline) -> TrainingOutline:
    try:
        outline.full_clean(exclude=["item"])
    except ValidationError as wrong:
        raise _Refused("；".join(wrong.messages)) from wrong
    return outline


def _hours(text: str) -> Decimal:
    try:
        return Decimal(text.removesuffix("学时").strip())
    except InvalidOperation as wrong:
        raise _Refused(f"应有学时「{text or '空'}」不是数字，请填 48 这样的数。") from wrong


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError as wrong:
        raise _Refused(f"{name}「{text or '空'}」不是日期，请写成 2018-01-01。") from wrong


def _points(text: str) -> list[str]:
    try:
        return points_of(text.replace("；", "\n").replace(";", "\n"))
    except BadPoints as wrong:
        raise _Refused(str(wrong)) from wrong


def _known() -> dict[tuple, TrainingOutline]:
    return {_key(outline): outline for outline in TrainingOutline.objects.prefetch_related("points")}


def _key(outline: TrainingOutline) -> tuple[str, str, str]:
    return outline.item_id, str(outline.kind), outline.version


def _folded(name: str) -> str:
    return "".join(name.lower().split()).replace("(", "（").replace(")", "）")


def _sort(kept: list[_Row], known: Mapping[tuple, TrainingOutline], read: OutlinesRead) -> None:
    """Into new, changed and same, by comparing with what is stored."""
    stored = TrainingOutline.objects.prefetch_related("points").in_bulk([row.pk for row in known.values()])
    for row in kept:
        before = stored.get(row.outline.pk)
        if before is None:
            read.created.append(row.outline)
        elif _said(row.outline, row.points) != _said(before, [p.name for p in before.points.all()]):
            read.changed.append(row.outline)
        else:
            read.same += 1


def _said(outline: TrainingOutline, points: list[str]) -> tuple:
    return outline.hours, outline.valid_from, outline.valid_to, outline.source, points


def _save(kept: list[_Row], fresh: set[int]) -> None:
    for row in kept:
        if id(row.outline) in fresh:
            points = [OutlinePoint(name=name, sort_order=order) for order, name in enumerate(row.points)]
            row.outline.points.set(points)
            row.outline.save()
