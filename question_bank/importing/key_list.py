"""Keys in a list after all questions, counting from 1 again for each type of question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from question_bank.importing.folding import narrow
from question_bank.importing.keys import TRUTH, read_key
from question_bank.importing.lines import CHAPTER, EXPLANATION, KEY, TYPE_HEADING, Line, read_start
from question_bank.importing.raw import Level, RawQuestion
from question_bank.importing.types import read_type

_WORD = r"(?:[A-Z]+|" + "|".join(word for word in TRUTH if not word.isascii()) + r")"
_RANGE = re.compile(rf"(\d+)\s*[-—–~至到]\s*(\d+)\s*[:.、]?\s*((?:{_WORD}[\s,、]*)+)$")
_PAIR = re.compile(rf"(\d+)\s*[.、:)]?\s*({_WORD})(?=\s|$|[,;，；。\d])")


@dataclass
class _Group:
    """The keys under one heading; `type` is empty when the list has no headings."""

    type: str = ""
    keys: dict[int, tuple[str, str]] = field(default_factory=dict)  # number → (answer, explanation)
    last: int = 0

    def put(self, number: int, answer: str, explanation: str = "") -> None:
        self.keys[number] = (answer, explanation)
        self.last = number

    def explain(self, text: str) -> None:
        answer, explanation = self.keys[self.last]
        self.keys[self.last] = (answer, f"{explanation}\n{text}".strip())


def attach_keys(lines: Sequence[Line], questions: list[RawQuestion]) -> None:
    """Give each question its key: by the heading it stands under, else by the order of the lists."""
    groups, sections = _read(lines), _sections(questions)
    headed = any(group.type for group in groups)
    for order, group in enumerate(groups):
        section = _of_heading(group, groups, sections) if headed else _in_order(order, groups, sections)
        if section is not None:
            _attach(group, section)


def _read(lines: Sequence[Line]) -> list[_Group]:
    groups = [_Group()]
    for line in lines:
        folded = narrow(line.text).strip()
        if heading := TYPE_HEADING.match(folded) or CHAPTER.match(folded):
            groups.append(_Group(type=heading[1] if heading.re is TYPE_HEADING else folded))
        else:
            _read_line(line, folded, groups)
    return [group for group in groups if group.keys]


def _read_line(line: Line, folded: str, groups: list[_Group]) -> None:
    pairs = _ranged(folded) or _PAIR.findall(folded)
    start, group = read_start(line.text), groups[-1]
    if start and int(start.number) <= group.last and start.number == 1:
        groups.append(group := _Group())
    if len(pairs) > 1:
        for number, answer in pairs:
            group.put(int(number), answer)
    elif start and start.number:
        found = KEY.match(narrow(start.text))
        group.put(start.number, start.text[found.end() :] if found else start.text)
    elif group.last:
        _continue(line, folded, group)


def _continue(line: Line, folded: str, group: _Group) -> None:
    if found := EXPLANATION.match(folded):
        group.explain(line.text[found.end() :])
    elif (found := KEY.match(folded)) and not group.keys[group.last][0]:
        group.put(group.last, line.text[found.end() :])
    elif not KEY.match(folded):
        group.explain(line.text)


def _ranged(folded: str) -> list[tuple[str, str]]:
    """`1-5 ABCDA` or `1-3: AB C D` as pairs, when there is exactly one key for each number."""
    found = _RANGE.match(folded)
    if not found:
        return []
    first, last = int(found[1]), int(found[2])
    words = re.split(r"[\s,、]+", found[3].strip())
    keys = words if len(words) == last - first + 1 else re.findall(r"[A-Z]|[^A-Z\s,、]+", found[3])
    if len(keys) != last - first + 1:
        return []
    return [(str(number), key) for number, key in zip(range(first, last + 1), keys, strict=True)]


def _sections(questions: list[RawQuestion]) -> list[list[RawQuestion]]:
    """Runs of questions of one type and section, each counting from 1."""
    sections: list[list[RawQuestion]] = []
    for question in questions:
        last = sections[-1][-1] if sections else None
        if not last or (last.type, last.section) != (question.type, question.section):
            sections.append([])
        sections[-1].append(question)
    return sections


def _of_heading(
    group: _Group, groups: list[_Group], sections: list[list[RawQuestion]]
) -> list[RawQuestion] | None:
    """The section of the same type; of several alike the one at the same place, when there are as many."""
    kind = read_type(group.type)
    alike = [section for section in sections if read_type(section[0].type) == kind]
    lists = [other for other in groups if read_type(other.type) == kind]
    return alike[lists.index(group)] if len(alike) == len(lists) else None


def _in_order(
    order: int, groups: list[_Group], sections: list[list[RawQuestion]]
) -> list[RawQuestion] | None:
    everything = [question for section in sections for question in section]
    if len(groups) == 1 and len({question.number for question in everything}) == len(everything):
        return everything
    return sections[order] if len(groups) == len(sections) else None


def _attach(group: _Group, section: list[RawQuestion]) -> None:
    numbers = {int(question.number) for question in section}
    for question in section:
        answer, explanation = group.keys.get(int(question.number), ("", ""))
        if question.answer and answer and read_key(question.answer) != read_key(answer):
            message = f"题后的答案“{question.answer}”与文末答案“{answer}”不同，请核对。"
            question.note(Level.ERROR, "answer_conflict", message)
        question.quote(f"（文末）{question.number}. {answer} {explanation}" if answer else "")
        question.answer = question.answer or answer
        question.explanation = question.explanation or explanation
        if group.keys.keys() - numbers:
            message = "文末答案的题号与本部分题目的题号对不上，答案可能错位，请核对。"
            question.note(Level.WARNING, "key_list_mismatch", message)
