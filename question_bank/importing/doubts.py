"""What looks wrong though it can be read: cut off, run together, marked otherwise than its key."""

import re
from collections.abc import Iterable

from question_bank.content import LETTERS
from question_bank.importing.keys import read_key
from question_bank.importing.raw import Defect, Level, RawQuestion
from question_bank.importing.run_together import begin_of
from question_bank.likeness.folding import narrow

_PLACEHOLDER = re.compile(r"选项[A-H]?[:：]?|待补充|略|xxx+", re.IGNORECASE)
_SPOILED_X = re.compile(  # E×cel, Linu×, ×ML, Adobe×D, M×Net, .t×t; not U×I nor 3×4
    r"[A-Za-z]×[a-z]{2}|[A-Za-z]{2}×(?=$|[^A-Za-z0-9\s])|(?<![A-Za-z])×[A-Z]{2}"
    r"|[A-Za-z]{3}×[A-Za-z]|[A-Za-z]×[A-Z][a-z]{2}|\.[a-z]{0,2}×[a-z]"
)
_REVERSED = re.compile(r"(?:正确|对)的?[^,;。错误]{0,6}?[打画划填写用][^,;。√✓对]{0,2}[×✗xX]")
_LETTERS_REVERSED = re.compile(
    r"A\s*[-.、为是选:=]*\s*(?:错|×|不正确)|(?:错误?|×|不正确)的?\s*[选填涂写用为记]\s*[“\"]?A"
)
_TELLING, _NEARLY_ALL = 5, 0.8
_CUT_OFF = re.compile(r"[，、,（(]$")


def doubt_letters_x(texts: Iterable[str], defects: list[Defect]) -> None:
    """`E×cel`: somebody replaced the letter x by the sign for wrong."""
    if spoiled := next(filter(None, map(_SPOILED_X.search, texts)), None):
        message = f"“{spoiled[0]}”里的 × 像是字母 x 被替换成的，请对照原件核对。"
        defects.append(Defect(Level.WARNING, "letter_spoiled", message))


def doubt_next(raw: RawQuestion, defects: list[Defect]) -> None:
    """`…（√） 2. …（×）`: the next number, and a key or an option behind it, make a second question."""
    if not raw.number.isdecimal():
        return
    for text in (raw.stem, *(option.text for option in raw.options[-1:])):
        if begin := begin_of(int(raw.number) + 1, text):
            message = f"“{text[begin:][:20]}…”像是下一道题，与这道题连在一行了；请分行后再导入。"
            defects.append(Defect(Level.ERROR, "questions_merged", message))


def keys_stand_apart(questions: Iterable[RawQuestion]) -> bool:
    """Whether nearly all questions of a file have their keys elsewhere than in the stem."""
    apart = [bool(question.answer.strip()) for question in questions]
    return len(apart) >= _TELLING and sum(apart) >= _NEARLY_ALL * len(apart)


def doubt_lone_key(key: str, defects: list[Defect]) -> None:
    """`相线（A）接开关`: a letter in brackets may be a label where other questions have their keys apart."""
    message = f"只有这道题的答案在题干的括号里（{key}），其他题的答案写在别处；括号里也可能是标号，请核对。"
    defects.append(Defect(Level.WARNING, "answer_in_stem_only", message))


def doubt_key_within(keys: Iterable[str], defects: list[Defect]) -> None:
    """`高处作业（×）可以不系安全带。`: a sign between words may be the key, or one of the words."""
    message = f"题干中间的“{'、'.join(keys)}”当作答案读取，请核对它是不是题目里的文字。"
    defects.append(Defect(Level.WARNING, "answer_within", message))


def doubt_truth(raw: RawQuestion, defects: list[Defect]) -> None:
    """`判断题（正确的打×）`: a heading that turns the signs round."""
    said = narrow(raw.section)
    if _REVERSED.search(said) or (_LETTERS_REVERSED.search(said) and read_key(raw.answer).letters):
        message = f"这一部分的说明是“{raw.section[:30]}”，对错的记号与通常相反，没有按它读取，请核对。"
        defects.append(Defect(Level.ERROR, "truth_reversed", message))


def doubt_marks(key: str, raw: RawQuestion, defects: list[Defect]) -> None:
    """A written key that says otherwise than the options in red or bold."""
    letters, marked = read_key(key).letters, sorted(set(raw.marked))
    if letters and marked and len(marked) < len(raw.options) and set(letters) != set(marked):
        message = f"答案写的是 {''.join(letters)}，标红、加粗或打勾的选项却是 {''.join(marked)}，请核对。"
        defects.append(Defect(Level.WARNING, "marks_differ", message))


def option_defects(options: tuple[str, ...]) -> list[Defect]:
    defects = []
    for letter, option in zip(LETTERS, options, strict=False):
        if _PLACEHOLDER.fullmatch(option):
            message = f"选项 {letter} 只有“{option}”，没有内容，请补写。"
            defects.append(Defect(Level.ERROR, "option_placeholder", message))
        elif _CUT_OFF.search(option) or _opens(option) > 0:
            message = f"选项 {letter} 的结尾“{option[-10:]}”像被截断，请核对。"
            defects.append(Defect(Level.WARNING, "option_truncated", message))
    return defects


def _opens(text: str) -> int:
    """Brackets opened and not closed."""
    return sum(text.count(mark) for mark in "(（《“") - sum(text.count(mark) for mark in ")）》”")
