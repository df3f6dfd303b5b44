"""What stands in a bank, as an import is compared with it."""

from collections.abc import Iterator

from accounts.models import Institution
from catalog.models import OperationItem
from question_bank.content import Content
from question_bank.importing.updating import Entry, Standing
from question_bank.models import BatchState, ImportBatch, ImportRow, Question

_TEXTS = ("type", "stem", "options", "answer", "explanation")
_COLUMNS = (*_TEXTS, "difficulty", "images", "valid_from", "valid_to")


def standing_beside(batch: ImportBatch) -> Iterator[Standing]:
    """What the questions of a batch are compared with."""
    return standing_questions(item=batch.item, institution=batch.institution, bank=batch.bank)


def standing_questions(
    *, item: OperationItem, institution: Institution | None, bank: str = ""
) -> Iterator[Standing]:
    """Every question of the item in use, those that this very bank brought with their place there."""
    brought = _brought(item, institution, bank) if institution and bank else {}
    questions = Question.objects.filter(item=item).not_retired().order_by()
    if institution:
        questions = questions.filter(institution=institution)
    for pk, version, *values in questions.values_list("pk", "version", *_COLUMNS).iterator(2000):
        entry, print = brought.get(pk, (None, ""))
        yield Standing(f"题库第 {pk} 号题", content_of(values), pk, version, entry, print)


def content_of(values: list) -> Content:
    """A `Content` of column values in the order of `_COLUMNS`."""
    named = dict(zip(_COLUMNS, values, strict=True))
    return Content(**named | {name: tuple(named[name]) for name in ("options", "answer", "images")})


def _brought(item: OperationItem, institution: Institution, bank: str) -> dict[int, tuple[Entry, str]]:
    """Question → its place in the bank of this name and what was said there last."""
    rows = ImportRow.objects.filter(
        batch__item=item,
        batch__institution=institution,
        batch__bank=bank,
        batch__state=BatchState.SAVED,
        question__isnull=False,
    ).order_by("batch_id")
    said = rows.values_list("question", "section", "entry_type", "number", "where", "print")
    return {pk: ((section, kind, number or where), print) for pk, section, kind, number, where, print in said}
