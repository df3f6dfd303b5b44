"""Questions out in a format, and what that format could not hold: read back and compared."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from question_bank.content import Content
from question_bank.exporting import aiken, docx, gift, moodle_xml, qti, xlsx
from question_bank.exporting.entry import Entry
from question_bank.importing.folding import tidy
from question_bank.importing.identity import Body, body_of, key_of
from question_bank.importing.judging import Verdict, examine
from question_bank.importing.raw import Unreadable
from question_bank.importing.reading import read_bank

WRITERS: dict[str, Callable[[Sequence[Entry], str], bytes]] = {
    "docx": docx.write,
    "xlsx": xlsx.write,
    "gift": gift.write,
    "aiken": aiken.write,
    "moodle_xml": moodle_xml.write,
    "qti21": qti.write_qti21,
    "qti30": qti.write_qti30,
}


@dataclass(frozen=True, slots=True)
class Losses:
    """What did not come back: whole questions, and how often each other field (its Chinese name)."""

    questions: Sequence[Entry]
    fields: dict[str, int]


def find_losses(entries: Sequence[Entry], written: bytes) -> Losses:
    """Read `written` as anybody's bank and compare it with `entries`."""
    back: dict[Body, Verdict] = {}
    for verdict in _read(written):
        back.setdefault(_words(verdict.content), verdict)
    lost, fields = [], Counter[str]()
    for entry in entries:
        verdict = back.get(_words(entry.content))
        if verdict is None or not _same_question(entry, verdict):
            lost.append(entry)
        else:
            fields.update(_lost_fields(entry, verdict))
    return Losses(lost, dict(fields))


def _read(written: bytes) -> Sequence[Verdict]:
    try:
        return examine(read_bank(written)).verdicts
    except Unreadable:
        return ()


def _words(content: Content) -> Body:
    """What is asked, pictures aside: a format that holds none loses a field, not the question."""
    return body_of(replace(content, images=()))


def _same_question(entry: Entry, verdict: Verdict) -> bool:
    written, read = entry.content, verdict.content
    return (written.type, key_of(written)) == (read.type, key_of(read))


def _lost_fields(entry: Entry, verdict: Verdict) -> list[str]:
    """The fields of a question that were written and read differently."""
    pairs = {
        "题干或选项的换行": (_layout(entry), _layout(verdict)),
        "解析": (tidy(entry.content.explanation), tidy(verdict.content.explanation)),
        "难度": (entry.content.difficulty, verdict.content.difficulty),
        "知识点": (set(entry.knowledge_points), set(verdict.knowledge_points)),
        "配图": (entry.content.images, verdict.content.images),
        "有效期": (_validity(entry.content), _validity(verdict.content)),
    }
    return [name for name, (written, read) in pairs.items() if written != read]


def _layout(question: Entry | Verdict) -> tuple[str, ...]:
    return (tidy(question.content.stem), *map(tidy, question.content.options))


def _validity(content: Content) -> tuple[date | None, date | None]:
    return content.valid_from, content.valid_to
