"""What the doors that need a certain row ask for; a whole route names one door, its row is also the form."""

from typing import Any

from accounts.models import User
from catalog.models import Instrument
from cms.law import closing
from cms.models import Course, CourseRelease, CourseSuggestion, UpdateNotice
from cms.selections import select_release
from media_pipeline.models import Video
from question_bank.models import DeliveryToken, Paper, Question, QuestionSuggestion
from question_bank.papers.acts import create_paper
from question_bank.questions.citing import cite
from tests import makers


def rows_of_single_doors(
    people: dict[str, User], course: Course, question: Question, released: CourseRelease
) -> dict[str, dict[str, Any]]:
    return (
        _law(people["owner"], course, released)
        | _questions(people, question)
        | _files(course, released)
        | _choice(people["institution"], released)
    )


def _law(owner: User, course: Course, released: CourseRelease) -> dict[str, dict[str, Any]]:
    notice = UpdateNotice.objects.get(course=released.course)
    law = notice.version.instrument
    said = CourseSuggestion.objects.create(course=course, instrument=law, place="简介", words="规定")
    why = "课程没有讲到改动的条文，已逐条核对。"
    proposal = closing.propose_no_change(notice, reason=why, by=owner)
    decide = {"pk": notice.pk, "proposal": proposal.pk, "accept": "yes"}
    return {
        "admin/courses/<int:pk>/law/decide/": {"pk": course.pk, "suggestion": said.pk, "confirm": "1"},
        "admin/notices/<int:pk>/no-change/decide/": decide,
    }


def _questions(people: dict[str, User], question: Question) -> dict[str, dict[str, Any]]:
    owner, law = people["owner"], Instrument.objects.first()
    named = QuestionSuggestion.objects.create(question=question, instrument=law, place="题干", words="规定")
    cited = cite(question, instrument=law, article="第七条", by=owner)
    paper = create_paper(item=question.item, institution=owner.institution, title="一套", by=owner)
    Paper.objects.filter(pk=paper.pk).update(lot="甲")
    token = DeliveryToken.objects.create(name="某平台", digest="0" * 64, created_by=people["admin"])
    at = "admin/bank/questions/<int:pk>/citations"
    return {
        f"{at}/add/": {"pk": question.pk, "instrument": law.pk, "article": "第八条"},
        f"{at}/dismiss/": {"pk": question.pk, "suggestion": named.pk},
        f"{at}/remove/": {"pk": question.pk, "citation": cited.pk},
        "admin/bank/papers/<int:pk>/lot/": {"pk": paper.pk},
        "admin/bank/pairs/compare/": {"item": question.item_id},
        "admin/bank/statistics/tokens/revoke/": {"token": token.pk},
    }


def _files(course: Course, released: CourseRelease) -> dict[str, dict[str, Any]]:
    """A picture made of the draft's video, one of the published video, one of the handbook."""
    draft = Video.objects.get(pk=course.get_latest_revision_as_object().lessons.get().video_id)
    shown = Video.objects.get(pk=released.manifest["lessons"][0]["video"]["id"])
    makers.make_rendition(draft, "sprite.jpg")
    makers.make_rendition(shown, "poster.jpg")
    return {
        "videos/<uuid:video_id>/renditions/": {"video_id": draft.pk, "name": "sprite.jpg"},
        "courses/<uuid:pk>/videos/<uuid:video>/renditions/": {
            "pk": released.pk,
            "video": shown.pk,
            "name": "poster.jpg",
        },
        "handbook/<slug:role>/pictures/": {"role": "admin", "name": "coverage.png"},
    }


def _choice(person: User, released: CourseRelease) -> dict[str, dict[str, Any]]:
    select_release(released, by=person)
    return {"courses/<uuid:pk>/unselect/": {"pk": released.pk}}
