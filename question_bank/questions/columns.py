from typing import Any

from django.utils.html import format_html
from wagtail.admin.ui.tables import Column

from question_bank.models import Question

_CHIP = (
    '<span class="ak"><span class="ak-chip ak-chip--{}"><span aria-hidden="true">{}</span>{}</span></span>'
)


class StateColumn(Column):
    """A question's state as the chip that all screens show."""

    def get_value(self, instance: Question) -> Any:
        sign, word, look = instance.chip
        return format_html(_CHIP, look, sign, word)
