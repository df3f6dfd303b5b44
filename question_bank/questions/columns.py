from typing import Any

from django.utils.html import format_html
from wagtail.admin.ui.tables import Column

from question_bank.models import Question, QuestionState
from question_bank.rules import content_problems

_CHIPS = {
    QuestionState.DRAFT: ("…", "待审定", "busy"),
    QuestionState.REVIEWED: ("✓", "已审", "good"),
    QuestionState.RETIRED: ("✕", "已停用", "bad"),
}
_CHIP = (
    '<span class="ak"><span class="ak-chip ak-chip--{}"><span aria-hidden="true">{}</span>{}</span></span>'
)


class StateColumn(Column):
    """A question's state as the chip that all screens show."""

    def get_value(self, instance: Question) -> Any:
        sign, word, look = _CHIPS[QuestionState(instance.state)]
        if instance.state == QuestionState.DRAFT and instance.review_note:
            sign, word, look = "↩", "待修改", "warn"
        elif instance.state == QuestionState.DRAFT and content_problems(instance.content):
            sign, word, look = "!", "待补全", "warn"
        elif instance.is_unchecked_draft:
            sign, word, look = "✎", "未审核草稿", "warn"
        return format_html(_CHIP, look, sign, word)
