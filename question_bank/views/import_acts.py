"""What a person does with an import: decide a question, the whole batch; look at a picture."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.pages import back_with
from accounts.roles import Role
from question_bank.intake import looking, receiving, saving
from question_bank.models import ImportBatch, ImportRow, Outcome
from question_bank.views.images import image_response
from question_bank.views.import_bar import bar_of
from question_bank.views.import_batches import batch_of
from question_bank.views.import_cards import card_of, fixed_content
from question_bank.views.import_page import TYPES


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


def image(request: HttpRequest, pk: int, row_pk: int, place: int) -> HttpResponse:
    """A picture of a question that is not saved yet, for whoever may see the import."""
    row = get_object_or_404(batch_of(request, pk).rows, pk=row_pk)
    return image_response(row.images, place)


def _address(request: HttpRequest, batch: ImportBatch) -> str:
    query = request.POST.get("query", "")
    here = reverse("bank:import", args=[batch.pk])
    return f"{here}?{query}" if query and "//" not in query else here
