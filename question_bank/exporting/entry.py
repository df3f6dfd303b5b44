"""A question to be written out, whatever the format."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from question_bank.content import LETTERS, TRUE, Content, QuestionType, picture_label
from question_bank.importing.tags import DIFFICULTY_TAG, FROM_TAG, TO_TAG

TRUTH_OPTIONS = ("正确", "错误")  # as options A and B, for formats that know no true/false
DIFFICULTIES = {1: "易", 2: "中", 3: "难"}
_LABEL = re.compile(r"〔图(\d{1,2})〕")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # not in XML either


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its knowledge points; `pictures` are PNG files, one for each of `content.images`.

    `origin` is its number in the bank and its version, by which a platform names it when it sends responses.
    """

    content: Content
    knowledge_points: tuple[str, ...] = ()
    pictures: tuple[bytes, ...] = ()
    origin: tuple[int, int] | None = None

    @property
    def name(self) -> str:
        """`origin` as an identifier; empty for a question that is in no bank."""
        return "question-{}-version-{}".format(*self.origin) if self.origin else ""

    @property
    def stem(self) -> str:
        """The stem, below it the pictures that no text names."""
        texts = "".join((self.content.stem, *self.content.options, self.content.explanation))
        labels = [picture_label(number) for number in range(1, len(self.pictures) + 1)]
        return "\n".join([self.content.stem, *(label for label in labels if label not in texts)])

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """(letter, text, right) of each option; a true/false question has 正确 and 错误."""
        if self.content.type == QuestionType.TRUE_FALSE:
            is_true = self.content.answer == (TRUE,)
            return [("A", TRUTH_OPTIONS[0], is_true), ("B", TRUTH_OPTIONS[1], not is_true)]
        lettered = zip(LETTERS, self.content.options, strict=False)
        return [(letter, text, letter in self.content.answer) for letter, text in lettered]

    @property
    def key(self) -> str:
        return "".join(letter for letter, _, right in self.choices if right)

    @property
    def difficulty(self) -> str:
        return DIFFICULTIES.get(self.content.difficulty, "")

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is known beside the words, as (名称, 值): difficulty, knowledge points, validity."""
        content, points = self.content, "、".join(self.knowledge_points)
        said = {
            "难度": self.difficulty,
            "知识点": points,
            "启用日期": str(content.valid_from or ""),
            "最后有效日": str(content.valid_to or ""),
        }
        return [(name, value) for name, value in said.items() if value]

    @property
    def tags(self) -> list[str]:
        """The same for formats that have tags only: `难度:易`, `触电急救`, `启用日期:2024-07-01`."""
        marked = {"难度": DIFFICULTY_TAG, "启用日期": FROM_TAG, "最后有效日": TO_TAG}
        facts = [f"{marked[name]}{value}" for name, value in self.facts if name in marked]
        return [*facts, *self.knowledge_points]

    def pieces(self, text: str) -> Iterator[str | int]:
        """The text cut at its pictures, which are their numbers from 1."""
        at = 0
        for label in _LABEL.finditer(text):
            if 1 <= int(label[1]) <= len(self.pictures):
                yield text[at : label.start()]
                yield int(label[1])
                at = label.end()
        yield text[at:]

    def cleaned(self) -> "Entry":
        """Without characters that no file can hold."""
        content = self.content
        words = {name: writable(getattr(content, name)) for name in ("stem", "explanation")}
        content = replace(content, options=tuple(map(writable, content.options)), **words)
        return replace(self, content=content, knowledge_points=tuple(map(writable, self.knowledge_points)))


def writable(text: str) -> str:
    """The text without characters that no file can hold."""
    return _UNWRITABLE.sub("", text)


def picture_name(number: int) -> str:
    return f"picture-{number}.png"
