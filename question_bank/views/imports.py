"""Importing in the browser: drop a file, watch it being read, put it right, save it once."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.pages import AdminPage, back_with, posted_row
from accounts.roles import Role
from catalog.models import OperationItem
from question_bank.content import QuestionType
from question_bank.importing.sniffing import MAX_BYTES
from question_bank.intake import looking, receiving, saving
from question_bank.intake.turns import begin, read_batch
from question_bank.models import BatchState, ImportBatch, ImportRow, Outcome
from question_bank.views.images import image_response
from question_bank.views.import_batches import batch_of
from question_bank.views.import_cards import card_of, codes_of, fixed_content
from question_bank.views.reading_again import Openings, openings_of

PER_PAGE = 25
TYPES = [(kind.value, kind.label) for kind in QuestionType]


class ImportsPage(AdminPage):
    """GET lists the imports of the institution and takes a file; POST keeps it and begins to read."""

    roles = (Role.AUTHOR,)
    template_name = "question_bank/imports/list.html"
    page_title = "导入题库"
    header_icon = "upload"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("question:index"), "题库"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batches = ImportBatch.objects.visible_to(self.request.user).select_related("item", "created_by")
        page = Paginator(batches, PER_PAGE).get_page(self.request.GET.get("p"))
        items = OperationItem.objects.order_by("pk")
        last = batches.first()
        return super().get_context_data(**kwargs) | {
            "page": page,
            "items": items,
            "chosen": self.request.GET.get("item") or (last.item_id if last else ""),
        }


@require_POST
@transaction.non_atomic_requests
def upload(request: HttpRequest) -> HttpResponse:
    """Keep the file first, in a transaction of its own: whatever happens while it is read, it is there."""
    user, file = request.user, request.FILES.get("file")
    if not user.has_role(Role.AUTHOR) or user.institution is None:
        return back_with(request, reverse("bank:imports"), error="只有有所属机构的课程作者可以导入题库。")
    item = posted_row(OperationItem.objects.all(), request, "item") if request.POST.get("item") else None
    if item is None or file is None:
        return back_with(request, reverse("bank:imports"), error="请选择操作项目和题库文件，再点“开始导入”。")
    keys = request.FILES.get("keys")
    if max(file.size, keys.size if keys else 0) > MAX_BYTES:
        return back_with(
            request,
            reverse("bank:imports"),
            error=f"文件最大 {MAX_BYTES // 1024**2} MB；请分成几个文件导入。",
        )
    with transaction.atomic():
        batch = receiving.receive(
            item=item,
            institution=user.institution,
            name=file.name,
            data=file.read(),
            keys=(keys.name, keys.read()) if keys else None,
            by=user,
        )
    begin(batch, size=file.size, now=timezone.now())
    return redirect("bank:import", batch.pk)


class ImportPage(AdminPage):
    """One import: waiting, to be mapped, to be reviewed, or done."""

    roles = (Role.AUTHOR, Role.ADMIN)
    template_name = "question_bank/imports/page.html"
    header_icon = "upload"

    def load(self, **kwargs: Any) -> None:
        self.batch = batch_of(self.request, kwargs["pk"])

    def get_page_title(self) -> str:
        return f"导入：{self.batch.name}"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("question:index"), "题库"), (reverse("bank:imports"), "导入"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | review_context(self.request, self.batch)


def review_context(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    """The bar, the filters and one page of cards: a fixed number of queries."""
    outcome, code = request.GET.get("outcome", ""), request.GET.get("code", "")
    rows = batch.rows.all()
    if outcome in Outcome.values:
        rows = rows.filter(outcome=outcome)
    if code:
        rows = rows.filter(codes__contains=f"|{code}|")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    listed = list(page.object_list)
    questions = looking.question_names(listed)
    counts = looking.counts(batch)
    doubts = looking.doubts(batch)
    may_edit = request.user.has_role(Role.AUTHOR) and batch.state == BatchState.REVIEW
    return {
        "batch": batch,
        "counts": counts,
        "bar": bar_of(counts, outcome),
        "openings": openings_of(batch, dict(doubts)) if may_edit else Openings(),
        "page": page,
        "cards": [card_of(row, questions) for row in listed],
        "doubtful_here": [row.pk for row in listed if row.outcome == Outcome.DOUBTFUL],
        "codes": codes_of(doubts),
        "outcome": outcome,
        "code": code,
        "keep": _kept(outcome, code),
        "types": TYPES,
        "may_edit": may_edit,
    }


def _kept(outcome: str, code: str) -> str:
    """What the addresses of further pages repeat."""
    kept = {name: value for name, value in {"outcome": outcome, "code": code}.items() if value}
    return f"{urlencode(kept)}&" if kept else ""


_LOOKS = {
    "1_doubtful": "warn",
    "2_update": "busy",
    "3_fine": "good",
    "4_refused": "bad",
    "5_duplicate": "quiet",
}
_SIGNS = {"1_doubtful": "?", "2_update": "↻", "3_fine": "✓", "4_refused": "✕", "5_duplicate": "＝"}
_BAR_ORDER = ("3_fine", "2_update", "1_doubtful", "4_refused", "5_duplicate")


def bar_of(counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    """The parts of the bar, each a filter: sign, word, number and share."""
    total = max(counts["found"], 1)
    parts = []
    for value in _BAR_ORDER:
        count = counts[Outcome(value).name.lower()]
        parts.append(
            {
                "value": value,
                "label": Outcome(value).label,
                "sign": _SIGNS[value],
                "look": _LOOKS[value],
                "count": count,
                "begin": round(sum(part["share"] for part in parts), 3),
                "share": round(100 * count / total, 3),
                "chosen": value == chosen,
            }
        )
    return parts


@require_POST
def decide(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """Accept, refuse or fix one question; htmx gets its card and the bar, others the page again."""
    batch = batch_of(request, pk)
    row = get_object_or_404(batch.rows.select_related("batch"), pk=row_pk)
    error = _decide(request, row)
    if not request.htmx:
        return back_with(request, _address(request, batch), error=error)
    row = ImportRow.objects.select_related("batch").get(pk=row.pk)
    counts = looking.counts(batch)
    return render(
        request,
        "question_bank/imports/decided.html",
        {
            "card": card_of(
                row, looking.question_names([row]), error=error, typed=request.POST if error else None
            ),
            "batch": batch,
            "counts": counts,
            "bar": bar_of(counts, ""),
            "may_edit": True,
            "swapped": True,
            "types": TYPES,
        },
    )


def _decide(request: HttpRequest, row: ImportRow) -> str:
    if not request.user.has_role(Role.AUTHOR):
        return "只有本机构的课程作者可以核对导入的题目。"
    try:
        if "accept" in request.POST:
            looking.accept(row, by=request.user)
        elif "refuse" in request.POST:
            looking.refuse(row, by=request.user)
        elif "fix" in request.POST:
            fixed = looking.fix(row, fixed_content(request.POST, row), by=request.user)
            return "这样改还不能收，原因写在下面，请再改。" if fixed.outcome == Outcome.REFUSED else ""
    except receiving.ImportRefused as refusal:
        return str(refusal)
    return ""


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """What is done to the batch as a whole: confirm a page, leave the doubtful, save, give up."""
    batch = batch_of(request, pk)
    here = _address(request, batch)
    if not request.user.has_role(Role.AUTHOR):
        return back_with(request, here, error="只有本机构的课程作者可以保存导入的题目。")
    try:
        if "looked" in request.POST:
            seen = [int(each) for each in request.POST.getlist("row") if each.isdecimal()]
            count = looking.accept_looked_at(batch, seen, by=request.user)
            return back_with(request, here, done=f"记下了：这一页 {count} 道存疑的题您看过，没问题。")
        if "leave" in request.POST:
            left = looking.leave_doubtful(batch, by=request.user)
            done = f"{left} 道没看过的存疑题不收，列在“不收”里，保存前还可以收回。其余的请点“保存”。"
        elif "save" in request.POST:
            saved = saving.save(batch, by=request.user, now=timezone.now())
            done = (
                "已保存到题库，等待审定；没有解析的请先补全。"
                if saved
                else "这次导入已经保存过，没有重复保存。"
            )
        elif "discard" in request.POST:
            done = "已放弃这次导入，题库没有改动。" if receiving.discard(batch) else "这次导入不能放弃。"
        else:
            return back_with(request, here, error="页面已经更新，这个按钮不在了；请再选一次。")
    except receiving.ImportRefused as refusal:
        return back_with(request, here, error=str(refusal))
    return back_with(request, reverse("bank:import", args=[batch.pk]), done=done)


@require_POST
@transaction.non_atomic_requests
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the file once more, as it is."""
    batch = batch_of(request, pk)
    try:
        receiving.read_again(batch, hints=batch.hints)
    except receiving.ImportRefused as refusal:
        return back_with(request, reverse("bank:import", args=[pk]), error=str(refusal))
    read_batch(batch.pk, now=timezone.now())
    return redirect("bank:import", pk)


def image(request: HttpRequest, pk: int, row_pk: int, place: int) -> HttpResponse:
    """A picture of a question that is not saved yet, for whoever may see the import."""
    row = get_object_or_404(batch_of(request, pk).rows, pk=row_pk)
    return image_response(row.images, place)


def _address(request: HttpRequest, batch: ImportBatch) -> str:
    query = request.POST.get("query", "")
    here = reverse("bank:import", args=[batch.pk])
    return f"{here}?{query}" if query and "//" not in query else here
