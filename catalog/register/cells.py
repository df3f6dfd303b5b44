"""The cells of each row of a csv or json file, by our names of the columns."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from catalog.register.flat import flat_cells, is_flat
from catalog.register.protecting import unprotected
from catalog.register.row import COLUMNS, NEEDED


class UnreadableRegister(Exception):
    """The file is no register; the message is one sentence."""


def cells_of(data: bytes, *, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where each row stands, and its cells; csv and json are told apart by content."""
    text = _decoded(data, name)
    return _json_rows(text, name) if text.lstrip().startswith(("{", "[")) else _csv_rows(text, name)


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
            if any(unprotected(cell.strip()) for cell in cells):
                known = dict(zip(heads, (unprotected(cell.strip()) for cell in cells), strict=False))
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
