"""What a search found is set beside what stands: decisions are kept, what vanished is marked."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from catalog.models import CitationSuggestion, SuggestionState

BATCH = 500  # rows a statement


def keep(
    standing: Sequence[CitationSuggestion],
    found: Iterable[CitationSuggestion],
    *key: str,
    follow: Sequence[str] = ("context",),
) -> None:
    """Bring the suggestions `standing` into line with those `found`, matched by the fields of `key`.

    The fields of `follow` (when it is said, the sentence) are brought up to date.

    What somebody decided about the same words stays decided. A few statements, however many there are.
    """
    by_key = {_key(row, key): row for row in reversed(list(found))}
    known = {_key(row, key): row for row in standing}
    for model in {type(row) for row in (*by_key.values(), *standing)}:
        fresh = [by_key[one] for one in reversed(by_key) if one not in known]
        model.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=BATCH)
        moved = [row for one, row in known.items() if one in by_key and _follows(row, by_key[one], follow)]
        model.objects.bulk_update(moved, follow, batch_size=BATCH)
        gone = [row.pk for one, row in known.items() if row.is_present and one not in by_key]
        back = [row.pk for one, row in known.items() if not row.is_present and one in by_key]
        _mark(model, gone, is_present=False)
        _mark(model, back, is_present=True)


def _mark(model: type[models.Model], ids: list[int], *, is_present: bool) -> None:
    for at in range(0, len(ids), BATCH):
        model.objects.filter(pk__in=ids[at : at + BATCH]).update(is_present=is_present)


def _follows(row: CitationSuggestion, found: CitationSuggestion, names: Sequence[str]) -> bool:
    """Set the fields `names` of `row` to what was found; whether that changed any."""
    changed = [name for name in names if getattr(row, name) != getattr(found, name)]
    for name in changed:
        setattr(row, name, getattr(found, name))
    return bool(changed)


def _key(row: CitationSuggestion, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


@transaction.atomic
def decide(suggestion: CitationSuggestion, state: SuggestionState, *, by: models.Model) -> None:
    """Confirm or reject; a later click of the same person or another replaces it."""
    suggestion.state, suggestion.decided_by, suggestion.decided_at = state, by, timezone.now()
    suggestion.save(update_fields=["state", "decided_by", "decided_at"])


def reopen(suggestions: models.QuerySet) -> None:
    """Take a decision back: they wait again."""
    suggestions.update(state=SuggestionState.SUGGESTED, decided_by=None, decided_at=None)
