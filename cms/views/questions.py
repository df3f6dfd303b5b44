"""The questions of one lesson: write a new one, take one from the bank, say at which second it is asked."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.roles import Role
from cms import drafts
from cms.course_page import Window, rows_of
from cms.density import proposals
from cms.density.choosing import Proposal
from cms.footage.positions import BadPosition, second_of
from cms.models import Course
from cms.question_versions import earlier_versions
from cms.review.facts import is_usable
from cms.views.base import AdminPage, back_with, posted_row
from media_pipeline.captioning import captions_of
from question_bank.models import Question
from question_bank.questions.forms import QuestionForm

BANK_SIZE = 10


def questions_url(pk: int, key: UUID) -> str:
    return reverse("cms:place_question", args=[pk, key])


class LessonQuestionsPage(AdminPage):
    """GET shows the lesson's questions; POST writes a new one and places it."""

    roles = (Role.AUTHOR, Role.REVIEWER, Role.ADMIN)
    template_name = "cms/course/questions.html"
    header_icon = "help"

    def load(self, **kwargs: Any) -> None:
        visible = Course.objects.visible_to(self.request.user).select_related("item", "latest_revision")
        self.course = get_object_or_404(visible, pk=kwargs["pk"])
        self.draft = self.course.get_latest_revision_as_object()
        _, rows = rows_of(self.draft)
        self.row = next((row for row in rows if row.lesson.key == kwargs["key"]), None)
        if self.row is None:
            raise Http404

    def get_page_title(self) -> str:
        return f"{self.row.lesson.title}：题目"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        courses = (reverse("wagtailsnippets_cms_course:list"), "课程")
        return (courses, (reverse("cms:course", args=[self.course.pk]), self.draft.title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        writable = Course.objects.writable_by(self.request.user).filter(pk=self.course.pk).exists()
        may_edit = writable and not self.course.workflow_in_progress
        sought = self.request.GET.get("q", "")
        return super().get_context_data(**kwargs) | {
            "course": self.draft,
            "row": self.row,
            "may_edit": may_edit,
            "form": kwargs.get("form") or (self._form() if may_edit else None),
            "at": self.request.POST.get("at", ""),
            "unusable": self._unusable(),
            "sought": sought,
            "bank": self._bank(sought) if may_edit else [],
            "proposals": self._proposals() if may_edit else [],
            "captioned": self.row.lesson.video_id and captions_of([self.row.lesson.video]),
            "has_gap": any(not (window.questions or window.unreviewed) for window in self.row.windows),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        try:
            at_s = second_of(request.POST.get("at", ""), self.row.facts.duration_s)
        except BadPosition as problem:
            form.add_error(None, str(problem))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        key = self.row.lesson.key
        try:
            drafts.place_question(self.course.pk, key, question=form.save(), at_s=at_s, by=request.user)
        except drafts.DraftRefused as refusal:
            return back_with(request, questions_url(**kwargs), error=f"题目已存入题库。{refusal}")
        return back_with(request, questions_url(**kwargs), done="题目已保存，并放进了这个课时。")

    def _unusable(self) -> set[int]:
        """The questions that keep the course from being submitted, and count for nothing."""
        placed = [placement.question for placement in self.row.lesson.placements.all()]
        earlier = earlier_versions(placed)
        return {question.pk for question in placed if not is_usable(question, earlier.get(question.pk, ()))}

    def _form(self, data: Any = None) -> QuestionForm:
        user = self.request.user
        return QuestionForm(data, item=self.draft.item, institution=self.course.institution, by=user)

    def _proposals(self) -> list[tuple[Window, list[Proposal]]]:
        """The windows that could take a question, each with what is proposed for it."""
        found = proposals.proposals_of(self.draft, self.row.lesson)
        return [
            (window, [each for each in found if each.window == number])
            for number, window in enumerate(self.row.windows)
            if any(each.window == number for each in found)
        ]

    def _bank(self, sought: str) -> list[Question]:
        placed = [placement.question_id for placement in self.row.lesson.placements.all()]
        own = Question.objects.filter(institution=self.course.institution_id, item=self.draft.item_id)
        return list(own.not_retired().search(sought).exclude(pk__in=placed)[:BANK_SIZE])


@require_POST
def place_from_bank(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """Place a question of the bank, or move one that is placed already."""
    question = posted_row(Question.objects.visible_to(request.user), request, "question")
    try:
        at_s = second_of(request.POST.get("at", ""), _duration(request, pk, key))
        drafts.place_question(pk, key, question=question, at_s=at_s, by=request.user)
    except (BadPosition, drafts.DraftRefused) as refusal:
        return back_with(request, questions_url(pk, key), error=str(refusal))
    return redirect(_place_after(request, pk, key, question))


def _place_after(request: HttpRequest, pk: int, key: UUID, question: Question) -> str:
    """Back to the search in the bank, for the next one; or to the question whose time was changed."""
    if "q" not in request.POST:
        return f"{questions_url(pk, key)}#q{question.pk}"
    return f"{questions_url(pk, key)}?{urlencode({'q': request.POST['q']})}#bank"


@require_POST
def remove_question(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    question = posted_row(Question.objects.visible_to(request.user), request, "question")
    try:
        drafts.remove_question(pk, key, question=question, by=request.user)
    except drafts.DraftRefused as refusal:
        return back_with(request, questions_url(pk, key), error=str(refusal))
    return back_with(request, questions_url(pk, key))


@require_POST
def answer_proposal(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """Take a proposed question as an unreviewed draft, or dismiss it for good."""
    print = request.POST.get("print", "")
    here = questions_url(pk, key)
    try:
        if "take" not in request.POST:
            proposals.dismiss_proposal(pk, key, print=print, by=request.user)
            return back_with(request, f"{here}#proposals", done="这句话以后不再提议。")
        taken = proposals.take_proposal(pk, key, print=print, by=request.user)
    except drafts.DraftRefused as refusal:
        return back_with(request, f"{here}#proposals", error=str(refusal))
    said = "已成为未审核草稿，答案是“对”。请核对或修改；经另一个人审定后才算题数。"
    return back_with(request, f"{here}#q{taken.pk}", done=said)


def _duration(request: HttpRequest, pk: int, key: UUID) -> float | None:
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=pk)
    draft = course.get_latest_revision_as_object()
    video = drafts.lesson_of(draft, key).video
    return video.duration_s if video else None
