"""Questions that carry the number of one that stands: which of them renew it."""

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from question_bank.content import Content
from question_bank.importing.raw import Defect, Level
from question_bank.importing.updating import Standing, changes
from question_bank.importing.verdicts import Verdict
from question_bank.likeness.folding import fold

_ALIKE = 50  # ours, of 100: so much of a question stays however it is put anew
_SEVERAL, _MOSTLY = 5, 0.5  # of so many numbers so many must fit, or they are another installation's


def follow_numbers(verdicts: Sequence[Verdict], standing: Mapping[int, Standing]) -> set[int]:
    """Let questions renew those whose numbers they carry; returns the numbers of these.

    A number helps only where the words still are alike: it may be another installation's, or somebody wrote
    a new question over an old row.
    """
    meant = sorted(_meant(verdicts, standing), key=lambda triple: -triple[0])
    alike = [triple for triple in meant if triple[0] >= _ALIKE]
    if len(meant) >= _SEVERAL and len(alike) < _MOSTLY * len(meant):
        return set()
    taken: set[int] = set()
    for score, verdict, one in meant:
        if score < _ALIKE or one.question in taken:
            _doubt(verdict, one, is_twice=score >= _ALIKE)
        else:
            taken.add(one.question)
            _follow(verdict, one)
    return taken


def _meant(
    verdicts: Sequence[Verdict], standing: Mapping[int, Standing]
) -> Iterator[tuple[float, Verdict, Standing]]:
    """(likeness, verdict, the question of its number)."""
    for verdict in verdicts:
        if one := standing.get(verdict.origin.question) if verdict.origin else None:
            yield _likeness(one.content, verdict.content), verdict, one


def _likeness(one: Content, other: Content) -> float:
    """How alike the stems are, or the stems with their options, whichever says more."""
    wholes = (fold("".join((content.stem, *content.options))) for content in (one, other))
    return max(fuzz.ratio(fold(one.stem), fold(other.stem)), fuzz.ratio(*wholes))


def _follow(verdict: Verdict, one: Standing) -> None:
    if not changes(one.content, verdict.content):
        verdict.copy(one.name, one.question)
        return
    verdict.renew(one)
    if one.version > verdict.origin.version:
        message = (
            f"{one.name}导出后又改过（文件第 {verdict.origin.version} 版，题库第 {one.version} 版）；"
            "收下就以文件为准，请核对。"
        )
        verdict.defects.append(Defect(Level.WARNING, "version_behind", message))


def _doubt(verdict: Verdict, one: Standing, *, is_twice: bool) -> None:
    why = "文件里另有一道题带着同一个编号" if is_twice else "题干完全不同"
    message = f"编号 {one.question} 在题库里是“{one.content.stem[:20]}”，{why}；这道按新题收，请核对。"
    verdict.defects.append(Defect(Level.WARNING, "number_differs", message))
