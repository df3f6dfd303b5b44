"""The question that grows line by line."""

import re

from question_bank.content import QuestionType
from question_bank.importing.ahead import Ahead, first_letter
from question_bank.importing.keys import LETTERS_ONLY
from question_bank.importing.lines import EXPLANATION, KEY, METADATA, Line
from question_bank.importing.options import is_marked, split_options, split_tail, starts_option
from question_bank.importing.parts import append, joined, take_key, take_metadata, take_options
from question_bank.importing.raw import Option, RawQuestion
from question_bank.importing.types import read_type
from question_bank.likeness.folding import narrow

BARE_KEY = re.compile(r"[(\[]?\s*(?:[A-Z]{1,8}|正确|错误|对|错|√|×|✓|✗)\s*[)\]]?$")
_ENDS = (")", "。", ".", "√", "×", "✓", "✗")
_ENUMERATED = re.compile(r"^(\d+)\s*[.、,:)]", re.MULTILINE)


class Growing:
    """A question and its `part` that a plain line continues: stem, options, answer, explanation, metadata."""

    def __init__(self, question: RawQuestion, heading: str) -> None:
        self.question, self.part = question, "stem"
        self._heading = heading

    def is_complete(self) -> bool:
        question = self.question
        kind = read_type(question.type or self._heading)
        ended = narrow(question.stem[-1:]) in _ENDS
        return bool(
            question.answer or len(question.options) > 1 or (kind == QuestionType.TRUE_FALSE and ended)
        )

    def enumerates(self, number: int) -> bool:
        """Whether the explanation has an item numbered one less: `1. … 2. …` within it."""
        return str(number - 1) in _ENUMERATED.findall(narrow(self.question.explanation))

    def takes(self, at: int, line: Line, ahead: Ahead) -> bool:
        """Whether the line says by itself which part of the question it is."""
        return self._takes_field(line) or self._takes_bare_key(line) or self._takes_option(at, line, ahead)

    def _takes_field(self, line: Line) -> bool:
        folded = narrow(line.text)
        if METADATA.match(folded):
            take_metadata(self.question, line.text)
            self.part = "metadata"
        elif found := EXPLANATION.match(folded):
            append(self.question, "explanation", line.text[found.end() :])
            self.part = "explanation"
        elif found := KEY.match(folded):
            take_key(self.question, line.text[found.end() :])
            self.part = "answer"
        else:
            return False
        return True

    def _takes_bare_key(self, line: Line) -> bool:
        if self.question.answer or not BARE_KEY.match(narrow(line.text)):
            return False
        is_word = not LETTERS_ONLY.fullmatch(narrow(line.text).strip("()[] "))
        if not (is_word or len(self.question.options) > 1):
            return False
        self.question.answer, self.part = line.text, "answer"
        return True

    def _takes_option(self, at: int, line: Line, ahead: Ahead) -> bool:
        question = self.question
        if self.part in ("explanation", "metadata"):
            return False
        expected = chr(ord("A") + len(question.options))
        if not starts_option(line.text, expected):
            return False
        if expected == "A" and not (is_marked(line.text) or ahead.before_b(at, line)):
            return False
        if question.options and question.answer and expected != first_letter(line.text):
            return False
        take_options(question, line, split_options(line.text))
        self.part = "options"
        return True

    def go_on(self, line: Line, following: str) -> None:
        """Take a line that says nothing of itself as more of the part before it."""
        question = self.question
        if self.part == "options":
            last = question.options[-1]
            question.options[-1] = Option(last.letter, joined(last.text, line.text))
        elif self.part == "stem":
            stem, options = split_tail(line.text, following)
            append(question, "stem", stem)
            take_options(question, line, options)
            self.part = "options" if options else "stem"
        elif self.part != "metadata":
            append(question, "explanation", line.text)
