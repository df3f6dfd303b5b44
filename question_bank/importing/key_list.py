"""Keys in a list after the questions, counting from 1 again for each type of question."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from question_bank.importing.key_lines import read_headed_keys, read_keys
from question_bank.importing.keys import read_key
from question_bank.importing.lines import ANSWERS, CHAPTER, EXPLANATION, KEY, TYPE_HEADING, Line, read_start
from question_bank.importing.raw import Level, RawQuestion
from question_bank.importing.stem_keys import find_keys
from question_bank.importing.types import read_type
from question_bank.likeness.folding import fold, narrow


@dataclass
class _Group:
    """The keys under one heading; `type` and `section` are empty when the list has no such headings."""

    type: str = ""
    section: str = ""
    keys: dict[int, tuple[str, str]] = field(default_factory=dict)  # number → (answer, explanation)
    last: int = 0

    @property
    def heading(self) -> tuple[str, str]:
        return read_type(self.type), self.section

    def put(self, number: int, answer: str, explanation: str = "") -> None:
        self.keys[number] = (answer, explanation)
        self.last = number

    def explain(self, text: str) -> None:
        answer, explanation = self.keys[self.last]
        self.keys[self.last] = (answer, f"{explanation}\n{text}".strip())


def doubt_keys_of_several(questions: Sequence[RawQuestion]) -> None:
    """`答案：ABC` behind the last of three questions without a key may be theirs and not its own."""
    for at, question in enumerate(questions):
        letters = read_key(question.answer).letters
        before = questions[max(0, at + 1 - len(letters)) : at]
        if before and len(before) == len(letters) - 1 and all(map(_has_no_key, before)):
            message = (
                f"答案“{question.answer}”有 {len(letters)} 个字母，前面正好有 {len(before)} 道题没有答案，"
                "可能是这几道题各自的答案，请核对。"
            )
            question.note(Level.WARNING, "key_of_several", message)


def _has_no_key(question: RawQuestion) -> bool:
    return not (question.answer or question.marked or find_keys(question.stem, read_type(question.type)).keys)


def attach_keys(lines: Sequence[Line], questions: list[RawQuestion]) -> None:
    """Give each question its key: by the heading it stands under, else by the order of the lists."""
    groups, sections = _read(lines), _sections(questions)
    headed = any(group.type or group.section for group in groups)
    for order, group in enumerate(groups):
        section = _of_heading(group, groups, sections) if headed else _in_order(order, groups, sections)
        if section is not None:
            _attach(group, section)


def _read(lines: Sequence[Line]) -> list[_Group]:
    groups = [_Group()]
    for line in lines:
        folded = ANSWERS.sub("", narrow(line.text).strip()) or narrow(line.text).strip()
        if inline := read_headed_keys(line.text):
            groups.append(_Group(type=inline[0]))
            _put_all(inline[1], groups)
        elif heading := TYPE_HEADING.match(folded):
            groups.append(_Group(type=heading[1]))
        elif CHAPTER.match(folded):
            groups.append(_Group(groups[-1].type, fold(folded)))
        else:
            _read_line(line, folded, groups)
    return [group for group in groups if group.keys]


def _read_line(line: Line, folded: str, groups: list[_Group]) -> None:
    pairs, start = read_keys(line.text), read_start(line.text)
    if len(pairs) > 1 or (pairs and not (start and start.number)):
        _put_all(pairs, groups)
    elif start and start.number:
        found = KEY.match(narrow(start.text))
        _next_group(start.number, groups).put(
            start.number, start.text[found.end() :] if found else start.text
        )
    elif groups[-1].last:
        _continue(line, folded, groups[-1])


def _put_all(pairs: Sequence[tuple[int, str]], groups: list[_Group]) -> None:
    for number, answer in pairs:
        _next_group(number, groups).put(number, answer)


def _next_group(number: int, groups: list[_Group]) -> _Group:
    """A list that counts from 1 again without a heading is another one."""
    if number == 1 and groups[-1].last >= 1:
        groups.append(_Group(groups[-1].type, groups[-1].section))
    return groups[-1]


def _continue(line: Line, folded: str, group: _Group) -> None:
    if found := EXPLANATION.match(folded):
        group.explain(line.text[found.end() :])
    elif (found := KEY.match(folded)) and not group.keys[group.last][0]:
        group.put(group.last, line.text[found.end() :])
    elif not KEY.match(folded):
        group.explain(line.text)


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
    """The section of the same name or type; of several alike the one at the same place of as many."""
    alike = sections
    if group.type:
        alike = [one for one in alike if read_type(one[0].type) == read_type(group.type)]
    if group.section:
        alike = [one for one in alike if fold(one[0].section).startswith(group.section)] or alike
    lists = [other for other in groups if other.heading == group.heading]
    if len(lists) == 1 < len(alike):
        return _merged(alike)
    place = next(at for at, other in enumerate(lists) if other is group)
    return alike[place] if len(alike) == len(lists) else None


def _merged(sections: list[list[RawQuestion]]) -> list[RawQuestion] | None:
    """Several sections as one, when their numbers go on from one to the next."""
    everything = [question for section in sections for question in section]
    return everything if len({question.number for question in everything}) == len(everything) else None


def _in_order(
    order: int, groups: list[_Group], sections: list[list[RawQuestion]]
) -> list[RawQuestion] | None:
    if len(groups) == 1 and (everything := _merged(sections)):
        return everything
    return sections[order] if len(groups) == len(sections) else None


def _attach(group: _Group, section: list[RawQuestion]) -> None:
    numbers = {int(question.number) for question in section}
    is_shifted = bool(group.keys.keys() - numbers)
    for question in section:
        answer, explanation = group.keys.get(int(question.number), ("", ""))
        if question.answer and answer and read_key(question.answer) != read_key(answer):
            message = f"题后的答案“{question.answer}”与文末答案“{answer}”不同，请核对。"
            question.note(Level.ERROR, "answer_conflict", message)
        question.quote(f"（文末）{question.number}. {answer} {explanation}" if answer else "")
        question.answer = question.answer or answer
        question.explanation = question.explanation or explanation
        if is_shifted:
            message = "文末答案的题号与本部分题目的题号对不上，答案可能错位，请核对。"
            question.note(Level.WARNING, "key_list_mismatch", message)
