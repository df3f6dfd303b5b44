"""What a question's page says first: where it stands, and what comes next."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from question_bank.models import Question, QuestionState
from question_bank.questions.reviewing import why_not_reviewer
from question_bank.rules import content_problems


@dataclass(frozen=True, slots=True)
class Guide:
    """A chip (sign, word, look), sentences, and whether `user` may judge, retire or restore."""

    sign: str
    word: str
    look: str
    sentences: list[str]
    may_review: bool = False
    is_retired: bool = False


def guide_to(question: Question, *, user: User, today: date) -> Guide:
    """Where `question` stands for `user` today."""
    if question.state == QuestionState.RETIRED:
        said = "课时和试卷不能再选用这道题。恢复以后是草稿，须重新审定。"
        return Guide("✕", "已停用", "bad", [said], is_retired=True)
    warnings = [] if question.content.holds_on(today) else [_outside(question, today)]
    if question.state == QuestionState.REVIEWED:
        judged = (
            f"{question.reviewed_by} 于 {question.reviewed_at:%Y年%-m月%-d日}审定第 {question.version} 版。"
        )
        said = f"{judged}改动题目会成为新的一版，须重新审定。"
        return Guide("✓", "已审", "good", [*warnings, said])
    return _draft(question, user, warnings)


def _draft(question: Question, user: User, warnings: list[str]) -> Guide:
    if question.review_note:
        said = f"审题人退回：{question.review_note}请修改后保存，会重新等待审定。"
        return Guide("↩", "待修改", "warn", [*warnings, said])
    if problems := content_problems(question.content):
        said = [problem.message for problem in problems]
        return Guide("!", "待补全", "warn", [*warnings, *said])
    may_review = why_not_reviewer(user, question) is None
    if question.is_unchecked_draft:
        said = (
            "系统按视频里的一句话起草，可能听错，也可能不该考：请核对或修改，再由另一个人审定；此前不算题数。"
        )
        return Guide("✎", "未审核草稿", "warn", [*warnings, said], may_review=may_review)
    said = "请您审定。" if may_review else "已写完整，等待本机构同事或审核员审定；编写人不能审自己的题。"
    return Guide("…", "待审定", "busy", [*warnings, said], may_review=may_review)


def _outside(question: Question, today: date) -> str:
    if question.valid_from and question.valid_from > today:
        return f"{question.valid_from:%Y年%-m月%-d日}才启用，现在课时和试卷不能用。"
    return f"有效期已于 {question.valid_to:%Y年%-m月%-d日}结束，课时和试卷不能再用。"
