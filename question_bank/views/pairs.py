"""Near pairs and contradictions of a bank, beside each other, with what can be done about them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.pages import AdminPage, back_with, posted_row
from accounts.roles import Role
from catalog.models import OperationItem
from question_bank.intake.turns import ring
from question_bank.likeness.duplicates import PairKind
from question_bank.models import Question
from question_bank.questions import pairing

PER_PAGE = 25
KINDS = {
    PairKind.CONTRADICTION: ("✕", "bad", "答案矛盾", "同一题干，答案相反：至少一道是错的。"),
    PairKind.SAME: ("＝", "warn", "完全相同", "字面相同，留一道即可。"),
    PairKind.NEAR: ("≈", "busy", "相近", "写法相近，看看是不是同一道题。"),
}


class PairsPage(AdminPage):
    roles = (Role.AUTHOR, Role.REVIEWER, Role.ADMIN)
    template_name = "question_bank/pairs.html"
    page_title = "相似和矛盾的题"
    header_icon = "copy"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("question:index"), "题库"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.request.GET.get("kind", "")
        pairs = pairing.pairs_visible_to(self.request.user).select_related(
            "first__item", "second__item", "first__created_by", "second__created_by"
        )
        if kind in KINDS:
            pairs = pairs.filter(kind=kind)
        page = Paginator(pairs.order_by("kind", "-score", "pk"), PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "page": page,
            "pairs": [(pair, *KINDS[PairKind(pair.kind)]) for pair in page.object_list],
            "kinds": [(value, said[2]) for value, said in KINDS.items()],
            "kind": kind,
            "items": self._items(),
            "chosen": self.request.GET.get("item", ""),
            "may_edit": self.request.user.has_role(Role.AUTHOR),
        }

    def _items(self) -> Any:
        seen = Question.objects.visible_to(self.request.user).not_retired()
        return OperationItem.objects.filter(pk__in=seen.values("item"))


@require_POST
def compare(request: HttpRequest) -> HttpResponse:
    """Look for pairs in the bank of an item: at once when it is small, else by a worker."""
    here, user = reverse("bank:pairs"), request.user
    if not user.has_role(Role.AUTHOR) or user.institution is None:
        return back_with(request, here, error="只有本机构的课程作者可以查找相似题。")
    item = posted_row(OperationItem.objects.all(), request, "item")
    here = f"{here}?item={item.pk}"
    if Question.objects.filter(item=item, institution=user.institution).count() > pairing.AT_ONCE:
        ring("find_pairs", item.pk, user.institution_id)
        return back_with(request, here, done="题目较多，正在后台比较，几分钟后刷新本页。")
    return back_with(request, here, done=f"比较完了：找到 {pairing.find(item.pk, user.institution_id)} 对。")


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Both are right, or one of the two goes."""
    pair = get_object_or_404(pairing.pairs_visible_to(request.user).select_related("first", "second"), pk=pk)
    here = reverse("bank:pairs")
    if not request.user.has_role(Role.AUTHOR):
        return back_with(request, here, error="只有本机构的课程作者可以处理相似题。")
    now = timezone.now()
    if "both_right" in request.POST:
        pairing.both_right(pair, by=request.user, now=now)
        return back_with(request, here, done="记下了：两道都对，改动之前不再提示。")
    gone = {str(question.pk): question for question in (pair.first, pair.second)}.get(
        request.POST.get("retire")
    )
    if gone is None:
        return back_with(request, here, error="请选择停用哪一道。")
    pairing.retire_one(pair, gone, by=request.user, now=now)
    return back_with(request, here, done=f"已停用第 {gone.pk} 号题，另一道保留。")
