"""The questions of a file held against each other and against the bank: copies, contradictions, renewals."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence

from question_bank.content import Content
from question_bank.entry import show_answer
from question_bank.importing.following import follow_numbers
from question_bank.importing.raw import Defect, Level
from question_bank.importing.updating import Standing, by_entry, changes, same_entry
from question_bank.importing.verdicts import State, Verdict
from question_bank.likeness.identity import Body, body_of, key_of


def compare(verdicts: Sequence[Verdict], bank: Iterable[Standing]) -> None:
    """Say which of the verdicts without error are copies, contradict each other, or renew what stands."""
    sound = [verdict for verdict in verdicts if verdict.state == State.ACCEPTED]
    groups: dict[Body, list[Verdict]] = defaultdict(list)
    for verdict in sound:
        groups[body_of(verdict.content)].append(verdict)
    numbers = {verdict.origin.question for verdict in sound if verdict.origin}
    alike, own, numbered = _standing(bank, groups, numbers)
    followed = follow_numbers(sound, numbered)
    prints = {one.print: one for one in own}
    for body, copies in groups.items():
        _compare(copies, [one for one in alike.get(body, []) if one.question not in followed], prints)
    taken = {one.question for group in alike.values() for one in group} | followed
    _find_renewed([v for v in sound if v.state == State.ACCEPTED and v.question is None], taken, own)


def _standing(
    bank: Iterable[Standing], groups: dict[Body, list[Verdict]], numbers: set[int]
) -> tuple[dict[Body, list[Standing]], list[Standing], dict[int, Standing]]:
    """Of what stands: that with the words of a group, all that the same bank brought, that of `numbers`."""
    alike: dict[Body, list[Standing]] = defaultdict(list)
    own, numbered = [], {}
    for one in bank:
        if (body := body_of(one.content)) in groups:
            alike[body].append(one)
        if one.entry is not None:
            own.append(one)
        if one.question in numbers:
            numbered[one.question] = one
    return alike, own, numbered


def _compare(copies: list[Verdict], standing: list[Standing], prints: dict[str, Standing]) -> None:
    """Copies with one key: the first is kept. With several keys: none is, for one of them is wrong."""
    for copy in copies if prints else ():
        if unchanged := prints.get(copy.print):
            copy.copy(unchanged.name, unchanged.question)
    copies = sorted((copy for copy in copies if not copy.is_copy), key=lambda copy: not copy.renews)
    named = [(one.name, one.content) for one in standing] + [(copy.where, copy.content) for copy in copies]
    if len({key_of(content) for _, content in named}) > 1:
        if not _renewed(copies, standing):
            _contradict(copies, named)
        return
    if (
        standing
        and copies
        and standing[0].entry is not None
        and changes(standing[0].content, copies[0].content)
    ):
        copies[0].renew(standing[0])
        copies = copies[1:]
    for copy in copies if standing else copies[1:]:
        copy.copy(named[0][0], standing[0].question if standing else None)


def _renewed(copies: list[Verdict], standing: list[Standing]) -> bool:
    """Whether the bank that brought the only question with these words now gives another key."""
    if len(copies) != 1 or len(standing) != 1 or standing[0].entry is None:
        return False
    copies[0].renew(standing[0])
    return True


def _contradict(copies: list[Verdict], named: list[tuple[str, Content]]) -> None:
    for copy in copies:
        name, other = next(pair for pair in named if key_of(pair[1]) != key_of(copy.content))
        found = f"这里是 {_shown(copy.content)}，那里是 {_shown(other)}"
        message = f"与{name}题干、选项相同，答案却不同（{found}）；请核对后再导入。"
        copy.defects.append(Defect(Level.ERROR, "contradiction", message))


def _shown(content: Content) -> str:
    return show_answer(content.answer, content.type)


def _find_renewed(fresh: Sequence[Verdict], taken: Container[int | None], own: Sequence[Standing]) -> None:
    """Questions in other words at the place where the same bank had them."""
    if not own:
        return
    places = by_entry(own, taken)
    for verdict in fresh:
        if found := same_entry(verdict.entry, verdict.content, places):
            places[verdict.entry].remove(found)
            verdict.renew(found)
