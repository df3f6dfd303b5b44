"""Which import a page is about."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from question_bank.models import ImportBatch


def batch_of(request: HttpRequest, pk: int) -> ImportBatch:
    """A batch this person may see and, as an author, work on; else 404."""
    visible = ImportBatch.objects.visible_to(request.user).select_related("item", "institution", "created_by")
    return get_object_or_404(visible, pk=pk)
