"""Questions out in a format, and what that format could not hold: read back and compared."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from question_bank.content import Content, QuestionType
from question_bank.exporting import aiken, docx, gift, moodle_xml, qti, xlsx
from question_bank.exporting.entry import Entry, writable
from question_bank.exporting.protecting import protected
from question_bank.importing.album import name_of
from question_bank.importing.judging import examine
from question_bank.importing.raw import Unreadable
from question_bank.importing.reading import read_bank
from question_bank.importing.verdicts import State, Verdict
from question_bank.likeness.folding import tidy
from question_bank.likeness.identity import Body, body_of, key_of

WRITERS: dict[str, Callable[[Sequence[Entry], str], bytes]] = {
    "docx": docx.write,
    "xlsx": xlsx.write,
    "gift": gift.write,
    "aiken": aiken.write,
    "moodle_xml": moodle_xml.write,
    "qti21": qti.write_qti21,
    "qti30": qti.write_qti30,
}
RUNNING = ("docx", "xlsx")  # formats in which words may be taken for something else
_SHOWN = 20  # characters of a stem
_LABEL = re.compile(r"〔图(\d{1,2})〕")


@dataclass(frozen=True, slots=True)
class Losses:
    """What did not come back: whole questions, and how often each other field (its Chinese name).

    `damaged` are the questions of which a field was lost.
    """

    questions: Sequence[Entry]
    fields: dict[str, int]
    damaged: Sequence[Entry] = ()

    def said(self, format: str) -> list[str]:
        """What the format cannot hold, a sentence each."""
        fields = [f"{format} 格式存不下{name}，涉及 {count} 道题。" for name, count in self.fields.items()]
        questions = [
            f"{format} 格式写不下这道{QuestionType(entry.content.type).label}：{entry.content.stem[:_SHOWN]}"
            for entry in self.questions
        ]
        return fields + questions


@dataclass(frozen=True, slots=True)
class Export:
    """A written file; the questions in it are all but `losses.questions`."""

    data: bytes
    losses: Losses = field(default_factory=lambda: Losses((), {}))


def export(entries: Sequence[Entry], title: str, format: str) -> Export:
    """Write the questions so that `importing` reads them back. What a reader would mistake is protected."""
    entries, title = [entry.cleaned() for entry in entries], writable(title)
    data = WRITERS[format](entries, title)
    losses = find_losses(entries, data)
    at_risk = {id(entry) for entry in (*losses.questions, *losses.damaged)}
    if not at_risk or format not in RUNNING:
        return Export(data, losses)
    guarded = [protected(entry) if id(entry) in at_risk else entry for entry in entries]
    data = WRITERS[format](guarded, title)
    return Export(data, find_losses(entries, data))


def find_losses(entries: Sequence[Entry], written: bytes) -> Losses:
    """Read `written` as anybody's bank and compare it with `entries`."""
    back: dict[Body, list[Verdict]] = defaultdict(list)
    for verdict in _read(written):
        back[_words(verdict.content)].append(verdict)
    lost, damaged, fields = [], [], Counter[str]()
    for entry in entries:
        found = [v for v in back.get(_words(entry.content), ()) if _same_question(entry, v)]
        missing = min((_lost_fields(entry, verdict) for verdict in found), key=len, default=None)
        if missing is None:
            lost.append(entry)
        elif missing:
            damaged.append(entry)
            fields.update(missing)
    return Losses(lost, dict(fields), damaged)


def _read(written: bytes) -> Sequence[Verdict]:
    try:
        return examine(read_bank(written)).verdicts
    except Unreadable:
        return ()


def _words(content: Content) -> Body:
    """What is asked, pictures aside: a format that holds none loses a field, not the question."""
    return body_of(_without_labels(replace(content, images=())))


def _without_labels(content: Content) -> Content:
    options = tuple(_LABEL.sub("", option) for option in content.options)
    return replace(content, stem=_LABEL.sub("", content.stem), options=options)


def _same_question(entry: Entry, verdict: Verdict) -> bool:
    """Whether it came back, and would be taken in again."""
    written, read = _without_labels(entry.content), _without_labels(verdict.content)
    is_same = (written.type, key_of(written)) == (read.type, key_of(read))
    return is_same and (verdict.state != State.REFUSED or _contradicts(verdict))


def _contradicts(verdict: Verdict) -> bool:
    """Whether nothing is wrong with it but another question of the same file."""
    return {defect.code for defect in verdict.defects if defect.level == "error"} <= {"contradiction"}


def _lost_fields(entry: Entry, verdict: Verdict) -> list[str]:
    """The fields of a question that were written and read differently."""
    written, read = entry.content, verdict.content
    names = tuple(map(name_of, entry.pictures))
    kept = sorted(names) == sorted(read.images)
    ours, theirs = (names, read.images) if kept else ((), ())
    pairs = {
        "题干或选项的换行": (_layout(written, ours), _layout(read, theirs)),
        "解析": (_shown(written.explanation, ours), _shown(read.explanation, theirs)),
        "难度": (written.difficulty, read.difficulty),
        "知识点": (set(entry.knowledge_points), set(verdict.knowledge_points)),
        "配图": (kept, True),
        "有效期": (_validity(written), _validity(read)),
    }
    return [name for name, (before, after) in pairs.items() if before != after]


def _layout(content: Content, pictures: Sequence[str]) -> tuple[str, ...]:
    return tuple(_shown(text, pictures) for text in (content.stem, *content.options))


def _shown(text: str, pictures: Sequence[str]) -> str:
    """A text with the names of its pictures, for their order may change; without names, without pictures."""
    named = dict(enumerate(pictures, start=1))
    return tidy(_LABEL.sub(lambda label: named.get(int(label[1]), "" if not named else label[0]), text))


def _validity(content: Content) -> tuple[date | None, date | None]:
    return content.valid_from, content.valid_to
