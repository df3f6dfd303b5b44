"""Papers: their list, one by hand, its Word files, and the forms of a lot side by side."""

from typing import Any
from urllib.parse import quote

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from accounts.pages import AdminPage
from accounts.roles import Role
from catalog.cells import item_choices
from catalog.models import OperationItem
from question_bank.models import Paper, PaperQuestion, Question
from question_bank.papers import acts
from question_bank.papers.arranging import mark_of
from question_bank.papers.finalising import why_not_final
from question_bank.papers.pools import askable

PAGE = 25
OFFERED = 10
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CRUMB = ("question:index", "题库")


def paper_url(pk: int) -> str:
    return reverse("bank:paper", args=[pk])


class NewPaperForm(forms.Form):
    item = forms.ModelChoiceField(OperationItem.objects.all(), label="操作项目", empty_label="请选择")
    title = forms.CharField(label="试卷名称", max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "请选择"), *item_choices()]


class BankPage(AdminPage):
    roles = (Role.AUTHOR, Role.REVIEWER, Role.ADMIN)
    header_icon = "doc-full"

    @property
    def may_write(self) -> bool:
        user = self.request.user
        return user.has_role(Role.AUTHOR) and user.institution_id is not None


class PaperListPage(BankPage):
    """GET lists papers, 25 a page; POST begins one by hand."""

    template_name = "question_bank/papers.html"
    page_title = "试卷"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse(_CRUMB[0]), _CRUMB[1]),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Paper.objects.visible_to(self.request.user).select_related("item", "institution", "created_by")
        page = Paginator(rows.annotate(size=Count("entries")).order_by("-pk"), PAGE).get_page(
            self.request.GET.get("p")
        )
        return super().get_context_data(**kwargs) | {
            "page": page,
            "may_write": self.may_write,
            "form": kwargs.get("form") or NewPaperForm(),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.may_write:
            raise PermissionDenied("只有机构的课程作者可以组卷。")
        form = NewPaperForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        made = acts.create_paper(**form.cleaned_data, institution=request.user.institution, by=request.user)
        return redirect(paper_url(made.pk))


class PaperPage(BankPage):
    template_name = "question_bank/paper.html"

    def load(self, **kwargs: Any) -> None:
        visible = Paper.objects.visible_to(self.request.user).select_related(
            "item", "institution", "blueprint", "finalised_by"
        )
        self.paper = get_object_or_404(visible, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return self.paper.title

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse(_CRUMB[0]), _CRUMB[1]), (reverse("bank:papers"), "试卷"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paper, user = self.paper, self.request.user
        may_edit = not paper.is_final and Paper.objects.writable_by(user).filter(pk=paper.pk).exists()
        entries = list(paper.entries.select_related("version", "question"))
        sought = self.request.GET.get("q", "")
        return super().get_context_data(**kwargs) | {
            "paper": paper,
            "mark": mark_of(paper) if may_edit else "",
            "was": acts.described(paper),
            "typed": kwargs.get("typed") or {"title": paper.title, "minutes": paper.minutes},
            "entries": entries,
            "outdated": sum(entry.is_outdated for entry in entries),
            "obstacles": [] if paper.is_final else why_not_final(paper, timezone.localdate()),
            "to_review": self._to_review(entries) if may_edit else None,
            "may_edit": may_edit,
            "sought": sought,
            "offered": self._offered(sought) if may_edit else [],
            "forms": Paper.objects.filter(institution=paper.institution, lot=paper.lot).count()
            if paper.lot
            else 0,
        }

    def _to_review(self, entries: list[PaperQuestion]) -> int | None:
        """A question of the paper that waits for this person's judgement; None when there is none."""
        asked = [entry.question_id for entry in entries]
        mine = Question.objects.reviewable_by(self.request.user).filter(pk__in=asked, review_note="")
        return mine.order_by("pk").values_list("pk", flat=True).first()

    def _offered(self, sought: str) -> list[Question]:
        own = askable(
            item=self.paper.item, institution=self.paper.institution, today=timezone.localdate()
        ).search(sought)
        return list(own.exclude(paper_entries__paper=self.paper)[:OFFERED])


class LotPage(BankPage):
    """The forms of one lot side by side."""

    template_name = "question_bank/lot.html"
    page_title = "各套对照"

    def load(self, **kwargs: Any) -> None:
        mine = get_object_or_404(Paper.objects.visible_to(self.request.user).exclude(lot=""), pk=kwargs["pk"])
        lot = Paper.objects.filter(institution=mine.institution, lot=mine.lot).order_by("form")
        self.papers = list(lot.select_related("item").prefetch_related("entries__version"))

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse(_CRUMB[0]), _CRUMB[1]), (reverse("bank:papers"), "试卷"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        columns = [list(paper.entries.all()) for paper in self.papers]
        asked = [entry.question_id for column in columns for entry in column]
        return super().get_context_data(**kwargs) | {
            "papers": self.papers,
            "facts": [_facts(column) for column in columns],
            "rows": list(enumerate(zip(*columns, strict=False), start=1)),
            "shared": len(asked) - len(set(asked)),
        }


def _facts(column: list[Any]) -> dict[str, Any]:
    levels = [entry.version.difficulty for entry in column if entry.version.difficulty]
    mean = f"{sum(levels) / len(levels):.2f}" if levels else "没有标难度"
    return {"questions": len(column), "difficulty": mean}


def word(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The paper or its key, for whoever may see it."""
    from question_bank.exporting.paper_docx import write_key, write_paper  # loads the library of Word
    from question_bank.papers.printing import printed

    paper = get_object_or_404(Paper.objects.visible_to(request.user).select_related("item"), pk=pk)
    write, suffix = {"paper": (write_paper, ""), "key": (write_key, "-答案")}[kind]
    name = quote(f"{paper.title}{suffix}.docx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(write(printed(paper)), content_type=_WORD, headers=headers)
