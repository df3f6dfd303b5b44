"""Which catalog counts today."""

from datetime import date

from django.db.models import Q

from catalog.models import CatalogEdition

NO_EDITION = "还没有载入操作项目目录，请先运行 ./run manage load_catalog。"


def current_edition(today: date) -> CatalogEdition | None:
    """The newest edition valid on `today`; None while no catalog is loaded."""
    valid = CatalogEdition.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today)
    return valid.order_by("-valid_from").first()
