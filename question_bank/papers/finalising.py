"""A paper becomes final: what keeps it from it, and the act."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from question_bank.models import Paper, PaperQuestion, PaperState, QuestionState
from question_bank.papers.acts import PaperRefused, draft_of
from question_bank.rules import content_problems


@transaction.atomic
def finalise(paper: Paper, *, by: User) -> None:
    """Let a paper be what is sat: from now on it never changes. Raises `PaperRefused` with what is amiss."""
    standing = draft_of(paper)
    if found := why_not_final(standing, timezone.localdate()):
        raise PaperRefused(found[0])
    standing.state, standing.finalised_by, standing.finalised_at = PaperState.FINAL, by, timezone.now()
    standing.save(update_fields=["state", "finalised_by", "finalised_at"])
    log(instance=standing, action="question_bank.finalise", user=by)


def why_not_final(paper: Paper, today: date) -> list[str]:
    """What keeps a paper from being final, one sentence each; empty when nothing does."""
    entries = list(paper.entries.select_related("question", "version"))
    if not entries:
        return ["试卷里还没有题目，请先选题。"]
    counts = {
        "道题在试卷里的版本还没有经另一个人审定，请先审题（平台承诺书第五项）": [
            entry for entry in entries if not _is_reviewed(entry)
        ],
        "道题已停用，请换题": [e for e in entries if e.question.state == QuestionState.RETIRED],
        "道题今天不在有效期内，请换题": [e for e in entries if not e.version.content.holds_on(today)],
        "道题不完整（如没有解析），请先补全": [e for e in entries if content_problems(e.version.content)],
    }
    return [f"有 {len(found)} {what}。" for what, found in counts.items() if found]


def _is_reviewed(entry: PaperQuestion) -> bool:
    return entry.question.state == QuestionState.REVIEWED and not entry.is_outdated
