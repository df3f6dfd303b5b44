"""Trying a lesson's test on a phone: the start, one question after the other, the result."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.roles import Role
from cms import sittings
from cms.drafts import DraftRefused, lesson_of
from cms.footage.lessons import attach
from cms.footage.positions import clock
from cms.library import readable_by
from cms.models import Course, Sitting
from cms.views.base import back_with
from question_bank.content import LETTERS, QuestionType
from question_bank.papers.marking import attempts_left, seconds_left
from question_bank.questions.entry import show_answer
from question_bank.rules import ATTEMPTS, PASS_MARK, SECONDS_PER_QUESTION, small_bank_warning
from question_bank.views.images import image_response

_TRUTHS = [("T", "对"), ("F", "错")]


@login_required
def draft(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """The test of a draft's lesson, for its authors and for reviewers."""
    if not request.user.has_role(Role.AUTHOR, Role.REVIEWER, Role.ADMIN):
        raise Http404
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=pk)
    try:
        lesson = lesson_of(course.get_latest_revision_as_object(), key)
    except DraftRefused as gone:
        raise Http404 from gone
    attach([lesson])
    return _start(request, sittings.draft_test(course, lesson), reverse("cms:course", args=[pk]))


@login_required
def released(request: HttpRequest, pk: UUID, key: UUID) -> HttpResponse:
    """The test of a published lesson, for whoever may read the release."""
    test = sittings.release_test(get_object_or_404(readable_by(request.user), pk=pk), key)
    if test is None:
        raise Http404
    return _start(request, test, reverse("site:course", args=[pk]))


def _start(request: HttpRequest, test: sittings.LessonTest, back: str) -> HttpResponse:
    """GET says the rules and what was reached; POST begins an attempt."""
    if request.method == "POST":
        act = sittings.begin_again if "again" in request.POST else sittings.begin
        try:
            return redirect("site:sitting", act(test, by=request.user, now=timezone.now()).pk)
        except sittings.SittingRefused as refusal:
            return back_with(request, request.path, error=str(refusal))
    done = list(sittings.attempts(test, request.user))
    running = next((sitting for sitting in done if not sitting.is_over), None)
    context = {
        "test": test,
        "back": back,
        "attempts": done[::-1],
        "running": running,
        "left": attempts_left(len(done)),
        "limits": {"seconds": SECONDS_PER_QUESTION, "attempts": ATTEMPTS, "mark": PASS_MARK},
        "warning": small_bank_warning(len(test.questions)),
    }
    return render(request, "cms/site/sitting_start.html", context)


@login_required
@never_cache
def sitting(request: HttpRequest, pk: int) -> HttpResponse:
    """The question that is asked now, or the result."""
    _own(request.user, pk)
    standing = sittings.look(pk, now=timezone.now())
    if standing.is_over:
        return render(request, "cms/site/sitting_result.html", _result(standing))
    question = standing.questions[standing.place]
    context = {
        "sitting": standing,
        "question": question,
        "kind": QuestionType(question["type"]),
        "number": standing.place + 1,
        "choices": _choices(question),
        "pictures": _pictures(standing, standing.place),
        "left": seconds_left(standing.asked_at, timezone.now()),
        "seconds": SECONDS_PER_QUESTION,
        "missed": _missed(standing),
    }
    return render(request, "cms/site/sitting.html", context)


def _missed(standing: Sitting) -> str:
    """Why the question before counts as not answered; empty when it was answered or there is none."""
    last = standing.answers[-1] if standing.answers else None
    if last is None or last["given"]:
        return ""
    return "上一题没有选答案" if last["in_time"] else "上一题时间到了"


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    standing = _own(request.user, pk)
    place = request.POST.get("place", "")
    allowed = {letter for letter, _ in _TRUTHS} | set(LETTERS)
    given = [each for each in request.POST.getlist("answer") if each in allowed]
    if place.isdecimal():
        sittings.answer(standing.pk, place=int(place[:6]), given=given, now=timezone.now())
    return redirect("site:sitting", pk)


@login_required
def image(request: HttpRequest, pk: int, place: int, number: int) -> HttpResponse:
    """A picture of a question that was asked already, or is asked now."""
    standing = _own(request.user, pk)
    if place > standing.place or place >= len(standing.questions):
        raise Http404
    return image_response(standing.questions[place].get("images", []), number)


def _own(user: User, pk: int) -> Sitting:
    """One's own attempt; nobody else's exists."""
    return get_object_or_404(Sitting.objects.select_related("release"), pk=pk, user=user)


def _choices(question: dict[str, Any]) -> list[tuple[str, str]]:
    if question["type"] == QuestionType.TRUE_FALSE:
        return _TRUTHS
    return list(zip(LETTERS, question["options"], strict=False))


def _pictures(standing: Sitting, place: int) -> list[str]:
    names = standing.questions[place].get("images", [])
    return [reverse("site:sitting_image", args=[standing.pk, place, number]) for number in range(len(names))]


def _result(standing: Sitting) -> dict[str, Any]:
    return {
        "sitting": standing,
        "total": len(standing.questions),
        "pass_mark": PASS_MARK,
        "left": attempts_left(standing.number),
        "start": _start_url(standing),
        "wrong": [_replay(standing, *row) for row in standing.wrong()],
    }


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
        "choices": _choices(question) if question["options"] else [],
        "pictures": _pictures(standing, number - 1),
        "given": show_answer(tuple(given["given"]), question["type"]) if given["given"] else "",
        "in_time": given["in_time"],
        "key": show_answer(tuple(question["answer"]), question["type"]),
        "clock": clock(second) if second is not None else "",
        "video": f"{_video_url(standing)}#t={max(0, second - 5)}" if second is not None else "",
    }


def _video_url(standing: Sitting) -> str:
    if not standing.video_id:
        return ""
    if standing.release_id:
        return reverse("site:video", args=[standing.release_id, standing.video_id])
    return reverse("media_pipeline:file", args=[standing.video_id])
