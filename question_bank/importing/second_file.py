"""Keys in a second file: a list by number, a table by number, or the same questions once more with keys."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from question_bank.content import LETTERS
from question_bank.importing.encoding import decode
from question_bank.importing.formats import docx
from question_bank.importing.hints import Hints
from question_bank.importing.key_list import attach_keys
from question_bank.importing.key_table import join_rows
from question_bank.importing.keys import TRUTH, read_key
from question_bank.importing.lines import Line
from question_bank.importing.parts import take_key
from question_bank.importing.raw import Defect, Level, RawQuestion, Reading, Unreadable
from question_bank.importing.reading import read_bank, tables_of
from question_bank.importing.sniffing import sniff
from question_bank.likeness.duplicates import means_otherwise
from question_bank.likeness.folding import fold
from question_bank.likeness.identity import bare

Named = tuple[str, bytes]  # a file and what people call it
_SIMILAR = 90  # of 100
_MOSTLY = 0.5  # of the questions must be found again to join by their words


def read_with_keys(data: bytes, hints: Hints | None = None, keys: Named | None = None) -> Reading:
    """All questions of a file, with the keys of a second one. Raises Unreadable, which names that one."""
    reading = read_bank(data, hints)
    if keys is None:
        return reading
    name, second = keys
    try:
        notes = attach_second(reading, second, hints)
    except Unreadable as refusal:
        raise Unreadable(f"答案文件 {name}：{refusal}") from refusal
    return replace(reading, notes=[*reading.notes, *notes])


def attach_second(reading: Reading, data: bytes, hints: Hints | None = None) -> list[Defect]:
    """Give the questions of `reading` the keys of another file; returns what is to be said of it.

    Raises Unreadable when no key of that file belongs to any question.
    """
    before = sum(bool(question.answer) for question in reading.questions)
    if not (_by_table(reading, data) or _by_words(reading, data, hints) or _by_list(reading, data)):
        raise Unreadable("答案文件里没有与题目对得上的答案；请核对是否选错了文件，或题号是否一致。")
    matched = sum(bool(question.answer) for question in reading.questions) - before
    missing = sum(not question.answer for question in reading.questions)
    said = f"从答案文件对上 {matched} 道题的答案"
    message = f"{said}，还有 {missing} 道没有答案。" if missing else f"{said}。"
    return [Defect(Level.WARNING, "keys_joined", message)]


def _by_table(reading: Reading, data: bytes) -> bool:
    """A table with columns for number and key and none for the words."""
    joined = [join_rows(rows, reading.questions) for rows in tables_of(data)]
    return any(joined)


def _by_words(reading: Reading, data: bytes, hints: Hints | None) -> bool:
    """The same questions with their keys; they need not come in the same order."""
    try:
        others = read_bank(data, hints).questions
    except Unreadable:
        return False
    keys: dict[str, list[RawQuestion]] = defaultdict(list)
    for other in others:
        keys[bare(other.stem)].append(other)
    pairs = [(question, keys.get(bare(question.stem), [])) for question in reading.questions]
    if sum(bool(found) for _, found in pairs) < _MOSTLY * len(reading.questions):
        return False
    taken = {bare(question.stem) for question, found in pairs if found}
    free = [other for stem, group in keys.items() for other in group if stem not in taken]
    for question, found in pairs:
        if found:
            _join(question, [other for other in found if _same_options(question, other)] or found)
        else:
            _join_similar(question, free)
    return True


def _join_similar(question: RawQuestion, free: Sequence[RawQuestion]) -> None:
    """The key of a stem that differs by a slip of the pen, such as E×cel, said with a warning."""
    stem = bare(question.stem)
    found = process.extractOne(
        stem, [bare(other.stem) for other in free], scorer=fuzz.ratio, score_cutoff=_SIMILAR
    )
    if found and not means_otherwise(stem, found[0]):
        _join(question, [free[found[2]]])
        message = f"答案文件里的题干略有不同（“{free[found[2]].stem[:60]}”），按相近的题取了答案，请核对。"
        question.note(Level.WARNING, "key_by_similar", message)


def _join(question: RawQuestion, found: Sequence[RawQuestion]) -> None:
    answers = {_answer_for(question, other) for other in found if other.answer.strip()}
    if len(answers) > 1:
        message = f"答案文件里这道题有几个不同的答案（{'、'.join(sorted(answers))}），请核对。"
        question.note(Level.ERROR, "answer_conflict", message)
    elif answers:
        question.quote(f"（答案文件）{found[0].source}")
        take_key(question, answers.pop())
        question.explanation = question.explanation or found[0].explanation
        if question.options and not any(_same_options(question, other) for other in found if other.options):
            message = "答案文件里这道题的选项与题目文件不同，答案字母可能错位，请核对。"
            question.note(Level.WARNING, "key_list_mismatch", message)


def _same_options(question: RawQuestion, other: RawQuestion) -> bool:
    return {fold(o.text) for o in question.options} == {fold(o.text) for o in other.options}


def _answer_for(question: RawQuestion, other: RawQuestion) -> str:
    """The key in the letters of `question`, whose options may stand in another order or not at all."""
    letters, theirs = read_key(other.answer).letters, [fold(option.text) for option in other.options]
    ours = [fold(option.text) for option in question.options]
    if not theirs or ours == theirs or not letters:
        return other.answer.strip()
    words = [theirs[at] for letter in letters if (at := LETTERS.index(letter)) < len(theirs)]
    if len(words) == 1 and words[0].lower() in TRUTH and not ours:
        return other.options[theirs.index(words[0])].text
    if words and all(word in ours for word in words):
        return "".join(sorted(LETTERS[ours.index(word)] for word in words))
    return other.answer.strip()


def _by_list(reading: Reading, data: bytes) -> bool:
    """Lines such as `一、单选题 1-5 ABCDA`, counted anew for each type."""
    format = sniff(data)
    if format == "docx":
        lines = docx.lines(data)
    elif format in ("txt", "csv", "aiken"):
        texts = enumerate(decode(data).splitlines(), start=1)
        lines = [Line(f"第 {number} 行", text) for number, text in texts if text.strip()]
    else:
        return False
    questions = list(reading.questions)
    before = sum(bool(question.answer) for question in questions)
    attach_keys(lines, questions)
    return sum(bool(question.answer) for question in questions) > before
