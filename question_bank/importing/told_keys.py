"""Keys that only an explanation tells: `【答案解析】选B。因为…`, `…，故选 AC。`"""

import re

from question_bank.importing.raw import Defect, Level, RawQuestion
from question_bank.likeness.folding import narrow

_LETTERS = r"([A-H](?:[、,]?[A-H]){0,7})(?![A-Za-z项])"
_FIRST = re.compile(rf"\s*(?:(?:本题|故|应)?选\s*:?\s*{_LETTERS}|{_LETTERS}(?=\s*(?:。|$)))")
_TOLD = re.compile(
    rf"(?<!不)(?:(?:故|应|本题|所以|因此)(?:本题)?选\s*:?|(?:正确|参考|本题)?答案(?:是|为|选)\s*:?)\s*(?:选项)?\s*{_LETTERS}"
)


def told_key(raw: RawQuestion, defects: list[Defect]) -> str:
    """The letters that the explanation names as the key, when it names only these."""
    said = narrow(raw.explanation)
    first = _FIRST.match(said)
    found = [first] if first else []
    keys = {re.sub(r"[^A-H]", "", match[match.lastindex]) for match in (*found, *_TOLD.finditer(said))}
    if len(keys) != 1 or not raw.options:
        return ""
    [key] = keys
    message = f"没有单独写答案，按解析里说的读作 {key}，请核对。"
    defects.append(Defect(Level.WARNING, "answer_from_explanation", message))
    return key
