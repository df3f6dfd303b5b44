"""Questions in running lines, as Word files and plain texts have them."""

from collections.abc import Iterable, Sequence

from question_bank.importing.ahead import Ahead
from question_bank.importing.growing import BARE_KEY, Growing
from question_bank.importing.headings import Headings
from question_bank.importing.key_lines import is_list
from question_bank.importing.key_list import attach_keys, doubt_keys_of_several
from question_bank.importing.lines import KEY, KEY_LIST, Line, Start, read_start
from question_bank.importing.preparing import prepared
from question_bank.importing.raw import Level, RawQuestion
from question_bank.importing.shared_stems import SharedStem, read_shared
from question_bank.likeness.folding import narrow


def read_prose(lines: Iterable[Line]) -> list[RawQuestion]:
    """The questions of a text, with the keys of the lists that follow them."""
    pieces = prepared(lines)
    reader, at, since = _Reader(pieces), 0, 0
    while at < len(pieces):
        if reader.begins_key_list(at, since):
            end = reader.ahead.end_of_key_list(at)
            attach_keys(pieces[at:end], reader.questions[since:])
            at, since = end, len(reader.questions)
            reader.start_anew()
            continue
        reader.take(at, pieces[at])
        at += 1
    doubt_keys_of_several(reader.questions)
    reader.doubt_leading_keys()
    return reader.questions


class _Reader:
    """Goes through the lines once and says of each whether it heads, begins or continues a question."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.questions: list[RawQuestion] = []
        self._lines, self.ahead, self._last = lines, Ahead(lines), 0
        self._headings = Headings()
        self._growing: Growing | None = None
        self._shared: SharedStem | None = None
        self._keys_lead = False  # a key before any question: is each written before its own?
        self._starts = [read_start(line.text) for line in lines]
        numbers = [start.number for start in self._starts if start and start.firm]
        self._numbered = len(numbers) > 1 or numbers == [1]

    def take(self, at: int, line: Line) -> None:
        self._place(at, line)
        if self._growing:
            self._growing.question.quote(line.text)

    def doubt_leading_keys(self) -> None:
        """`答案：A` above question 1 and none below the last: each may belong to the question after it."""
        if self._keys_lead and self.questions and not self.questions[-1].answer:
            message = "第一道题之前就有答案，最后一道题却没有，答案可能写在各题之前；请移到题后再导入。"
            for question in self.questions:
                question.note(Level.ERROR, "keys_lead", message)

    def start_anew(self, *, keep: bool = False) -> None:
        """No question grows any more; the next may have any number, unless they go on."""
        self._growing, self._last, self._shared = None, self._last if keep else 0, None

    def begins_key_list(self, at: int, since: int = 0) -> bool:
        """A heading such as 参考答案 that is not followed by a bare key, or keys that count from 1 again."""
        if len(self.questions) <= since:
            return False
        following, start = self._following(at), self._starts[at]
        if self.ahead.titles_keys(at):
            return True
        if KEY_LIST.match(narrow(self._lines[at].text)) and following:
            return not BARE_KEY.match(narrow(following))
        again = bool(start and start.number == 1 and self._last > 1 and KEY.match(narrow(start.text)))
        return again or (len(self.questions) > since + 1 and is_list(self._lines[at].text))

    def _takes_shared(self, line: Line, start: Start | None) -> bool:
        """Whether the line is of a stem that several questions share, up to the first of them."""
        if self._is_over() and (shared := read_shared(line.text)):
            self.start_anew(keep=True)
            self._shared = shared
            return True
        if not self._shared or self._growing or (start and start.number == self._shared.first):
            return False
        self._shared.lines.append(line.text)
        return True

    def _place(self, at: int, line: Line) -> None:
        self._keys_lead = self._keys_lead or (not self.questions and bool(KEY.match(narrow(line.text))))
        start = self._starts[at]
        if start and line.counted and (KEY.match(narrow(start.text)) or not start.text):
            line, start = line.saying(start.text), None
        if self._takes_heading(at, line) or self._takes_shared(line, start):
            return
        if self._growing and self._growing.takes(at, line, self.ahead):
            return
        if start and self._is_start(at, start):
            self._begin(at, line, start)
        elif self._growing and not self._is_unnumbered_start(at):
            self._growing.go_on(line, self._following(at))
        elif self._growing or not self._numbered or self.ahead.before_options(at):
            self._begin(at, line, Start(0, line.text))

    def _following(self, at: int) -> str:
        return next((later.text for later in self._lines[at + 1 : at + 2]), "")

    def _takes_heading(self, at: int, line: Line) -> bool:
        begins = self._begins_questions(at)
        if not self._headings.take(line.text, is_over=self._is_over(), begins_questions=begins):
            return False
        self.start_anew()
        return True

    def _begins_questions(self, at: int) -> bool:
        """Whether question 1, or the next one, is on the following line, as below a part headed （一）…."""
        start = next(iter(self._starts[at + 1 : at + 2]), None)
        return bool(start and start.firm and start.number in (1, self._last + 1))

    def _is_over(self) -> bool:
        return self._growing is None or self._growing.is_complete()

    def _is_start(self, at: int, start: Start) -> bool:
        if start.type:
            return True
        follows = start.number == self._last + 1
        if not start.firm:
            return follows and self._is_over()
        explains = self._growing if self._growing and self._growing.part == "explanation" else None
        if explains and (not follows or explains.enumerates(start.number)):
            return self.ahead.before_options(at) or self._before_another_key(at)
        return follows or self._is_over()

    def _is_unnumbered_start(self, at: int) -> bool:
        growing = self._growing
        if not growing.is_complete() or growing.part == "explanation":
            return self.ahead.before_options(at) and bool(growing.question.options)
        if self.ahead.before_options(at):
            return True
        return growing.part in ("answer", "metadata", "stem") and not self._numbered

    def _before_another_key(self, at: int) -> bool:
        """Whether the next line is a key, when the question has one: a numbered statement stands between."""
        return bool(self._growing.question.answer and KEY.match(narrow(self._following(at))))

    def _begin(self, at: int, line: Line, start: Start) -> None:
        number, headings = start.number or self._last + 1, self._headings
        question = RawQuestion(
            where=line.where,
            number=str(number),
            type=start.type or headings.type,
            answer=start.answer,
            section=headings.section,
        )
        if self._last and number not in (self._last + 1, 1):
            message = f"题号从 {self._last} 跳到 {number}，请核对中间是否缺题。"
            question.note(Level.WARNING, "number_jump", message)
        self.questions.append(question)
        self._last, self._growing = number, Growing(question, headings.of_type)
        self._growing.go_on(line.saying(start.text), self._following(at))
        if self._shared:
            self._shared.join(question)
