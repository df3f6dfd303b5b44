"""The automatic gate: what keeps a draft from review, and where each obstacle is mended."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from cms.models.course import Course
from cms.review.facts import facts_of
from cms.review.rules import Mend, Obstacle, obstacles


def obstacles_of(draft: Course, *, today: date | None = None) -> list[Obstacle]:
    """Every reason why `draft` cannot be submitted today; empty when it can."""
    return obstacles(facts_of(draft), today=today or timezone.localdate())


def mend_url(course_id: int, obstacle: Obstacle) -> str:
    """The page and place where `obstacle` is mended."""
    page = reverse("cms:course", args=[course_id])
    match obstacle.mend:
        case Mend.DETAILS:
            return reverse("wagtailsnippets_cms_course:edit", args=[course_id])
        case Mend.OUTLINE:
            return f"{page}#outline"
        case Mend.REPORT:
            return reverse("cms:video_report", args=[obstacle.video_id])
        case Mend.QUESTIONS:
            return reverse("cms:place_question", args=[course_id, obstacle.lesson])
        case Mend.VIDEO:
            return f"{page}#lesson-{obstacle.lesson}"
    return f"{page}#add-lesson"


def as_comment(found: list[Obstacle]) -> str:
    """The obstacles as the plain text that Wagtail's workflow history shows."""
    return "\n".join(f"{obstacle.message}（{obstacle.clause}）" for obstacle in found)
