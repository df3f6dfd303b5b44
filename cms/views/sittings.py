"""Trying a lesson's test on a phone: the start, one question after the other, the result."""

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
from cms.library import readable_by
from cms.models import Course, Sitting
from cms.views.base import back_with
from cms.views.sitting_result import TRUTHS, choices_of, pictures_of, result_of
from question_bank.content import LETTERS, QuestionType
from question_bank.papers.marking import attempts_left, seconds_left
from question_bank.rules import ATTEMPTS, PASS_MARK, SECONDS_PER_QUESTION, small_bank_warning
from question_bank.views.images import image_response


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
        return render(request, "cms/site/sitting_result.html", result_of(standing))
    question = standing.questions[standing.place]
    context = {
        "sitting": standing,
        "question": question,
        "kind": QuestionType(question["type"]),
        "number": standing.place + 1,
        "choices": choices_of(question),
        "pictures": pictures_of(standing, standing.place),
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
    allowed = {letter for letter, _ in TRUTHS} | set(LETTERS)
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
