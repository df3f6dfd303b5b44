"""One row of each kind, all of institution A, and the people who try to reach them."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.models import TaskState

from accounts.models import User
from accounts.roles import Role
from catalog.models import CatalogEdition, EditionRow, RowSuccession, Succession, TrainingOutline
from cms import drafts, sittings
from cms.law import feeds
from cms.law.notices import open_notices
from cms.models import Course, CourseRelease, UpdateNotice
from cms.review import overrulings, submissions
from media_pipeline import captioning
from media_pipeline.captions import Cue
from media_pipeline.limits import profiles
from media_pipeline.limits.thresholds import DEFAULT_PROFILE
from media_pipeline.models import Finding, Video
from media_pipeline.receiving import uploads
from question_bank.content import Content
from question_bank.images import keep_image
from question_bank.intake import receiving
from question_bank.intake.turns import read_batch
from question_bank.models import Blueprint, ImportBatch, Question, QuestionPair
from question_bank.papers.acts import arrange, create_paper
from question_bank.questions.acts import create_question
from tests import makers
from tests.doors.forms import rows_of_single_doors

SECRET = "甲院未发布"
BANK = f"1. {SECRET}：断电用（ ）。\nA. 开关，\nB. 手\n答案：A\n解析：用开关。\n"
RULES = {"quotas": [{"type": "single", "count": 1}]}


@dataclass(frozen=True)
class World:
    """`rows`: the row that `pk` names below a route; `common`: the other arguments, also of forms."""

    people: dict[str, User | None]
    rows: dict[str, Any]
    common: dict[str, Any]


def make_world(clip: bytes) -> World:
    owner = makers.make_user(Role.AUTHOR)
    people = {"anonymous": None, "owner": owner} | {
        name: makers.make_user(role)
        for name, role in {
            "outsider": Role.AUTHOR,
            "institution": Role.INSTITUTION,
            "reviewer": Role.REVIEWER,
            "admin": Role.ADMIN,
        }.items()
    }
    course, video, key = _course(owner, clip)
    question = _question(owner, course)
    released = _release(owner)
    rows, more = _bank_rows(owner, question)
    rows |= _course_rows(course, owner) | _law_rows(released, people["admin"])
    rows |= _video_rows(video, owner, course) | _released_rows(released)
    rows |= rows_of_single_doors(people, course, question, released)
    return World(people, rows, _shared(course, video, key, released, owner) | more)


def _release(owner: User) -> CourseRelease:
    """A published course with captions whose text of the law was replaced yesterday."""
    today = timezone.localdate()
    old, _ = makers.make_versions(effective=today - timedelta(days=1))
    course = makers.make_course(by=owner, cites=(old,))
    makers.make_lesson(course, by=owner)
    video = Video.objects.latest("created_at")
    captioning.save(video, [Cue(1, 3, "先断电")], based_on=0, by=owner, now=timezone.now())
    released = makers.release(course, by=owner)
    open_notices(today)
    return released


def _released_rows(released: CourseRelease) -> dict[str, Any]:
    lesson = released.manifest["lessons"][0]
    return {"courses/": {"pk": released.pk, "key": lesson["key"], "video": lesson["video"]["id"]}}


def _course(owner: User, clip: bytes) -> tuple[Course, Video, Any]:
    """A draft with a lesson: its video has captions and a finding that names a moment."""
    course = makers.make_course(by=owner, title=f"{SECRET}课程")
    key = makers.make_lesson(course, by=owner, title=f"{SECRET}课时")
    video = makers.make_video(by=owner, verdict="warn", data=clip)
    drafts.attach_video(course.pk, key, video=video, by=owner)
    Video.objects.filter(pk=video.pk).update(original_name=f"{SECRET}视频.mp4")
    finding = Finding.objects.get(measurement__job=video.job)
    finding.evidence = [{"start_s": 1.0, "end_s": 2.0}]
    finding.save()
    captioning.save(video, [Cue(1, 3, f"{SECRET}字幕")], based_on=0, by=owner, now=timezone.now())
    return course, video, key


def _question(owner: User, course: Course) -> Question:
    picture = keep_image(BytesIO(_picture("PNG")))
    content = Content(
        type="single",
        stem=f"{SECRET}题目",
        options=("开关", "手"),
        answer=("A",),
        explanation="用开关。",
        images=(picture,),
    )
    return create_question(item=course.item, institution=owner.institution, content=content, by=owner)


def _picture(kind: str) -> bytes:
    data = BytesIO()
    Image.new("RGB", (300, 400), "white").save(data, kind)
    return data.getvalue()


def _bank_rows(owner: User, question: Question) -> tuple[dict[str, Any], dict[str, Any]]:
    own = {"item": question.item, "institution": owner.institution}
    paper = create_paper(**own, title=f"{SECRET}试卷", by=owner)
    blueprint = Blueprint.objects.create(**own, created_by=owner, name=f"{SECRET}蓝图", rules=RULES)
    other = makers.make_question(by=owner, item=question.item, stem=f"{SECRET}题目二")
    first, second = sorted((question, other), key=lambda row: row.pk)
    pair = QuestionPair.objects.create(
        first=first, second=second, kind="same", score=95, versions=f"{first.version}-{second.version}"
    )
    batch = _batch(owner, question)
    rows = {
        "admin/bank/questions/": question.pk,
        "admin/question/": question.pk,
        "admin/bank/papers/": arrange(paper, [question.pk], by=owner).pk,
        "admin/bank/blueprints/": blueprint.pk,
        "admin/bank/pairs/": pair.pk,
        "admin/bank/imports/": batch.pk,
        "admin/institution/": owner.institution_id,
    }
    return rows, {"row_pk": batch.rows.get().pk, "question": question.pk, "first": first.pk}


def _batch(owner: User, question: Question) -> ImportBatch:
    batch = receiving.receive(
        item=question.item,
        institution=owner.institution,
        name=f"{SECRET}题库.txt",
        data=BANK.encode(),
        by=owner,
    )
    read_batch(batch.pk, now=timezone.now())
    batch.rows.update(images=list(question.images))
    return batch


def _course_rows(course: Course, owner: User) -> dict[str, Any]:
    waiting = makers.make_course(by=owner, title=f"{SECRET}送审")
    makers.make_lesson(waiting, by=owner)
    assert submissions.submit(waiting.pk, by=owner) == []
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    instructor = course.instructors.get()
    instructor.photo.save("photo.jpg", ContentFile(_picture("JPEG")))
    flow = {"task_state_id": state.pk, "workflow_state_id": state.workflow_state_id}
    return {
        "admin/courses/": course.pk,
        "admin/snippets/cms/course/": {"pk": course.pk},
        "admin/snippets/cms/course/workflow": {"pk": waiting.pk} | flow,
        "drafts/": course.pk,
        "admin/reviews/": state.pk,
        "admin/snippets/cms/instructor/": instructor.pk,
        "instructors/": instructor.pk,
    }


def _video_rows(video: Video, owner: User, course: Course) -> dict[str, Any]:
    now = timezone.now()
    course.refresh_from_db()
    draft = course.get_latest_revision_as_object()
    sitting = sittings.begin(sittings.draft_test(course, draft.lessons.get()), by=owner, now=now)
    sitting.questions[0]["images"] = list(Question.objects.exclude(images=[]).first().images)
    sitting.save()
    asked = overrulings.ask(video, "clarity", why="这里是有意的停顿。", by=owner, now=now)
    return {
        "admin/videos/": video.pk,
        "admin/overrulings/": asked.pk,
        "sittings/": {"pk": sitting.pk, "number": 0},
        "uploads/": {"video_id": uploads.create(by=owner, name="新.mp4", length=100, now=now).pk},
    }


def _law_rows(released: CourseRelease, admin: User) -> dict[str, Any]:
    notice = UpdateNotice.objects.get(course=released.course)
    words = {"name": "平台阈值", "numbers": DEFAULT_PROFILE.numbers | {"lines_fail": 700}, "sources": {}}
    limits = profiles.save_profile(**words, why="试行", based_on=None, by=admin, now=timezone.now())
    edition = makers.make_edition()
    row = edition.rows.first()
    outline = TrainingOutline.objects.create(
        item=row.item, kind="new", version="2018 年版", hours=2, valid_from=timezone.localdate(), source="文"
    )
    return {
        "admin/register/": notice.version.instrument_id,
        "admin/register/versions/": notice.version_id,
        "admin/limits/": limits.pk,
        "admin/notices/": notice.pk,
        "admin/snippets/catalog/instrumentversion/": notice.version_id,
        "admin/snippets/catalog/instrument/": notice.version.instrument_id,
        "admin/snippets/catalog/succession/": Succession.objects.get(newer=notice.version).pk,
        "admin/snippets/catalog/operationitem/": row.item_id,
        "admin/snippets/catalog/trainingoutline/": outline.pk,
        "admin/snippets/catalog/catalogedition/": edition.pk,
        "admin/snippets/catalog/editionrow/": row.pk,
        "admin/snippets/catalog/rowsuccession/": _row_succession(edition, row).pk,
    }


def _row_succession(edition: CatalogEdition, row: EditionRow) -> RowSuccession:
    return RowSuccession.objects.create(older=row, newer=edition.rows.last())


def _shared(course: Course, video: Video, key: Any, released: CourseRelease, owner: User) -> dict[str, Any]:
    """Arguments that are no `pk`, and what forms post."""
    notice = UpdateNotice.objects.get(course=released.course)
    return {
        "key": key,
        "video": video.pk,
        "video_id": video.pk,
        "old": Succession.objects.get(newer=notice.version).older_id,
        "new": notice.version_id,
        "secret": feeds.new_feed(owner),
        "revision_id": course.latest_revision_id,
        **dict.fromkeys(("title", "name", "why", "reason", "note", "remark"), f"{owner.pk} 号"),
    }
