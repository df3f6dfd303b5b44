"""What of a release holds on a day: its lessons, and of each question the words of that day. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any


def on_day(manifest: dict[str, Any], day: date) -> dict[str, Any]:
    """The manifest as a learner meets it on `day`; the release itself stays as it was frozen.

    A question whose newest words begin later is asked in the words before them, never in the new ones;
    one of which nothing holds on `day` is not asked.
    """
    lessons = [lesson for lesson in manifest["lessons"] if holds(lesson, day)]
    return manifest | {
        "lessons": [lesson | {"questions": list(asked_on(lesson["questions"], day))} for lesson in lessons]
    }


def holds(row: dict[str, Any], day: date) -> bool:
    """Whether a lesson or the words of a question hold on `day`; what has no dates always does."""
    return (_day(row, "valid_from") or day) <= day <= (_day(row, "valid_to") or day)


def changes_after(manifest: dict[str, Any], day: date) -> list[date]:
    """The days after `day` on which learners meet something else, soonest first."""
    rows = [row for lesson in manifest["lessons"] for row in (lesson, *lesson["questions"])]
    begins = {begin for row in rows if (begin := _day(row, "valid_from")) and begin > day}
    ends = {end for row in rows if (end := _day(row, "valid_to")) and end >= day}
    return sorted(begins | {date.fromordinal(end.toordinal() + 1) for end in ends})


def asked_on(questions: Iterable[dict[str, Any]], day: date) -> Iterator[dict[str, Any]]:
    """Each question in the words of `day`; one of which nothing holds is left out."""
    for question in questions:
        versions = [question, *question.get("earlier", ())]
        begun = next((row for row in versions if (_day(row, "valid_from") or day) <= day), None)
        if begun and holds(begun, day):
            placed = {"id": question["id"], "at_s": question["at_s"]}
            yield {name: value for name, value in (begun | placed).items() if name != "earlier"}


def _day(row: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(row[name]) if row.get(name) else None
