"""A bank out as a file: what the chosen format cannot hold is told before it is downloaded."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import User
from accounts.pages import back_with
from catalog.models import OperationItem
from question_bank.models import Question
from question_bank.questions.exports import entries_of, export_once
from question_bank.views.papers import BankPage

if TYPE_CHECKING:
    from question_bank.exporting.writing import Export

PART = 1_000  # questions of one file: written and read back while the person waits
SHOWN = 5  # sentences on losses before one must unfold the rest
PICTURE_LOST = "有题目的配图在存储中找不到，请平台管理员先恢复图片再导出。"


@dataclass(frozen=True, slots=True)
class Format:
    """`label` is its name, `use` says whom it is for, `suffix` ends the file's name."""

    label: str
    use: str
    suffix: str


FORMATS = {
    "docx": Format("Word", "给人看、打印和修改", ".docx"),
    "xlsx": Format("Excel", "一行一道题，便于筛选和批量修改", ".xlsx"),
    "gift": Format("GIFT", "Moodle 等学习平台的文本格式", ".gift"),
    "aiken": Format("Aiken", "最简单的文本格式，只有单选题和判断题", ".txt"),
    "moodle_xml": Format("Moodle XML", "Moodle，带配图", ".xml"),
    "qti21": Format("QTI 2.1", "国际通用的试题包，多数考试系统能读", ".zip"),
    "qti30": Format("QTI 3.0", "新版的试题包", ".zip"),
}


class ExportForm(forms.Form):
    item = forms.ModelChoiceField(OperationItem.objects.none(), label="操作项目", empty_label="请选择")
    format = forms.ChoiceField(label="格式", choices=[(name, form.label) for name, form in FORMATS.items()])

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = Question.objects.visible_to(user).not_retired().order_by("pk")
        held = OperationItem.objects.filter(pk__in=self.questions.order_by().values("item"))
        self.fields["item"].queryset = held

    def part(self) -> Page:
        """The questions of the file: all of the item, or a part of very many."""
        of_item = self.questions.filter(item=self.cleaned_data["item"])
        return Paginator(of_item, PART).get_page(self.data.get("p"))

    def write(self, part: Page) -> "Export":
        """Raises FileNotFoundError when a picture is lost."""
        title = self.cleaned_data["item"].name
        return export_once(entries_of(part.object_list), title, self.cleaned_data["format"])


class ExportPage(BankPage):
    """GET asks what is wanted; with an item and a format it tells what the file would lack."""

    template_name = "question_bank/export.html"
    page_title = "导出题库"
    header_icon = "download"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("question:index"), "题库"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ExportForm(self.request.GET or None, user=self.request.user)
        told = _told(form) if form.is_valid() else {}
        return super().get_context_data(**kwargs) | {"form": form, "formats": FORMATS.items(), "told": told}


def _told(form: ExportForm) -> dict[str, Any]:
    """What the page says of the file before it is downloaded."""
    part, format = form.part(), FORMATS[form.cleaned_data["format"]]
    try:
        losses = form.write(part).losses
    except FileNotFoundError:
        return {"refusal": PICTURE_LOST}
    said = losses.said(format.label)
    return {
        "part": part,
        "format": format,
        "written": len(part.object_list) - len(losses.questions),
        "left_out": len(losses.questions),
        "said": said[:SHOWN],
        "more": said[SHOWN:],
    }


def download(request: HttpRequest) -> HttpResponse:
    """The file itself, of the questions this person may see."""
    form = ExportForm(request.GET, user=request.user)
    if not form.is_valid():
        return redirect("bank:export")
    part, format = form.part(), FORMATS[form.cleaned_data["format"]]
    try:
        written = form.write(part)
    except FileNotFoundError:
        return back_with(request, reverse("bank:export"), error=PICTURE_LOST)
    number = f"-{part.number}" if part.paginator.num_pages > 1 else ""
    name = f"{form.cleaned_data['item'].name}题库{number}{format.suffix}"
    return FileResponse(BytesIO(written.data), as_attachment=True, filename=name)
