"""Names of question types as people write them."""

import re
from dataclasses import replace
from functools import lru_cache

from question_bank.content import QuestionType
from question_bank.importing.lines import TYPE_WORD
from question_bank.importing.raw import RawQuestion
from question_bank.likeness.folding import narrow

OTHER = "other"  # a type that cannot be asked here: 填空, 简答, …

_NAMES = (
    (QuestionType.TRUE_FALSE, r"判断|是非|对错|正误|true.?false|truefalse"),
    (
        OTHER,
        r"填空|简答|问答|论述|计算|案例|名词|综合|数字|匹配|连线|排序|实操|材料|essay|short|matching|numerical",
    ),
    ("", r"不定项|任选"),
    (QuestionType.MULTIPLE, r"多选|多项|multiple"),
    (QuestionType.SINGLE, r"单选|单项|single"),
    ("", r"选择|^$"),
)


_BEHIND = re.compile(
    rf"\s*(?:\[\s*({TYPE_WORD}题?)\s*\]|\(\s*({TYPE_WORD}题)\s*\))\s*(?:[(\[][^()\[\]]*\d+\s*分?\s*[)\]])?\s*\*?\s*$"
)


def with_type_of_stem(raw: RawQuestion) -> RawQuestion:
    """`…怎么做？[单选题] *`: the type behind a stem, unless another one is said elsewhere."""
    found = None if raw.is_keyed else _BEHIND.search(narrow(raw.stem))
    if not found or read_type(raw.type) not in ("", read_type(found[1] or found[2])):
        return raw
    return replace(raw, type=found[1] or found[2], stem=raw.stem[: found.start()])


@lru_cache(maxsize=4096)  # a file has few, said of each question
def read_type(text: str) -> str:
    """A `QuestionType`, `OTHER`, or empty when the name leaves it to the key (选择题, 不定项)."""
    for kind, names in _NAMES:
        if re.search(names, text.strip().lower()):
            return kind
    return OTHER
