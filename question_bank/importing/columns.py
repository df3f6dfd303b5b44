"""Which column of a table holds what: by its heading, or, without headings, by what stands in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from question_bank.importing.keys import TRUTH
from question_bank.likeness.folding import fold

_HEADINGS = {
    "number": r"序号|题号|编号|no\.?|id|number",
    "type": r"(试题|题目|考题)?(题型|类型|类别)|种类|试题种类|type|questiontype",
    "stem": r"题干|(试题|题目|问题|考题)(内容|正文|描述|名称|题干)?|内容|question|stem|title",
    "options": r"(试题|题目|备选|可选)?(选项|答案选项|备选项|备选答案)(内容|列表)?|options|choices",
    "right": r"是否(为)?(正确|答案)(答案|选项)?|正确与否|iscorrect|correct",
    "answer": r"(试题|题目|正确|标准|参考)?答案|正确(选)?项|标答|key|answer|correctanswer",
    "explanation": r"(试题|题目|答案)?(解析|详解|解释|说明|分析|依据)|explanation|analysis",
    "section": r"章节?(名称)?|所属章节|部分|单元|chapter|section",
    "difficulty": r"(试题|题目)?(难度|难易)(系数|程度|等级|度)?|difficulty",
    "knowledge_points": r"(所属|教学)?知识点(名称)?|知识要点|knowledgepoints?|tags",
    "valid_from": r"(启用|生效|开始)(日期|时间)|validfrom",
    "valid_to": r"最后有效日|(失效|截止|到期)(日期|时间)|有效期至|validto",
    "origin": r"题目编号",  # with the next, as our own export heads them
    "version": r"版本",
}
_NAMES = {name: re.compile(pattern) for name, pattern in _HEADINGS.items()}
_FALLBACK_SECTION = re.compile(r"作业种类|作业类别|工种|科目|分类")
_OPTION = re.compile(
    r"(?:选项|答案|option|choice|备选项?)?[\[(]?(?:([a-h])|([1-8一二三四五六七八]))[\])]?(?:选项|项)?"
)
_OPTION_WORDS = "选项内容"
_PICTURE = re.compile(r"(?:配图|图片|图)([1-9]\d?)?")
_NOTE = re.compile(r"[(（\[【].*$", re.DOTALL)
KEYLIKE = re.compile(r"[A-Ha-h]{1,8}|[01]")
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of the fields, and of the options in their order; `headless` when they were guessed.

    `pictures` are positions of columns such as 配图2, with their numbers; `rivals` head keys too.
    """

    fields: dict[str, int]
    options: Sequence[int] = ()
    others: Sequence[int] = ()
    headless: bool = False
    pictures: Mapping[int, int] = field(default_factory=dict)
    rivals: Sequence[int] = ()


def by_heading(cells: Sequence[str]) -> Columns | None:
    """The columns that a heading row names; None when it names no stem, or nothing beside it."""
    names = [_name(cell) for cell in cells]
    fields: dict[str, int] = {}
    for name_of_field, pattern in _NAMES.items():
        at = next((i for i, name in enumerate(names) if name and pattern.fullmatch(name)), None)
        if at is not None and at not in fields.values():
            fields[name_of_field] = at
    if "section" not in fields:
        at = next((i for i, name in enumerate(names) if _FALLBACK_SECTION.fullmatch(name)), None)
        fields |= {} if at is None else {"section": at}
    _sort_numbers(fields)
    if _OPTION_WORDS in names and "options" in fields:  # beside it, 选项 holds the letter only
        fields["options"] = names.index(_OPTION_WORDS)
    options = [i for i, name in enumerate(names) if i not in fields.values() and _OPTION.fullmatch(name)]
    if "stem" not in fields or not (options or fields.keys() & {"answer", "options"}):
        return None
    taken = {*fields.values(), *options}
    others = [i for i in range(len(names)) if i not in taken]
    shown = {i: int(found[1] or 1) for i in others if (found := _PICTURE.fullmatch(names[i]))}
    rivals = [i for i in others if _NAMES["answer"].fullmatch(names[i])]
    return Columns(fields, options, others, pictures=shown, rivals=rivals)


def _sort_numbers(fields: dict[str, int]) -> None:
    """Number and version are ours only both together; 题目编号 alone is anybody's number."""
    origin = fields.get("origin")
    if "number" not in fields and origin is not None:
        fields["number"] = origin
    if not {"origin", "version"} <= fields.keys():
        fields.pop("origin", None)
        fields.pop("version", None)


def is_option_name(cell: str) -> bool:
    return bool(_OPTION.fullmatch(_name(cell)))


def names_stem(cell: str) -> bool:
    """Whether a cell heads the column of the stems."""
    return bool(_NAMES["stem"].fullmatch(_name(cell)))


def _name(cell: str) -> str:
    return fold(_NOTE.sub("", cell.strip()) or cell).lower()


def key_columns(cells: Sequence[str]) -> Columns | None:
    """The columns of a table that holds keys by number and not the questions themselves."""
    names = [_name(cell) for cell in cells]
    fields = {
        known: next((at for at, name in enumerate(names) if name and _NAMES[known].fullmatch(name)), None)
        for known in ("number", "answer", "type", "stem", "explanation")
    }
    known = {name: at for name, at in fields.items() if at is not None}
    return Columns(known) if {"number", "answer"} <= known.keys() and "stem" not in known else None


def by_content(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a table without headings: the longest is the stem, keys are short, options follow."""
    width = max((len(row) for row in rows), default=0)
    columns = [[row[at].strip() if at < len(row) else "" for row in rows] for at in range(width)]
    used = [at for at, cells in enumerate(columns) if any(cells)]
    if len(used) < 2:
        return None
    stem = max(used, key=lambda at: sum(map(len, columns[at])))
    keys = [at for at in used if at > stem and are_keys(columns[at])]
    first = [at for at in used if at < stem and are_keys(columns[at])]
    fields = {"stem": stem}
    if keys and keys[-1] == used[-1]:
        fields["answer"] = keys[-1]
    elif len(first) == 1:
        fields["answer"] = first[0]
    options = [at for at in used if at > stem and at != fields.get("answer")]
    if len(options) == 1:
        fields["options"], options = options[0], []
    return Columns(fields, options, headless=True)


def are_keys(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(map(is_key, filled)) >= _MOSTLY * len(filled)


def is_key(cell: str) -> bool:
    """Whether a cell looks like the key of a question: ABD, 对, 0."""
    return bool(KEYLIKE.fullmatch(fold(cell))) or fold(cell).lower() in TRUTH
