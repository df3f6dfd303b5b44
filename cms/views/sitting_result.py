"""What a try-out ends with: the mark, and each question that was not right beside its place in the video."""

from typing import Any

from django.urls import reverse

from cms.footage.players import AdminPlace, Player, SitePlace, players_of
from cms.footage.positions import clock
from cms.models import Sitting
from media_pipeline.models import Video
from question_bank.content import LETTERS, QuestionType
from question_bank.entry import show_answer
from question_bank.papers.marking import attempts_left
from question_bank.rules import PASS_MARK

TRUTHS = [("T", "对"), ("F", "错")]
BEFORE_S = 5  # a question stands at the end of what it asks about


def result_of(standing: Sitting) -> dict[str, Any]:
    """What the page of the result shows."""
    return {
        "sitting": standing,
        "total": len(standing.questions),
        "pass_mark": PASS_MARK,
        "left": attempts_left(standing.number),
        "start": _start_url(standing),
        "wrong": [_replay(standing, *row) for row in standing.wrong()],
        "player": _player(standing),
    }


def choices_of(question: dict[str, Any]) -> list[tuple[str, str]]:
    """Letters and texts; of a true/false question its two answers."""
    if question["type"] == QuestionType.TRUE_FALSE:
        return TRUTHS
    return list(zip(LETTERS, question["options"], strict=False))


def pictures_of(standing: Sitting, place: int) -> list[str]:
    """The addresses of a question's pictures."""
    names = standing.questions[place].get("images", [])
    return [reverse("site:sitting_image", args=[standing.pk, place, number]) for number in range(len(names))]


def _start_url(standing: Sitting) -> str:
    if standing.release_id:
        return reverse("site:try_release", args=[standing.release_id, standing.lesson_key])
    return reverse("site:try_draft", args=[standing.course_id, standing.lesson_key])


def _replay(
    standing: Sitting, number: int, question: dict[str, Any], given: dict[str, Any]
) -> dict[str, Any]:
    """A question that was not right: what was given, what is right and why, and where the video says it."""
    second = question.get("at_s")
    return {
        "number": number,
        "question": question,
        "kind": QuestionType(question["type"]).label,
        "choices": choices_of(question) if question["options"] else [],
        "pictures": pictures_of(standing, number - 1),
        "given": show_answer(tuple(given["given"]), question["type"]) if given["given"] else "",
        "in_time": given["in_time"],
        "key": show_answer(tuple(question["answer"]), question["type"]),
        "clock": clock(second) if second is not None else "",
        "from_s": max(0, second - BEFORE_S) if second is not None else None,
    }


def _player(standing: Sitting) -> Player | None:
    """Of the lesson's video, when it is all here."""
    place = SitePlace(standing.release) if standing.release_id else AdminPlace()
    videos = Video.objects.with_inspection().filter(pk=standing.video_id) if standing.video_id else ()
    return next(iter(players_of(videos, place).values()), None)
