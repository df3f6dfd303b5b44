"""The one thing an author does next on a course, as the button of its card."""

from dataclasses import dataclass

from django.urls import reverse

from cms.review.gates import mend_url
from cms.review.rules import Mend, Obstacle


@dataclass(frozen=True, slots=True)
class NextStep:
    """`how_many` obstacles are left; `url` leads to the first of them."""

    label: str
    url: str
    how_many: int


LABELS = {
    "no_lesson": "添加课时",
    "video_missing": "上传视频",
    "video_uploading": "续传视频",
    "video_received": "看存放进度",
    "video_refused": "换一个视频",
    "video_inspecting": "看检查进度",
    "video_not_inspected": "重新检查视频",
    "video_fails": "处理检查问题",
    "too_few_questions": "补题目",
    "shorter_than_outline": "补充课时",
    "points_missing": "补知识点的题目",
    "unusable_questions": "替换题目",
    "unreviewed_drafts": "核对起草的题",
}
FIRST = (Mend.LESSONS, Mend.VIDEO, Mend.REPORT, Mend.QUESTIONS, Mend.OUTLINE, Mend.DETAILS)


def update_step(course_id: int) -> NextStep:
    """A published course that the law makes due."""
    return NextStep("按新规更新", reverse("cms:course", args=[course_id]), 1)


def next_step(course_id: int, found: list[Obstacle]) -> NextStep:
    """What to do first with a draft: lessons and videos, then questions, then details, then submit."""
    if not found:
        return NextStep("提交审核", reverse("cms:course", args=[course_id]), 0)
    first = min(found, key=lambda obstacle: FIRST.index(obstacle.mend))
    label = LABELS.get(first.code, "补全课程信息")
    return NextStep(label, mend_url(course_id, first), len(found))
