"""One question of an import as the review shows it: its source, its words, its doubts, what can be done."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from question_bank.content import Content, QuestionType
from question_bank.entry import read_answer, read_options
from question_bank.intake.rows import errors_of
from question_bank.models import ImportRow, Outcome, Question

CODES = {  # what a doubt is called where one filters by it; a code without a name shows itself
    "answer_empty": "没有答案",
    "answer_unknown": "答案不在选项中",
    "answer_count": "答案个数不对",
    "answer_unreadable": "答案看不懂",
    "answer_ambiguous": "答案有歧义",
    "answer_assumed": "答案是推断的",
    "answer_conflict": "有两个答案",
    "answer_from_marks": "答案来自标红加粗",
    "answer_in_stem_only": "只有这题答案在题干里",
    "answer_glued": "答案与解析粘连",
    "truth_reversed": "对错符号与通常相反",
    "contradiction": "答案互相矛盾",
    "duplicate": "重复",
    "updated": "有改动",
    "key_changed": "答案改了",
    "number_differs": "编号是另一道题的",
    "version_behind": "题库里已改过",
    "answer_within": "答案在题干中间",
    "answer_from_explanation": "答案取自解析",
    "options_unlettered": "选项没有字母",
    "keys_lead": "答案写在题前",
    "key_by_similar": "按相近题干取的答案",
    "key_list_mismatch": "答案题号对不上",
    "options_too_few": "选项太少",
    "option_letters": "选项字母不连贯",
    "option_truncated": "选项像被截断",
    "option_empty": "选项是空的",
    "option_repeated": "选项相同",
    "option_placeholder": "选项没有内容",
    "options_in_stem": "题干里混有选项",
    "picture_lost": "图或公式没读到",
    "type_unknown": "题型不收",
    "stem_empty": "没有题干",
    "number_jump": "题号跳号",
    "machine_made": "注明机器生成",
    "cell_formula": "单元格是公式",
    "difficulty_unknown": "难度看不懂",
    "partial_credit": "按比例得分",
}
_LOOKS = {
    Outcome.DOUBTFUL: ("?", "warn"),
    Outcome.UPDATE: ("↻", "busy"),
    Outcome.FINE: ("✓", "good"),
    Outcome.REFUSED: ("✕", "bad"),
    Outcome.DUPLICATE: ("＝", "quiet"),
}


_SEPARATORS = re.compile(r"\s*(?:│|\*\*|##)[\s│*#]*")


@dataclass(frozen=True, slots=True)
class Card:
    row: ImportRow
    sign: str
    look: str
    word: str
    source: str
    right: set[str]
    doubts: list[dict[str, Any]]
    pictures: list[str]
    other: Question | None
    may_accept: bool
    error: str
    typed: dict[str, str]


def card_of(row: ImportRow, questions: Mapping[int, Question], *, error: str = "", typed: Any = None) -> Card:
    sign, look = _LOOKS[Outcome(row.outcome)]
    return Card(
        row=row,
        sign=sign,
        look=look,
        word=_word(row),
        source=shown_source(row.source),
        right=set(row.answer),
        doubts=row.defects,
        pictures=[
            reverse("bank:import_image", args=[row.batch_id, row.pk, place])
            for place in range(len(row.images))
        ],
        other=questions.get(row.question_id) if row.question_id else None,
        may_accept=not errors_of(row) and row.outcome in (Outcome.DOUBTFUL, Outcome.REFUSED),
        error=error,
        typed=_typed(row, typed),
    )


def shown_source(text: str) -> str:
    """The source as people read it: a line for each cell, and for each option of those that share a cell."""
    return _SEPARATORS.sub("\n", text).strip()


def _word(row: ImportRow) -> str:
    label = Outcome(row.outcome).label
    if row.edited:
        return f"{label}（已修改）"
    if row.decided and row.codes and row.outcome in (Outcome.FINE, Outcome.UPDATE):
        return f"{label}（看过，没问题）"
    return f"{label}（已由人决定）" if row.decided else label


def _typed(row: ImportRow, posted: Any) -> dict[str, str]:
    """What the form shows: what was typed and refused, else the question as it would be typed."""
    shown = {
        "type": row.type,
        "stem": row.stem,
        "options": "\n".join(row.options),
        "answer": row.key,
        "explanation": row.explanation,
    }
    return {name: posted.get(name, value) for name, value in shown.items()} if posted else shown


def fixed_content(posted: Any, row: ImportRow) -> Content:
    """What a person typed into the card."""
    kind = posted.get("type", "")
    kind = kind if kind in set(QuestionType) else row.type
    options = () if kind == QuestionType.TRUE_FALSE else read_options(posted.get("options", ""))
    return Content(
        type=kind,
        stem=posted.get("stem", ""),
        options=options,
        answer=read_answer(posted.get("answer", ""), kind),
        explanation=posted.get("explanation", ""),
        difficulty=row.difficulty,
        images=tuple(row.images),
    )


def codes_of(counted: Iterable[tuple[str, int]]) -> list[tuple[str, str, int]]:
    return [(code, CODES.get(code, code), count) for code, count in counted]
