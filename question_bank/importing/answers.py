"""The key of a raw question as letters of its options, or T or F."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from question_bank.content import FALSE, LETTERS, TRUE
from question_bank.importing.keys import CIRCLES, Key, read_key
from question_bank.importing.raw import Defect, Level, RawQuestion
from question_bank.likeness.folding import fold, narrow

_INDICES = re.compile(r"\d{1,2}(?:\s*[;,、，；|\s]\s*\d{1,2})*")
_NUMBERED = re.compile(rf"[{CIRCLES}](?:[\s,、，;；]*[{CIRCLES}])*")  # from 1, always
_LIST = re.compile(r"\s*(?:[;；、|\n]|##|\*\*)\s*")
_ASSUMED = {("A",): TRUE, ("B",): FALSE}
_DIGITS = {"1": TRUE, "0": FALSE}


@dataclass(frozen=True, slots=True)
class Answer:
    """`letters` are empty when there is no key or it could not be understood; `rest` followed the key."""

    letters: tuple[str, ...] = ()
    rest: str = ""
    defects: tuple[Defect, ...] = ()


def index_base(questions: Iterable[RawQuestion]) -> int | None:
    """Whether keys that are numbers count from 0 or from 1 in this file; None when it does not show."""
    bases = set()
    for question in questions:
        if question.options and _INDICES.fullmatch(question.answer.strip()):
            indices = [int(index) for index in re.findall(r"\d+", question.answer)]
            bases |= {0} if 0 in indices else set()
            bases |= {1} if len(question.options) in indices else set()
    return bases.pop() if len(bases) == 1 else None


def read_truth(answer: str, pair: Sequence[str], *, headless: bool, true_digit: str = "") -> Answer:
    """T or F. `pair` says what A and B mean when the options are 正确 and 错误 in some order."""
    key = read_key(answer)
    if len(key.letters) == 1 and pair and key.letters[0] in "AB":
        return Answer((pair[LETTERS.index(key.letters[0])],), key.rest, _glued(answer, key))
    if key.truth:
        return Answer((key.truth,), key.rest, _glued(answer, key))
    if key.letters in _ASSUMED and not key.rest:
        message = f"判断题的答案写作 {answer}，没有列出选项，按 A=对、B=错 读入，请核对。"
        return Answer((_ASSUMED[key.letters],), "", (Defect(Level.WARNING, "answer_assumed", message),))
    if narrow(answer).strip() in _DIGITS:
        digit = narrow(answer).strip()
        if true_digit:
            return Answer((TRUE if digit == true_digit else FALSE,))
        return _digit(digit, headless=headless)
    return _unreadable(answer)


def read_choice(answer: str, options: Sequence[str], *, base: int | None) -> Answer:
    """Letters of the options. `base` is where numbers count from, None when it is not known."""
    key = read_key(answer)
    by_text = _by_text(answer, options)
    if key.letters and not (by_text and key.rest):
        return _by_letters(answer, key, _by_text(key.rest, options) if key.rest else ())
    if _NUMBERED.fullmatch(answer.strip()) and not by_text:
        return _by_positions(
            [CIRCLES.index(mark) for mark in answer if mark in CIRCLES], len(options), answer
        )
    if _INDICES.fullmatch(narrow(answer).strip()):
        return _index(answer, by_text, len(options), base)
    return Answer(by_text) if by_text else _unreadable(answer)


def _by_letters(answer: str, key: Key, said: tuple[str, ...]) -> Answer:
    """The letters; words of an option behind them must be those of theirs, and are no explanation."""
    letters = _each_once(key.letters)
    if said and said != letters:
        message = f"答案“{answer.strip()[:40]}”的字母与后面的文字不是同一个选项，请核对。"
        return Answer(defects=(Defect(Level.ERROR, "answer_conflict", message),))
    return Answer(letters, "" if said else key.rest, _glued(answer, key))


def _by_text(answer: str, options: Sequence[str]) -> tuple[str, ...]:
    """The letters of the options whose words the key repeats."""
    folded = [fold(option) for option in options]
    for words in ([answer], [word for word in _LIST.split(answer) if word]):
        at = [folded.index(fold(word)) for word in words if fold(word) in folded]
        if words and len(at) == len(words):
            return tuple(LETTERS[position] for position in sorted(set(at)))
    return ()


def _by_positions(positions: Sequence[int], count: int, answer: str) -> Answer:
    if max(positions) >= count:
        return _unreadable(answer)
    return Answer(_each_once([LETTERS[position] for position in positions]))


def _index(answer: str, by_text: tuple[str, ...], count: int, base: int | None) -> Answer:
    if base is None and not by_text:
        message = f"答案是数字“{answer}”，看不出从 0 还是从 1 数起；请改写为选项字母后再导入。"
        return Answer(defects=(Defect(Level.ERROR, "answer_ambiguous", message),))
    positions = [int(index) - (base or 0) for index in re.findall(r"\d+", answer)]
    inside = base is not None and all(0 <= position < count for position in positions)
    by_index = tuple(LETTERS[position] for position in positions) if inside else ()
    if by_text and by_index != by_text:
        message = f"答案“{answer}”按选项内容读作 {''.join(by_text)}，若是序号则不同，请核对。"
        return Answer(by_text, "", (Defect(Level.WARNING, "answer_ambiguous", message),))
    return Answer(by_index) if by_index else _unreadable(answer)


def _digit(digit: str, *, headless: bool) -> Answer:
    if headless:
        message = f"判断题的答案写作 {digit}，看不出 1 表示对还是错；请改写为“对”“错”后再导入。"
        return Answer(defects=(Defect(Level.ERROR, "answer_ambiguous", message),))
    message = f"判断题的答案写作 {digit}，按 1=对、0=错 读入，请核对。"
    return Answer((_DIGITS[digit],), "", (Defect(Level.WARNING, "answer_assumed", message),))


def _each_once(letters: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(letters))


def _glued(answer: str, key: Key) -> tuple[Defect, ...]:
    if not key.glued:
        return ()
    taken = "".join(key.letters) or ("对" if key.truth == TRUE else "错")
    message = f"答案“{answer[:20]}…”只取了开头的 {taken}，其余作为解析，请核对。"
    return (Defect(Level.WARNING, "answer_glued", message),)


def _unreadable(answer: str) -> Answer:
    if not answer.strip():
        return Answer()
    message = f"答案“{answer.strip()[:40]}”看不懂；请改写为选项字母，或“对”“错”。"
    return Answer(defects=(Defect(Level.ERROR, "answer_unreadable", message),))
