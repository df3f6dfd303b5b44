"""Which column holds what, said by hand: the first rows of each table with a choice over each column."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator

from accounts.pages import AdminPage
from accounts.roles import Role
from question_bank.importing.cage import tables_safely
from question_bank.importing.columns import Columns
from question_bank.importing.hints import FIELDS, BadHints, read_columns, written_columns
from question_bank.importing.raw import Unreadable
from question_bank.importing.tables import columns_of, layout_of
from question_bank.intake import reading, receiving
from question_bank.intake.turns import begin
from question_bank.models import ImportBatch
from question_bank.views.import_batches import batch_of
from question_bank.views.import_cards import shown_source

_SHOWN_ROWS = 6
_SHOWN_TABLES = 10
OPTION = "option"
CHOICES = {"": "不导入", **FIELDS, OPTION: "一个选项"}


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as the page shows it: what each column is taken for, and its first rows."""

    place: int
    fingerprint: str
    where: str
    rows: int
    columns: list[tuple[str, str]]  # heading, chosen field
    sample: list[tuple[str, ...]]


def shown_tables(batch: ImportBatch) -> list[ShownTable]:
    """The tables of the file, one for each kind of heading; none for a file that has no tables."""
    data = receiving.bytes_of(batch.file)
    hints = reading.hints_of(batch)
    try:
        tables = tables_safely(data)
    except Unreadable:
        return []
    shown: dict[str, ShownTable] = {}
    for rows in tables:
        layout = layout_of(rows)
        if layout.body and layout.fingerprint not in shown and len(shown) < _SHOWN_TABLES:
            shown[layout.fingerprint] = _shown(len(shown), layout, columns_of(layout, hints))
    return list(shown.values())


def _shown(place: int, layout: Any, columns: Columns | None) -> ShownTable:
    width = max(len(row.cells) for row in layout.body)
    chosen = {at: name for name, at in columns.fields.items()} if columns else {}
    chosen |= dict.fromkeys(columns.options, OPTION) if columns else {}
    heading = (*layout.heading, *[""] * width)
    sample = [
        tuple(shown_source(cell)[:80] for cell in (*row.cells, *[""] * width)[:width])
        for row in layout.body[:_SHOWN_ROWS]
    ]
    return ShownTable(
        place,
        layout.fingerprint,
        layout.body[0].where,
        len(layout.body),
        [(heading[at] or f"第 {at + 1} 列", chosen.get(at, "")) for at in range(width)],
        sample,
    )


def said_hints(posted: Any, tables: list[ShownTable]) -> dict[str, Any]:
    """The hints a person chose. Raises BadHints."""
    said = {table.fingerprint: columns for table in tables if (columns := _said(posted, table))}
    if tables and not said:
        raise BadHints("没有指定题干在哪一列，请先指定。")
    hints: dict[str, Any] = {"tables": said} if said else {}
    if posted.get("true_digit") in ("0", "1"):
        hints["true_digit"] = posted["true_digit"]
    if posted.get("first_is_right"):
        hints["first_is_right"] = True
    return hints


def _said(posted: Any, table: ShownTable) -> dict[str, Any] | None:
    """What was chosen over the columns of one table; None when all of it is left out."""
    choices = [posted.get(f"t{table.place}-{at}", "") for at in range(len(table.columns))]
    fields: dict[str, int] = {}
    for number, choice in enumerate(choices, start=1):
        if choice in fields:
            raise BadHints(f"“{CHOICES[choice]}”选了两列，请核对第 {fields[choice]} 列和第 {number} 列。")
        if choice in FIELDS:
            fields[choice] = number
    options = [number for number, choice in enumerate(choices, start=1) if choice == OPTION]
    if not fields and not options:
        return None
    return written_columns(read_columns(fields, options))


def _as_chosen(table: ShownTable, posted: Any) -> ShownTable:
    """The table with what was chosen just now, right or wrong."""
    columns = [
        (heading, posted.get(f"t{table.place}-{at}", "")) for at, (heading, _) in enumerate(table.columns)
    ]
    return replace(table, columns=columns)


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class MappingPage(AdminPage):
    """GET shows the columns; POST remembers them for the institution and reads the file anew."""

    roles = (Role.AUTHOR,)
    template_name = "question_bank/imports/mapping.html"
    page_title = "指定各列"
    header_icon = "table"

    def load(self, **kwargs: Any) -> None:
        self.batch = batch_of(self.request, kwargs["pk"])

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        here = reverse("bank:import", args=[self.batch.pk])
        return ((reverse("bank:imports"), "导入"), (here, self.batch.name))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = {"hints": self.batch.hints} | kwargs
        tables = said.get("tables") or shown_tables(self.batch)
        shown = {"batch": self.batch, "tables": tables, "choices": CHOICES.items()}
        return super().get_context_data(**said) | shown

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        tables = shown_tables(self.batch)
        try:
            receiving.read_again(self.batch, hints=said_hints(request.POST, tables))
        except (BadHints, receiving.ImportRefused) as refusal:
            messages.error(request, str(refusal))
            chosen = [_as_chosen(table, request.POST) for table in tables]
            return self.render_to_response(self.get_context_data(tables=chosen, hints=request.POST))
        begin(self.batch, size=len(receiving.bytes_of(self.batch.file)), now=timezone.now())
        return redirect("bank:import", self.batch.pk)
