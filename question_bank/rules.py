"""What the notice asks of a question bank (附件3第32项), and what makes a question fit to be asked."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from question_bank.content import FALSE, LETTERS, TRUE, Content, QuestionType

WINDOW_S = 600  # 「每 10 分钟视频不少于 1 道题目」
SECONDS_PER_QUESTION = 60  # 「每道题目限时 60 秒」
ATTEMPTS = 5  # 「每次测试 5 次机会」
PASS_MARK = 80  # 「测试合格后（≥80 分）计入相应学时」, of 100
CLAUSE = "附件3第32项"

SMALL_BANK = 5  # ours: below it, 80 of 100 means every question right
MIN_OPTIONS = {QuestionType.SINGLE: 2, QuestionType.MULTIPLE: 3}  # ours: two options leave nothing to combine
MAX_STEM, MAX_OPTION, MAX_EXPLANATION = 2000, 500, 2000  # ours, in characters
DIFFICULTIES = (None, 1, 2, 3)


@dataclass(frozen=True)
class Problem:
    """`field` is the field of `Content` to mend; `message` says what was found and what to do."""

    code: str
    field: str
    message: str


def required_questions(duration_s: float | None) -> int:
    """Questions a lesson of this length needs: one for each begun window; no video needs none."""
    milliseconds = max(0, round((duration_s or 0) * 1000))
    return -(-milliseconds // (WINDOW_S * 1000))


def windows(duration_s: float | None) -> list[tuple[float, float]]:
    """The windows of a lesson as (start, end) in seconds, the last one as short as it is."""
    return [
        (float(start), float(min(start + WINDOW_S, duration_s)))
        for start in range(0, required_questions(duration_s) * WINDOW_S, WINDOW_S)
    ]


def passes(correct: int, total: int) -> bool:
    """Whether `correct` of `total` equal questions reach the mark: an exact fraction, never rounded."""
    return total > 0 and correct * 100 >= PASS_MARK * total


def small_bank_warning(questions: int) -> str | None:
    """A sentence when the bank is so small that passing means every question right."""
    if not 0 < questions < SMALL_BANK:
        return None
    found = f"现有 {questions} 道题，少于 {SMALL_BANK} 道时 {PASS_MARK} 分等于全部答对"
    return f"{found}，建议再补充题目。（{CLAUSE}）"


def content_problems(content: Content) -> list[Problem]:
    """Everything that keeps a question from being asked, in reading order; none means it is fit."""
    if content.type not in list(QuestionType):
        return [Problem("type_unknown", "type", "题型不能识别，请选择判断题、单选题或多选题。")]
    checks = (_stem, _options, _answer, _explanation, _difficulty, _validity)
    return [problem for check in checks for problem in check(content)]


def draft_problems(content: Content) -> list[Problem]:
    """What keeps a question even from being a draft: all but what may be mended before it is asked."""
    return [problem for problem in content_problems(content) if not can_wait(problem, content)]


def can_wait(problem: Problem, content: Content) -> bool:
    """A missing explanation, and a multiple choice of two options, which others' banks have."""
    is_pair = problem.code == "options_too_few" and len(content.options) == 2
    return is_pair or problem.code == "explanation_missing"


def _stem(content: Content) -> Iterator[Problem]:
    if not content.stem.strip():
        yield Problem("stem_empty", "stem", "题干是空的，请填写题干。")
    if len(content.stem) > MAX_STEM:
        found = f"题干共 {len(content.stem)} 字，最多 {MAX_STEM} 字，请精简。"
        yield Problem("stem_too_long", "stem", found)


def _options(content: Content) -> Iterator[Problem]:
    kind, count = QuestionType(content.type), len(content.options)
    if kind is QuestionType.TRUE_FALSE:
        if count:
            yield Problem("options_unexpected", "options", "判断题不列选项，请删去选项或改选其他题型。")
        return
    if count < MIN_OPTIONS[kind]:
        found = f"{kind.label}至少需要 {MIN_OPTIONS[kind]} 个选项，现有 {count} 个，请补充。"
        yield Problem("options_too_few", "options", found)
    if count > len(LETTERS):
        found = f"选项最多 {len(LETTERS)} 个（A–Z），现有 {count} 个，请删减。"
        yield Problem("options_too_many", "options", found)
    yield from _each_option(content.options)


def _each_option(options: tuple[str, ...]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for letter, option in zip(LETTERS, options, strict=False):
        same = re.sub(r"\s", "", unicodedata.normalize("NFKC", option))
        if not same:
            yield Problem("option_empty", "options", f"选项 {letter} 是空的，请填写或删去。")
        elif same in first:
            found = f"选项 {letter} 与选项 {first[same]} 相同，请修改其中一个。"
            yield Problem("option_repeated", "options", found)
        elif len(option) > MAX_OPTION:
            found = f"选项 {letter} 共 {len(option)} 字，最多 {MAX_OPTION} 字，请精简。"
            yield Problem("option_too_long", "options", found)
        first.setdefault(same, letter)


def _answer(content: Content) -> Iterator[Problem]:
    kind, key = QuestionType(content.type), "".join(content.answer)
    allowed = (TRUE, FALSE) if kind is QuestionType.TRUE_FALSE else LETTERS[: len(content.options)]
    strange = [letter for letter in content.answer if letter not in allowed]
    if not key:
        yield Problem("answer_empty", "answer", "没有填写答案，请填写。")
    elif strange and kind is QuestionType.TRUE_FALSE:
        yield Problem("answer_unknown", "answer", f"判断题的答案应为“对”或“错”，现为“{key}”，请修改。")
    elif strange:
        found = f"答案 {'、'.join(strange)} 不在选项之中，现有 {len(content.options)} 个选项，请核对。"
        yield Problem("answer_unknown", "answer", found)
    elif len(set(content.answer)) < len(content.answer):
        yield Problem("answer_repeated", "answer", f"答案“{key}”中有重复的字母，请删去。")
    elif kind is QuestionType.MULTIPLE and len(key) < 2:
        found = f"多选题至少有 2 个答案，现只有 1 个（{key}）；请补充，或改为单选题。"
        yield Problem("answer_too_few", "answer", found)
    elif kind is not QuestionType.MULTIPLE and len(key) > 1:
        found = f"{kind.label}只有 1 个答案，现有 {len(key)} 个（{key}），请只留一个。"
        yield Problem("answer_too_many", "answer", found)


def _explanation(content: Content) -> Iterator[Problem]:
    if not content.explanation.strip():
        found = "没有填写解析，错题回放时学员要看到解析，请填写。（附件3第33项）"
        yield Problem("explanation_missing", "explanation", found)
    if len(content.explanation) > MAX_EXPLANATION:
        found = f"解析共 {len(content.explanation)} 字，最多 {MAX_EXPLANATION} 字，请精简。"
        yield Problem("explanation_too_long", "explanation", found)


def _difficulty(content: Content) -> Iterator[Problem]:
    if content.difficulty not in DIFFICULTIES:
        yield Problem("difficulty_unknown", "difficulty", "难度只能是易、中、难，或不填，请修改。")


def _validity(content: Content) -> Iterator[Problem]:
    if content.valid_from and content.valid_to and content.valid_to < content.valid_from:
        yield Problem("validity_reversed", "valid_to", "最后有效日早于启用日期，请核对两个日期。")
