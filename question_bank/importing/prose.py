"""Questions in running lines, as Word files and plain texts have them."""

import re
from collections.abc import Iterable, Sequence

from question_bank.content import QuestionType
from question_bank.importing.ahead import Ahead, first_letter
from question_bank.importing.folding import narrow
from question_bank.importing.key_lines import is_list
from question_bank.importing.key_list import attach_keys, doubt_keys_of_several
from question_bank.importing.keys import LETTERS_ONLY
from question_bank.importing.lines import (
    CHAPTER,
    EXPLANATION,
    KEY,
    KEY_LIST,
    METADATA,
    SUBCHAPTER,
    TYPE_HEADING,
    Line,
    Start,
    read_start,
    segments,
)
from question_bank.importing.numbering import with_plain_numbers
from question_bank.importing.options import is_marked, split_options, split_tail, starts_option
from question_bank.importing.parts import (
    append,
    joined,
    take_key,
    take_metadata,
    take_options,
    with_tick_behind,
)
from question_bank.importing.raw import Level, Option, RawQuestion, Unreadable
from question_bank.importing.types import read_type

_BARE_KEY = re.compile(r"[(\[]?\s*(?:[A-Z]{1,8}|正确|错误|对|错|√|×|✓|✗)\s*[)\]]?$")
_LONGEST = 1_000_000  # characters
_ENUMERATED = re.compile(r"^(\d+)\s*[.、,:)]", re.MULTILINE)


def read_prose(lines: Iterable[Line]) -> list[RawQuestion]:
    """The questions of a text, with the keys of the lists that follow them."""
    pieces = [piece for line in lines if line.text.strip() for piece in segments(_of_sane_length(line))]
    pieces = [with_tick_behind(piece) for piece in with_plain_numbers(pieces)]
    reader, at, since = _Reader(pieces), 0, 0
    while at < len(pieces):
        if reader.begins_key_list(at, since):
            end = reader.ahead.end_of_key_list(at)
            attach_keys(pieces[at:end], reader.questions[since:])
            at, since = end, len(reader.questions)
            reader.start_anew()
            continue
        reader.take(at, pieces[at])
        reader.quote(pieces[at])
        at += 1
    doubt_keys_of_several(reader.questions)
    return reader.questions


def _of_sane_length(line: Line) -> Line:
    if len(line.text) > _LONGEST:
        raise Unreadable(f"{line.where}有 {len(line.text)} 个字，不像题库；请核对文件。")
    return line


class _Reader:
    """Goes through the lines once; `_part` is the part of the question that a plain line continues."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.questions: list[RawQuestion] = []
        self._lines, self.ahead, self._last = lines, Ahead(lines), 0
        self._chapter = self._heading = self._part_of = ""  # 第一章 …, 一、单选题, （一）…
        self._question: RawQuestion | None = None
        self._part, self._following = "stem", ""
        starts = [read_start(line.text) for line in lines]
        numbers = [start.number for start in starts if start and start.firm]
        self._numbered = len(numbers) > 1 or numbers == [1]

    def take(self, at: int, line: Line) -> None:
        self._following = next((later.text for later in self._lines[at + 1 : at + 2]), "")
        start = read_start(line.text)
        if start and line.counted and (KEY.match(narrow(start.text)) or not start.text):
            line, start = line.saying(start.text), None
        if self._takes_heading(at, line) or self._takes_field(line) or self._takes_bare_key(line):
            return
        if self._takes_option(at, line):
            return
        if start and self._is_start(at, start):
            self._begin(line, start)
        elif self._question is None or self._is_unnumbered_start(at, line):
            if self._numbered and self._question is None and not self.ahead.before_options(at):
                return
            self._begin(line, Start(0, line.text))
        else:
            self._continue(line)

    def quote(self, line: Line) -> None:
        if self._question is not None:
            self._question.quote(line.text)

    def start_anew(self) -> None:
        self._question, self._last, self._part = None, 0, "stem"

    def begins_key_list(self, at: int, since: int = 0) -> bool:
        """A heading such as 参考答案 that is not followed by a bare key, or keys that count from 1 again."""
        if len(self.questions) <= since:
            return False
        line, following = narrow(self._lines[at].text), self._lines[at + 1 : at + 2]
        if KEY_LIST.match(line) and following:
            return not _BARE_KEY.match(narrow(following[0].text))
        start = read_start(line)
        again = bool(start and start.number == 1 and self._last > 1 and KEY.match(narrow(start.text)))
        return again or (len(self.questions) > since + 1 and is_list(self._lines[at].text))

    def _takes_heading(self, at: int, line: Line) -> bool:
        folded = narrow(line.text).strip()
        if TYPE_HEADING.match(folded):
            self._heading, self._part_of = line.text.strip(), ""
        elif CHAPTER.match(folded) and (self._question is None or self._is_complete()):
            self._chapter, self._heading, self._part_of = line.text.strip(), "", ""
        elif SUBCHAPTER.match(folded) and self._begins_questions(at):
            self._part_of = line.text.strip()
        else:
            return False
        self.start_anew()
        return True

    def _begins_questions(self, at: int) -> bool:
        """Whether a part headed （一）… begins: with question 1, or the next one, on the following line."""
        is_over = self._question is None or self._is_complete()
        start = read_start(self._lines[at + 1].text) if at + 1 < len(self._lines) else None
        return is_over and bool(start and start.firm and start.number in (1, self._last + 1))

    def _takes_field(self, line: Line) -> bool:
        question, folded = self._question, narrow(line.text)
        if question is None:
            return False
        if METADATA.match(folded):
            take_metadata(question, line.text)
            self._part = "metadata"
        elif found := EXPLANATION.match(folded):
            append(question, "explanation", line.text[found.end() :])
            self._part = "explanation"
        elif found := KEY.match(folded):
            take_key(question, line.text[found.end() :])
            self._part = "answer"
        else:
            return False
        return True

    def _takes_bare_key(self, line: Line) -> bool:
        question = self._question
        if question is None or question.answer or not _BARE_KEY.match(narrow(line.text)):
            return False
        is_word = not LETTERS_ONLY.fullmatch(narrow(line.text).strip("()[] "))
        if not (is_word or len(question.options) > 1):
            return False
        question.answer, self._part = line.text, "answer"
        return True

    def _takes_option(self, at: int, line: Line) -> bool:
        question = self._question
        if question is None or self._part in ("explanation", "metadata"):
            return False
        expected = chr(ord("A") + len(question.options))
        if not starts_option(line.text, expected):
            return False
        if expected == "A" and not (is_marked(line.text) or self.ahead.before_b(at, line)):
            return False
        if question.options and question.answer and expected != first_letter(line.text):
            return False
        take_options(question, line, split_options(line.text))
        self._part = "options"
        return True

    def _is_start(self, at: int, start: Start) -> bool:
        if start.type:
            return True
        follows = start.number == self._last + 1
        if not start.firm:
            return follows and (self._question is None or self._is_complete())
        if self._part == "explanation" and (not follows or self._enumerates(start.number)):
            return self.ahead.before_options(at) or self._before_another_key(at)
        return follows or self._question is None or self._is_complete()

    def _enumerates(self, number: int) -> bool:
        """Whether the explanation has an item numbered one less: `1. … 2. …` within it."""
        return str(number - 1) in _ENUMERATED.findall(narrow(self._question.explanation))

    def _is_unnumbered_start(self, at: int, line: Line) -> bool:
        if not self._is_complete() or self._part == "explanation":
            return self.ahead.before_options(at) and bool(self._question.options)
        if self.ahead.before_options(at):
            return True
        return self._part in ("answer", "metadata", "stem") and not self._numbered

    def _before_another_key(self, at: int) -> bool:
        """Whether the next line is a key, when the question has one: a numbered statement stands between."""
        following = self._lines[at + 1 : at + 2]
        return bool(self._question.answer and following and KEY.match(narrow(following[0].text)))

    def _is_complete(self) -> bool:
        question = self._question
        kind = read_type(question.type or self._heading)
        ended = narrow(question.stem[-1:]) in (")", "。", ".")
        return bool(
            question.answer or len(question.options) > 1 or (kind == QuestionType.TRUE_FALSE and ended)
        )

    def _begin(self, line: Line, start: Start) -> None:
        heading = TYPE_HEADING.match(narrow(self._heading))
        number = start.number or self._last + 1
        self._question = RawQuestion(
            where=line.where,
            number=str(number),
            type=start.type or (heading[1] if heading else ""),
            answer=start.answer,
            section=self._part_of or self._chapter or self._heading,
        )
        if self._last and number not in (self._last + 1, 1):
            message = f"题号从 {self._last} 跳到 {number}，请核对中间是否缺题。"
            self._question.note(Level.WARNING, "number_jump", message)
        self.questions.append(self._question)
        self._last, self._part = number, "stem"
        self._continue(line.saying(start.text))

    def _continue(self, line: Line) -> None:
        question = self._question
        if self._part == "options":
            last = question.options[-1]
            question.options[-1] = Option(last.letter, joined(last.text, line.text))
        elif self._part == "stem":
            stem, options = split_tail(line.text, self._following)
            append(question, "stem", stem)
            take_options(question, line, options)
            self._part = "options" if options else "stem"
        elif self._part != "metadata":
            append(question, "explanation", line.text)
