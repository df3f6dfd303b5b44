"""A bank that comes again: which of its questions are those of last time, and what was changed in them."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from rapidfuzz import fuzz

from question_bank.content import Content
from question_bank.entry import show_answer
from question_bank.likeness.folding import fold
from question_bank.likeness.identity import key_of

Entry = tuple[str, str, str]  # section, type and number: the place of a question in its bank
SIMILAR = 70  # ours, of 100: below this a number was given to another question


@dataclass(frozen=True, slots=True)
class Standing:
    """A question of the bank, `name` being what people call it.

    `entry` and `print` are set when the same bank brought it: its place there, and what the file said then.
    """

    name: str
    content: Content
    question: int | None = None
    version: int = 1
    entry: Entry | None = None
    print: str = ""


def print_of(content: Content) -> str:
    """What a file says of a question, in short: the same words, the same print."""
    said = [content.type, fold(content.stem), *map(fold, content.options), "", *content.answer]
    return sha256("\n".join([*said, fold(content.explanation), *content.images]).encode()).hexdigest()[:32]


def same_entry(entry: Entry, content: Content, standing: dict[Entry, list[Standing]]) -> Standing | None:
    """The question that stood at this place of the bank, when it still is the same one in other words."""
    alike = [(fuzz.ratio(fold(one.content.stem), fold(content.stem)), one) for one in standing.get(entry, ())]
    score, best = max(alike, key=lambda pair: pair[0], default=(0, None))
    return best if score >= SIMILAR else None


def changes(old: Content, new: Content) -> list[str]:
    """The parts that differ, by their Chinese names; what is merely not given is no change."""
    parts = {
        "题型": old.type != new.type,
        "题干": fold(old.stem) != fold(new.stem),
        "选项": set(map(fold, old.options)) != set(map(fold, new.options)),
        "答案": key_of(old) != key_of(new),
        "解析": bool(new.explanation) and fold(old.explanation) != fold(new.explanation),
        "图": bool(new.images) and old.images != new.images,
        "难度": bool(new.difficulty) and old.difficulty != new.difficulty,
        "有效期": _differ(old.valid_from, new.valid_from) or _differ(old.valid_to, new.valid_to),
    }
    return [name for name, differs in parts.items() if differs]


def _differ(old: date | None, new: date | None) -> bool:
    return new is not None and old != new


def said_of(standing: Standing, new: Content) -> str:
    """One sentence on an update, with the old key when that is what was changed."""
    changed = changes(standing.content, new)
    old_key, new_key = (show_answer(one.answer, one.type) for one in (standing.content, new))
    key = f"（答案由 {old_key} 改为 {new_key}）" if "答案" in changed else ""
    return f"{standing.name}的{'、'.join(changed)}有改动{key}；保存后成为它的新版本。"


def by_entry(standing: Iterable[Standing], taken: Container[int | None]) -> dict[Entry, list[Standing]]:
    """The questions of this bank by their place, without those that were found again."""
    places: dict[Entry, list[Standing]] = {}
    for one in standing:
        if one.entry is not None and one.question not in taken:
            places.setdefault(one.entry, []).append(one)
    return places
