"""Words that several questions share: `（2～4题共用题干）某工地…`, `根据以下材料回答5-7题：…`."""

import re
from dataclasses import dataclass, field

from question_bank.importing.raw import RawQuestion
from question_bank.likeness.folding import narrow

_RANGE = r"(?:第\s*)?(\d{1,4})\s*题?\s*[-—–~至到、]+\s*(?:第\s*)?(\d{1,4})\s*小?题"
_HEADS = (
    re.compile(rf"\(\s*{_RANGE}[^()分]{{0,12}}\)\s*:?"),
    re.compile(rf"[^。]{{0,20}}(?:材料|题干|案例|情景|资料)[^。]{{0,12}}{_RANGE}\s*[。:]?"),
)


@dataclass(slots=True)
class SharedStem:
    """The words before questions `first` to `last`, which none of them has without."""

    first: int
    last: int
    lines: list[str] = field(default_factory=list)

    def join(self, question: RawQuestion) -> None:
        if self.first <= int(question.number) <= self.last:
            question.stem = "\n".join([*self.lines, question.stem]).strip()
            question.quote("\n".join(self.lines))


def read_shared(text: str) -> SharedStem | None:
    """From the line that says which questions share what follows it."""
    if "题" not in text:
        return None
    found = next(filter(None, (head.match(narrow(text).lstrip()) for head in _HEADS)), None)
    if not found:
        return None
    first, last = map(int, found.groups())
    rest = text.lstrip()[found.end() :].strip()
    return SharedStem(first, last, [rest] if rest else []) if first < last else None
