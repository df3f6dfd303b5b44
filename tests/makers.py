"""Rows for tests, made through the acts that people use wherever there is one."""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import TaskState

from accounts.models import Institution, User
from accounts.roles import Role
from catalog.loading import load_catalog
from catalog.models import CatalogEdition, Instrument, InstrumentVersion, OperationItem, Succession
from cms import drafts
from cms.law.notices import open_notices
from cms.models import Course, CourseCitation, CourseRelease, Instructor
from cms.review import reviews, submissions
from cms.review.headings import HEADINGS, Answer
from cms.seeds import load_seeds
from media_pipeline.models import Finding, Job, Measurement, Rendition, Video
from question_bank.content import Content
from question_bank.models import Question
from question_bank.questions.acts import create_question
from question_bank.rules import required_questions

_numbers = count(1)
ITEM = "so-elec-lv"


def make_edition() -> CatalogEdition:
    """The catalog of 2022: 48 rows, 96 cells."""
    load_catalog()
    return CatalogEdition.objects.get(slug="gd-2022")


def make_item(slug: str = ITEM) -> OperationItem:
    return OperationItem.objects.get_or_create(slug=slug, defaults={"name": f"操作项目 {slug}"})[0]


def make_institution(name: str = "") -> Institution:
    return Institution.objects.create(name=name or f"第{next(_numbers)}培训机构")


def make_user(*roles: Role, institution: Institution | None = None, name: str = "") -> User:
    """A person with the groups of `roles`, of an institution of their own unless one is given."""
    if not Group.objects.filter(name=Role.AUTHOR.group_name).exists():
        load_seeds()
    username = name or f"{roles[0] if roles else 'nobody'}-{next(_numbers)}"
    user = User.objects.create_user(username, institution=institution or make_institution())
    user.groups.set(Group.objects.filter(name__in=[role.group_name for role in roles]))
    return user


def make_video(*, by: User, duration_s: float = 60.0, verdict: str = "pass", data: bytes = b"") -> Video:
    """An inspected video of `by`; its file holds `data`, which no player can read unless you pass a clip."""
    now, data = timezone.now(), data or f"clip {next(_numbers)}".encode()
    digest = sha256(data).hexdigest()
    job = Job.objects.create(
        kind=Job.Kind.INSPECT,
        key=digest,
        state=Job.State.SUCCEEDED,
        progress=1,
        rung_at=now,
        created_at=now,
        finished_at=now,
    )
    measurement = Measurement.objects.create(
        job=job,
        engine_version="1",
        facts={},
        duration_s=duration_s,
        profile="test",
        verdict=verdict,
        created_at=now,
    )
    Finding.objects.create(
        measurement=measurement,
        profile="test",
        check_id="clarity",
        title="清晰度",
        verdict=verdict,
        value=5.0,
        message="画面清晰。",
    )
    video = Video(
        institution=by.institution,
        uploaded_by=by,
        original_name="课程.mp4",
        size=len(data),
        sha256=digest,
        job=job,
        created_at=now,
        completed_at=now,
    )
    video.file.save(f"videos/{video.pk}/original.mp4", ContentFile(data))
    return video


def make_question(*, by: User, item: OperationItem | None = None, stem: str = "") -> Question:
    content = Content(
        type="single",
        stem=stem or f"第{next(_numbers)}题：触电后首先做什么？",
        options=("断开电源", "拨打电话", "撤离现场"),
        answer=("A",),
        explanation="先断开电源，再施救。",
    )
    return create_question(item=item or make_item(), institution=by.institution, content=content, by=by)


def make_course(
    *,
    by: User,
    title: str = "",
    item: str = ITEM,
    kind: str = "new",
    cites: Iterable[InstrumentVersion] = (),
) -> Course:
    """A draft whose details are complete and which has no lesson yet."""
    course = Course(
        institution=by.institution,
        created_by=by,
        title=title or f"第{next(_numbers)}门课程",
        item=make_item(item),
        kind=kind,
        objectives="能安全地操作低压电气设备。",
        hours=2,
        rights=Course.Rights.OWN,
        rights_holder=by.institution.name,
        live=False,
    )
    course.instructors = [make_instructor(by.institution)]
    course.citations = [CourseCitation(version=version, article="第七条") for version in cites]
    course.save()
    course.save_revision(user=by)
    return course


def make_instructor(institution: Institution) -> Instructor:
    return Instructor.objects.create(
        institution=institution,
        name="王安",
        title="高级工程师",
        unit="省电力学校",
        field="电气安全",
        years_of_practice=12,
    )


def make_lesson(course: Course, *, by: User, title: str = "触电急救", duration_s: float = 60.0) -> str:
    """Add a lesson with its video and as many questions as the notice asks for; returns its key."""
    key = drafts.add_lesson(course.pk, title=title, by=by)
    drafts.attach_video(course.pk, key, video=make_video(by=by, duration_s=duration_s), by=by)
    for number in range(required_questions(duration_s)):
        question = make_question(by=by, item=course.item)
        drafts.place_question(course.pk, key, question=question, at_s=number * 600 + 30, by=by)
    return str(key)


def release(course: Course, *, by: User) -> CourseRelease:
    """Submit the newest draft as `by` and approve it as a reviewer of another institution."""
    obstacles = submissions.submit(course.pk, by=by)
    assert obstacles == [], obstacles
    waiting = TaskState.objects.get(
        workflow_state__object_id=str(course.pk), status=TaskState.STATUS_IN_PROGRESS
    )
    answers = {heading.id: Answer(ok=True) for heading in HEADINGS}
    seen = reviews.seen_fingerprint(waiting)
    reviews.approve(waiting.pk, answers=answers, note="", seen=seen, by=make_user(Role.REVIEWER))
    return course.releases.get(superseded_at=None)


def make_released_course(*, by: User | None = None, duration_s: float = 60.0, **course) -> CourseRelease:
    """A course with one lesson, submitted and approved: the release that institutions may choose."""
    by = by or make_user(Role.AUTHOR)
    draft = make_course(by=by, **course)
    make_lesson(draft, by=by, duration_s=duration_s)
    return release(draft, by=by)


def make_versions(kind: str = "departmental_rule", **newer) -> tuple[InstrumentVersion, InstrumentVersion]:
    """An old text and the one that replaces it; `newer` sets the dates of the new one."""
    number = next(_numbers)
    instrument = Instrument.objects.create(slug=f"rule-{number}", title=f"规定{number}", kind=kind)
    old = InstrumentVersion.objects.create(
        instrument=instrument, slug=f"rule-{number}-old", title=f"规定{number}", number="第30号"
    )
    new = InstrumentVersion.objects.create(
        instrument=instrument, slug=f"rule-{number}-new", title=f"规定{number}", number="第19号", **newer
    )
    Succession.objects.create(older=old, newer=new)
    return old, new


def make_due_release(*, days_left: int, **course) -> CourseRelease:
    """A released course that a changed rule makes due in `days_left` days."""
    today = timezone.localdate()
    old, new = make_versions(effective=today - timedelta(days=1))
    made = make_released_course(cites=(old,), **course)
    open_notices(today)
    made.course.notices.filter(version=new).update(due=today + timedelta(days=days_left))
    return made


def make_rendition(video: Video, name: str = "low.mp4", *, data: bytes = b"rendition") -> Rendition:
    """A finished rendition of `video`, its kind by its name; no player can read it."""
    now = timezone.now()
    job, _ = Job.objects.get_or_create(
        kind=Job.Kind.RENDER,
        key=video.sha256,
        defaults={"state": "succeeded", "rung_at": now, "created_at": now, "finished_at": now},
    )
    path = Path(settings.MEDIA_ROOT, "renditions", video.sha256, "1", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    kind = name.split(".")[0].split("-")[0]
    return Rendition.objects.create(
        job=job,
        kind=kind,
        name=path.relative_to(settings.MEDIA_ROOT).as_posix(),
        size=len(data),
        sha256=sha256(data).hexdigest(),
        width=640,
        height=360,
        every_s=5 if kind == "sprite" else None,
        created_at=now,
    )
