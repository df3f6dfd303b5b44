"""What a person says of a file that does not say it itself: columns, digits, where right options stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from question_bank.importing.columns import Columns

FIELDS = {
    "stem": "题干",
    "type": "题型",
    "answer": "答案",
    "options": "全部选项（在一格里）",
    "explanation": "解析",
    "number": "题号",
    "section": "章节",
    "difficulty": "难度",
    "knowledge_points": "知识点",
    "valid_from": "启用日期",
    "valid_to": "最后有效日",
}
_MAX_COLUMNS = 200


class BadHints(ValueError):
    """A mapping that cannot be followed; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Hints:
    """`tables`: columns by the fingerprint of a table; `true_digit`: the digit that means right, if any."""

    tables: Mapping[str, Columns] = field(default_factory=dict)
    true_digit: str = ""
    first_is_right: bool = False
    every_table: Columns | None = None  # for a command line that names no table


def read_hints(said: Any) -> Hints:
    """Hints from JSON: `{"columns": {"stem": 2, …}, "options": [3, 4], "tables": {…}, "true_digit": "1"}`.

    Columns count from 1, as people do. Raises BadHints.
    """
    if not isinstance(said, dict):
        raise BadHints("列对应文件应是一个 JSON 对象，如 {'columns': {'stem': 2, 'answer': 7}}。")
    if strange := sorted(said.keys() - {"columns", "options", "tables", "true_digit", "first_is_right"}):
        raise BadHints(f"列对应文件里有不认识的 {strange[0]}，请删去。")
    digit = str(said.get("true_digit", ""))
    if digit not in ("", "0", "1"):
        raise BadHints(f"true_digit 应为 0 或 1（哪个数字表示“对”），现为 {digit[:20]}。")
    tables = said.get("tables", {})
    if not isinstance(tables, dict):
        raise BadHints("tables 应是一个 JSON 对象：表格的指纹 → 各列。")
    every = read_columns(said.get("columns"), said.get("options", ())) if "columns" in said else None
    named = {str(name): _table(table) for name, table in tables.items()}
    return Hints(named, digit, bool(said.get("first_is_right", False)), every)


def _table(said: Any) -> Columns:
    if not isinstance(said, dict):
        raise BadHints("每张表应是一个 JSON 对象，含 columns 和 options。")
    return read_columns(said.get("columns"), said.get("options", ()))


def read_columns(fields: Any, options: Any) -> Columns:
    """The columns as numbered from 1. Raises BadHints when there is no stem, or a column is used twice."""
    if not isinstance(fields, dict) or not isinstance(options, Sequence):
        raise BadHints("请写明各列：columns 是 字段 → 第几列，options 是各选项的列。")
    if strange := sorted(fields.keys() - FIELDS.keys()):
        raise BadHints(f"不认识字段 {strange[0]}，可用的有 {'、'.join(FIELDS)}。")
    numbers = [*fields.values(), *options]
    if not all(type(number) is int and 1 <= number <= _MAX_COLUMNS for number in numbers):
        raise BadHints(f"列号应是 1 到 {_MAX_COLUMNS} 的整数，请核对。")
    if len(set(numbers)) < len(numbers):
        raise BadHints("同一列只能对应一个字段，请核对重复的列。")
    if "stem" not in fields:
        raise BadHints("没有指定题干在哪一列，请先指定。")
    return Columns({name: at - 1 for name, at in fields.items()}, [at - 1 for at in options])


def written_columns(columns: Columns) -> dict[str, Any]:
    """The JSON that `read_columns` reads back."""
    fields = {name: at + 1 for name, at in columns.fields.items()}
    return {"columns": fields, "options": [at + 1 for at in columns.options]}
