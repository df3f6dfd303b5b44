"""From the cells of a file to a row, with a sentence for each cell that is wrong."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from catalog.kinds import InstrumentKind
from catalog.register.row import COLUMNS, DATES, LISTS, NEEDED, SLUG, VERIFIED, Problem, Row

_KINDS = {kind.label: kind.value for kind in InstrumentKind} | {
    kind.value: kind.value for kind in InstrumentKind
}


def fill(row: Row, cells: dict[str, Any]) -> Iterator[str]:
    """Put the cells into `row`; yields a sentence for each that is wrong."""
    row.is_flat = cells.get("is_flat") is True
    for column in fields(Row):
        if column.name in COLUMNS and cells.get(column.name) not in (None, ""):
            yield from _set(row, column.name, cells[column.name])
    row.kind = _KINDS.get(row.kind, row.kind)
    row.verified = {label: key for key, label in VERIFIED.items()}.get(row.verified, row.verified)
    yield from (f"缺少「{COLUMNS[name]}」。" for name in NEEDED if not getattr(row, name))
    if row.kind and row.kind not in _KINDS:
        yield f"类别「{row.kind}」不认识，请填：{'、'.join(kind.label for kind in InstrumentKind)}。"
    if row.verified not in VERIFIED:
        yield f"核实情况「{row.verified}」不认识，请填：{'、'.join(VERIFIED.values())}。"
    for name in ("instrument", "slug"):
        if getattr(row, name) and not SLUG.fullmatch(getattr(row, name)):
            yield f"「{COLUMNS[name]}」只能用英文字母、数字、- 和 _，最多 60 个。"
    yield from _dates_in_order(row)


def _set(row: Row, name: str, cell: Any) -> Iterator[str]:
    if name in DATES:
        try:
            setattr(row, name, datetime.date.fromisoformat(str(cell).strip().replace("/", "-")))
        except ValueError:
            yield f"{COLUMNS[name]}「{cell}」不是日期，请写成 2026-06-01；不知道就留空，不要估计。"
    elif name in LISTS:
        parts = (
            cell
            if isinstance(cell, list)
            else re.split(r"[|\n]" if name == "source" else r"[|\n；;]", str(cell))
        )
        setattr(row, name, [str(part).strip() for part in parts if str(part).strip()])
    else:
        setattr(row, name, str(cell).strip())


def _dates_in_order(row: Row) -> Iterator[str]:
    if row.published and row.effective and row.effective < row.published:
        yield f"施行日期 {row.effective} 早于发布日期 {row.published}，请核对两个日期。"
    if row.effective and row.expires and row.expires <= row.effective:
        yield f"失效日期 {row.expires} 不晚于施行日期 {row.effective}，请核对两个日期。"
    if row.verified_on and not row.verified_by:
        yield "有核实日期而没有核实人，请补上是谁核实的。"


def clashes(rows: Sequence[Row]) -> Iterator[Problem]:
    times = Counter(row.slug for row in rows)
    for row in rows:
        if row.slug and times[row.slug] > 1:
            yield Problem(row.where, f"版本标识「{row.slug}」在文件里出现了 {times[row.slug]} 次。")
        if row.slug in row.replaces + row.replaces_partly:
            yield Problem(row.where, "一个版本不能代替它自己。")
