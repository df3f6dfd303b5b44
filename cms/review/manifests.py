"""What a release freezes, as plain JSON with one canonical form and so one hash."""

import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any

from cms.footage.lessons import lessons_of
from cms.models.course import Course
from cms.models.instructor import Instructor
from cms.models.lesson import CourseCitation, Lesson, LessonQuestion
from cms.models.overruling import Overruling
from cms.question_versions import earlier_versions
from cms.review.rests_on import WHOLE_COURSE, Named, confirmed_laws
from media_pipeline.captioning import captions_of
from media_pipeline.captions import vtt
from media_pipeline.models import Captions, Finding, Video
from question_bank.models import QuestionContent, QuestionVersion
from question_bank.rules import ATTEMPTS, PASS_MARK, SECONDS_PER_QUESTION

FORMAT = 1


def manifest_of(draft: Course) -> dict[str, Any]:
    """Everything a learner gets and everything it rests on; durations in seconds, dates in ISO 8601."""
    laws = confirmed_laws(draft)
    named = {"confirmed": laws[WHOLE_COURSE]} if WHOLE_COURSE in laws else {}
    return named | {
        "format": FORMAT,
        "course": _course(draft),
        "policy": {
            "seconds_per_question": SECONDS_PER_QUESTION,
            "attempts": ATTEMPTS,
            "pass_mark": PASS_MARK,
            "clause": "附件3第32项",
        },
        "instructors": [_instructor(row) for row in sorted(draft.instructors.all(), key=attrgetter("pk"))],
        "citations": [_citation(row) for row in draft.citations.all()],
        "lessons": _lessons(draft, laws),
    }


def _lessons(draft: Course, laws: dict[str, list[Named]]) -> list[dict[str, Any]]:
    lessons = lessons_of(draft)
    asked = [placement.question for lesson in lessons for placement in lesson.placements.all()]
    earlier = earlier_versions(asked)
    captions = captions_of(lesson.video for lesson in lessons if lesson.video)
    return [
        _lesson(lesson, earlier, captions.get(lesson.video_id), laws.get(str(lesson.key), ()))
        for lesson in lessons
    ]


def fingerprint(manifest: dict[str, Any]) -> str:
    """SHA-256 (hex) of the canonical JSON of `manifest`."""
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _course(draft: Course) -> dict[str, Any]:
    return {
        "id": draft.pk,
        "title": draft.title,
        "item": draft.item_id,
        "kind": draft.kind,
        "objectives": draft.objectives,
        "summary": draft.summary,
        "hours": f"{Decimal(draft.hours).normalize():f}",
        "institution": draft.institution.name,
        "rights": {
            "kind": draft.rights,
            "holder": draft.rights_holder,
            "until": draft.rights_until and draft.rights_until.isoformat(),
        },
    }


def _instructor(row: Instructor) -> dict[str, Any]:
    more = {"introduction": row.introduction} if row.introduction else {}
    more |= {"photo_of": row.pk} if row.photo else {}
    return more | {
        name: getattr(row, name) for name in ("name", "title", "unit", "field", "years_of_practice")
    }


def _citation(row: CourseCitation) -> dict[str, Any]:
    version = row.version
    return {
        "version": version.slug,
        "title": version.title,
        "number": version.number,
        "article": row.article,
        "published": version.published and version.published.isoformat(),
        "effective": version.effective and version.effective.isoformat(),
    }


def _lesson(
    lesson: Lesson,
    earlier: dict[int, list[QuestionVersion]],
    captions: Captions | None,
    laws: Sequence[Named],
) -> dict[str, Any]:
    cited = {"citations": list(laws)} if laws else {}
    return (
        cited
        | _validity(lesson)
        | {
            "key": str(lesson.key),
            "title": lesson.title,
            "video": lesson.video and _video(lesson.video) | (_captions(captions) if captions else {}),
            "questions": [question_of(placement, earlier) for placement in lesson.placements.all()],
        }
    )


def _video(video: Video) -> dict[str, Any]:
    return {
        "id": str(video.pk),
        "sha256": video.sha256,
        "size": video.size,
        "duration_s": video.duration_s,
        "judged_by": video.measurement and video.measurement.profile,
        "checks": [_check(finding, video.overrulings.get(finding.check_id)) for finding in video.findings],
    }


def _captions(captions: Captions) -> dict[str, Any]:
    """The version that learners are shown; its text never changes, the sum proves it."""
    sha256 = hashlib.sha256(vtt(captions.cues).encode()).hexdigest()
    return {"captions": {"version": captions.number, "sha256": sha256}}


def _check(finding: Finding, overruling: Overruling | None) -> dict[str, Any]:
    """A finding, and whose word settled it."""
    said = {"overruled": _overruled(overruling)} if overruling and overruling.is_in_effect else {}
    return said | {
        "id": finding.check_id,
        "title": finding.title,
        "verdict": finding.verdict,
        "value": finding.value,
    }


def _overruled(said: Overruling) -> dict[str, Any]:
    return {
        "by": str(said.by),
        "confirmed_by": str(said.confirmed_by) if said.confirmed_by else None,
        "reason": said.reason,
        "at": (said.confirmed_at or said.decided_at).isoformat(),
    }


def question_of(
    placement: LessonQuestion, earlier: dict[int, list[QuestionVersion]] | None = None
) -> dict[str, Any]:
    """A question as it is asked in a lesson; a learner's record needs no more."""
    question = placement.question
    before = [_words(version, version.number) for version in (earlier or {}).get(question.pk, ())]
    placed = {"id": question.pk, "at_s": placement.at_s} | ({"earlier": before} if before else {})
    return _words(question, question.version) | placed


def _words(content: QuestionContent, version: int) -> dict[str, Any]:
    """What a question says in one version; names that most questions lack stand only where they are set."""
    images = {"images": list(content.images)} if content.images else {}
    return (
        images
        | _validity(content)
        | {
            "version": version,
            "type": content.type,
            "stem": content.stem,
            "options": list(content.options),
            "answer": list(content.answer),
            "explanation": content.explanation,
        }
    )


def _validity(row: Lesson | QuestionContent) -> dict[str, str]:
    days = {"valid_from": row.valid_from, "valid_to": row.valid_to}
    return {name: day.isoformat() for name, day in days.items() if day}
