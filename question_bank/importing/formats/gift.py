"""Moodle's GIFT text format (docs.moodle.org, GIFT format)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from question_bank.content import LETTERS, QuestionType
from question_bank.importing.album import Album, of_address
from question_bank.importing.encoding import decode
from question_bank.importing.formats.xml_text import html_text
from question_bank.importing.raw import Level, Option, RawQuestion
from question_bank.importing.tags import take_tags
from question_bank.importing.types import OTHER

_ESCAPED = r"\~=#{}:"
_HIDDEN = {char: chr(0xE000 + at) for at, char in enumerate(_ESCAPED)}
_SHOWN = {ord(hidden): char for char, hidden in _HIDDEN.items()} | {0xE010: "\n"}
_QUESTION = re.compile(
    r"\s*(?:::(?P<title>.*?)::)?\s*(?:\[(?P<format>html|moodle|plain|markdown)\])?"
    r"(?P<before>[^{]*)\{(?P<body>[^}]*)\}(?P<after>.*)",
    re.DOTALL,
)
_TRUTH = re.compile(r"\s*(TRUE|FALSE|T|F)\s*(?:#(.*))?$", re.DOTALL)
_CHOICE = re.compile(r"(?P<mark>[=~])\s*(?:%(?P<weight>-?[\d.]+)%)?(?P<text>[^=~]*)")
_PACKED = re.compile(r"(?<=base64,)[A-Za-z0-9+/\ue000-\ue010]{40,}")
_ID = re.compile(r"\[id:([^\[\]<>`]+)\]")
_TAG = re.compile(r"\[tag:([^\[\]<>`]+)\]")
FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
LOOKS_LIKE = re.compile(
    r"(?<!\\)\{\s*(?:[=~#}]|(?:TRUE|FALSE|T|F)\s*[}#])|^\$CATEGORY:|\A\s*::.+?::", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class _Choice:
    text: str
    right: bool
    weight: float | None
    feedback: str


@dataclass(frozen=True, slots=True)
class _Form:
    """How the words of a question are written, and where its pictures are kept."""

    is_html: bool
    album: Album

    def words(self, text: str, *, is_named: bool = False) -> str:
        """The words of a piece; it may name its own format, when none was named for it."""
        is_html = self.is_html
        if named := None if is_named else FORMAT.match(text):
            text, is_html = text[named.end() :], named[1] == "html"
        shown = _show(re.sub(r"[ \t]*\n[ \t]*", " ", text)).strip()
        return html_text(shown, lambda source: self.album.add(of_address(source))) if is_html else shown


def read(data: bytes, album: Album | None = None) -> list[RawQuestion]:
    album = album or Album()
    questions, section = [], ""
    for line, names, block in _blocks(_hide(decode(data))):
        while category := re.match(r"\s*\$CATEGORY:(.*)\n?", block):
            section, block = _show(category[1]).strip(), block[category.end() :]
        if found := _QUESTION.match(block):
            form = _Form(found["format"] == "html", album)
            questions.append(_question(found, f"第 {line} 行", section, form))
            questions[-1].quote(_show(_PACKED.sub("…", block)))
            take_tags(questions[-1], map(_show, _TAG.findall(names)))
            questions[-1].origin = next(iter(_ID.findall(names)), "")
    return questions


def _hide(text: str) -> str:
    """Escaped characters become private ones, so that what remains is markup."""
    text = re.sub(r"\\n", "\ue010", text.replace("\\\\", _HIDDEN["\\"]))
    return re.sub(r"\\([~=#{}:])", lambda found: _HIDDEN[found[1]], text)


def _show(text: str) -> str:
    return text.translate(_SHOWN)


def _blocks(text: str) -> Iterator[tuple[int, str, str]]:
    """(line number, comments, text) of the lines between blank ones; braces stay together.

    Moodle writes the name and the tags of a question into the comments above it.
    """
    lines: list[str] = []
    notes = ""
    begin = depth = 0
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.lstrip().startswith("//") and depth <= 0:
            notes += line
            continue
        if line.strip() or depth > 0:
            begin = number if not lines else begin
            lines.append(line)
            depth += line.count("{") - line.count("}")
        elif lines:
            yield begin, notes, "\n".join(lines)
            lines, notes, depth = [], "", 0
    if lines:
        yield begin, notes, "\n".join(lines)


def _question(found: re.Match[str], where: str, section: str, form: _Form) -> RawQuestion:
    before, after = form.words(found["before"], is_named=bool(found["format"])), form.words(found["after"])
    body, _, general = found["body"].partition("####")
    is_alone = "{" not in found["after"]
    question = RawQuestion(
        where=where,
        stem=f"{before} _____ {after}" if after else before,
        section=section,
        explanation=form.words(general),
        is_keyed=True,
    )
    if not is_alone:
        message = "这里有两道题连在一起，中间缺空行；请在题与题之间空一行后再导入。"
        question.note(Level.ERROR, "questions_merged", message)
    if truth := _TRUTH.match(body):
        question.type, question.answer = QuestionType.TRUE_FALSE, truth[1]
        feedback = (truth[2] or "").split("#")
        question.explanation = question.explanation or form.words(feedback[-1])
    else:
        _take_choices(question, _choices(body, form) if "~" in body else [])
    return question


def _take_choices(question: RawQuestion, choices: list[_Choice]) -> None:
    """No choices: a short answer, a number, an essay, pairs to match."""
    if not choices:
        question.type = OTHER
        return
    question.options = [Option(letter, choice.text) for letter, choice in zip(LETTERS, choices, strict=False)]
    full = [at for at, choice in enumerate(choices) if choice.right]
    part = [at for at, choice in enumerate(choices) if choice.weight and choice.weight > 0]
    right = full or part
    question.answer = "".join(LETTERS[at] for at in right if at < len(LETTERS))
    question.type = QuestionType.MULTIPLE if len(right) > 1 else QuestionType.SINGLE
    question.explanation = question.explanation or "\n".join(
        choices[at].feedback for at in right if choices[at].feedback
    )
    if full and part:
        message = "有选项按比例得分，这里没有部分得分，只认全对的选项，请核对答案。"
        question.note(Level.WARNING, "partial_credit", message)


def _choices(body: str, form: _Form) -> list[_Choice]:
    if body.lstrip().startswith("#"):
        return []
    return [_choice(found, form) for found in _CHOICE.finditer(body)]


def _choice(found: re.Match[str], form: _Form) -> _Choice:
    text, _, feedback = found["text"].partition("#")
    weight = float(found["weight"]) if found["weight"] else None
    right = found["mark"] == "=" and weight in (None, 100)
    return _Choice(form.words(text), right, weight, form.words(feedback))
