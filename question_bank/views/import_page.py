"""One import as a person looks it through: the bar, the filters and a page of cards."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse

from accounts.pages import AdminPage
from accounts.roles import Role
from question_bank.content import QuestionType
from question_bank.intake import looking
from question_bank.models import BatchState, ImportBatch, Outcome
from question_bank.views.import_bar import bar_of
from question_bank.views.import_batches import batch_of
from question_bank.views.import_cards import card_of, codes_of
from question_bank.views.reading_again import Openings, openings_of

PER_PAGE = 25
TYPES = [(kind.value, kind.label) for kind in QuestionType]


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
