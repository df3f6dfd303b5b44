"""The register as rows, one for each version: what csv and json files hold, and what is wrong with them."""

import csv
import datetime
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from catalog.kinds import InstrumentKind
from catalog.register_flat import flat_cells, is_flat

COLUMNS = {
    "instrument": "法规标识",
    "instrument_title": "法规名称",
    "kind": "类别",
    "aliases": "别名",
    "slug": "版本标识",
    "title": "版本名称",
    "number": "文号或标准号",
    "issuer": "发布机关",
    "published": "发布日期",
    "effective": "施行日期",
    "expires": "失效日期",
    "status": "效力说明",
    "verified": "核实情况",
    "verified_by": "核实人",
    "verified_on": "核实日期",
    "source": "依据来源",
    "note": "备注",
    "catalog_hint": "涉及的操作项目",
    "replaces": "代替",
    "replaces_partly": "部分代替",
}
LISTS = frozenset({"aliases", "source", "catalog_hint", "replaces", "replaces_partly"})
DATES = ("published", "effective", "expires", "verified_on")
NEEDED = ("instrument", "instrument_title", "kind", "slug", "title")
VERIFIED = {"text": "已核对原文", "third_party": "据第三方资料", "no": "未核实"}
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")
_KINDS = {kind.label: kind.value for kind in InstrumentKind} | {
    kind.value: kind.value for kind in InstrumentKind
}


class UnreadableRegister(Exception):
    """The file is no register; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the row at `where` (第 3 行); all of a file are found at once."""

    where: str
    message: str


@dataclass(slots=True)
class Row:
    """One version with its instrument; dates are `date`, or None where they are not known."""

    where: str
    instrument: str = ""
    instrument_title: str = ""
    kind: str = ""
    slug: str = ""
    title: str = ""
    number: str = ""
    issuer: str = ""
    published: datetime.date | None = None
    effective: datetime.date | None = None
    expires: datetime.date | None = None
    status: str = ""
    verified: str = "no"
    verified_by: str = ""
    verified_on: datetime.date | None = None
    note: str = ""
    aliases: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    catalog_hint: list[str] = field(default_factory=list)
    replaces: list[str] = field(default_factory=list)
    replaces_partly: list[str] = field(default_factory=list)
    is_flat: bool = False  # from the flat form: it knows nothing of our instruments and words

    @property
    def undated(self) -> list[str]:
        """The dates that are not known; flagged and never guessed."""
        return [COLUMNS[name] for name in ("published", "effective") if getattr(self, name) is None]


def read_register(data: bytes, *, name: str) -> tuple[list[Row], list[Problem]]:
    """The rows of a csv or json file, told apart by content, and every problem; raises UnreadableRegister."""
    text = _decoded(data, name)
    given = _json_rows(text, name) if text.lstrip().startswith(("{", "[")) else _csv_rows(text, name)
    rows: list[Row] = []
    problems: list[Problem] = []
    for where, cells in given:
        row = Row(where)
        problems += [Problem(where, message) for message in _fill(row, cells)]
        rows.append(row)
    if not rows:
        raise UnreadableRegister(f"「{name}」里没有一行法规，请核对文件。")
    return rows, [*problems, *_clashes(rows)]


def write_csv(rows: Iterable[Row]) -> str:
    """With a byte order mark, so that Excel reads the Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS.values())
    for row in rows:
        writer.writerow([_safe(_cell(getattr(row, name))) for name in COLUMNS])
    return "\ufeff" + out.getvalue()


def write_json(rows: Iterable[Row]) -> str:
    told = [{name: _plain(getattr(row, name)) for name in COLUMNS} for row in rows]
    return json.dumps({"versions": told}, ensure_ascii=False, indent=1)


def _cell(value: Any) -> str:
    return " | ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def _safe(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula is text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell


def _unsafe(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _safe(cell[1:]) == cell else cell


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _decoded(data: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableRegister(f"「{name}」不是 UTF-8 或 GB18030 编码的文本，请另存为 CSV UTF-8 后再试。")


def _csv_rows(text: str, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    by_label = {label: column for column, label in COLUMNS.items()}
    reader = csv.reader(io.StringIO(text))
    try:
        heads = [by_label.get(head.strip(), head.strip()) for head in next(reader, [])]
        if missing := [COLUMNS[column] for column in NEEDED if column not in heads]:
            raise UnreadableRegister(
                f"「{name}」的第一行缺少这些列：{'、'.join(missing)}。请先导出一份，照它的列名填写。"
            )
        for cells in reader:
            if any(_unsafe(cell.strip()) for cell in cells):
                known = dict(zip(heads, (_unsafe(cell.strip()) for cell in cells), strict=False))
                yield f"第 {reader.line_num} 行", known
    except csv.Error as error:
        raise UnreadableRegister(f"「{name}」第 {reader.line_num} 行不是完好的 CSV，请核对引号。") from error


def _json_rows(text: str, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableRegister(f"「{name}」不是完好的 JSON，请核对文件。") from error
    found = data.get("versions", data.get("instruments")) if isinstance(data, dict) else data
    if not isinstance(found, list):
        raise UnreadableRegister(f"「{name}」里没有 versions 或 instruments 列表，请先导出一份照着填写。")
    if is_flat(found):
        told = ((f"第 {number} 条", cells) for number, cells in enumerate(flat_cells(found), 1))
        yield from ((where, cells | {"is_flat": True}) for where, cells in told)
        return
    successions = data.get("successions", []) if isinstance(data, dict) else []
    number = 0
    for entry in found:
        for cells in _versions(entry, successions):
            number += 1
            yield f"第 {number} 条", cells


def _versions(entry: Any, successions: Any) -> Iterator[dict[str, Any]]:
    """One entry's versions: flat rows as we export them, or nested ones as in `data/instruments.json`."""
    if not isinstance(entry, dict) or not isinstance(entry.get("versions"), list):
        yield entry if isinstance(entry, dict) else {}
        return
    head = {
        "instrument": entry.get("slug"),
        "instrument_title": entry.get("title"),
        "kind": entry.get("kind"),
    }
    for version in entry["versions"]:
        cells = head | {"aliases": entry.get("aliases", [])} | (version if isinstance(version, dict) else {})
        for each in successions if isinstance(successions, list) else []:
            if isinstance(each, dict) and each.get("newer") == cells.get("slug"):
                column = "replaces_partly" if each.get("partial") else "replaces"
                cells[column] = [*cells.get(column, []), each.get("older")]
        yield cells


def _fill(row: Row, cells: dict[str, Any]) -> Iterator[str]:
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


def _clashes(rows: list[Row]) -> Iterator[Problem]:
    times = Counter(row.slug for row in rows)
    for row in rows:
        if row.slug and times[row.slug] > 1:
            yield Problem(row.where, f"版本标识「{row.slug}」在文件里出现了 {times[row.slug]} 次。")
        if row.slug in row.replaces + row.replaces_partly:
            yield Problem(row.where, "一个版本不能代替它自己。")
