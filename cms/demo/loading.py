"""A site with something to see, made through the acts that people use: nothing here goes round a check."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from accounts.models import Institution, User
from catalog.models import InstrumentVersion
from cms import drafts
from cms.demo.courses import COURSES, DemoCourse
from cms.demo.people import PASSWORD, PEOPLE, Person
from cms.law.sweep import sweep
from cms.models import Course, CourseCitation, Instructor
from cms.review import reviews, submissions
from cms.review.gates import as_comment
from cms.review.headings import HEADINGS, Answer
from media_pipeline.jobs import inspecting
from media_pipeline.models import Video
from media_pipeline.receiving import uploads
from question_bank.questions.acts import create_question


def load_demo(*, today: date, say: Callable[[str], None]) -> None:
    """People and courses; a second run, or one after a kill, adds only what is missing."""
    people = {person.username: _person(person) for person in PEOPLE}
    with tempfile.TemporaryDirectory(prefix="anke-demo-") as folder:
        for demo in COURSES:
            if not Course.objects.filter(title=demo.title).exists():
                say(f"示范课程「{demo.title}」：生成视频并真实检查")
                video = _video(demo, Path(folder), by=people["author"])
                with transaction.atomic():
                    _load(demo, video, people["author"], people["reviewer"])
    sweep(today)


def _video(demo: DemoCourse, folder: Path, *, by: User) -> Video:
    """Make the clip (once for all that show it), take it in like an upload, inspect it here and now."""
    clip, path = folder / demo.clip.__name__, folder / f"{demo.lesson}.mp4"
    if not clip.exists():
        demo.clip(clip)
    path.hardlink_to(clip)
    video = uploads.add_file(path, by=by, now=timezone.now())
    inspecting.run(video.job_id)
    return video


def _load(demo: DemoCourse, video: Video, author: User, reviewer: User) -> None:
    course = _course(demo, author)
    _lesson(demo, course, video, author)
    if demo.goes_to == "draft":
        return
    if found := submissions.submit(course.pk, by=author):
        raise RuntimeError(f"{demo.title}: {as_comment(found)}")
    if demo.goes_to == "release":
        _approve(course, reviewer)


def _course(demo: DemoCourse, author: User) -> Course:
    return drafts.create_course(
        title=demo.title,
        item_id=demo.item,
        kind=demo.kind,
        objectives=demo.objectives,
        summary=demo.summary,
        hours=1,
        rights=Course.Rights.OWN,
        rights_holder=author.institution.name,
        instructors=[_instructor(author.institution)],
        citations=[CourseCitation(version=InstrumentVersion.objects.get(slug=slug)) for slug in demo.cites],
        by=author,
    )


def _lesson(demo: DemoCourse, course: Course, video: Video, author: User) -> None:
    key = drafts.add_lesson(course.pk, title=demo.lesson, by=author)
    drafts.attach_video(course.pk, key, video=video, by=author)
    for number, content in enumerate(demo.questions, start=1):
        question = create_question(
            item=course.item, institution=course.institution, content=content, by=author
        )
        drafts.place_question(course.pk, key, question=question, at_s=20 * number, by=author)


def _approve(course: Course, reviewer: User) -> None:
    waiting = course.current_workflow_task_state
    answers = {heading.id: Answer(ok=True) for heading in HEADINGS}
    seen = reviews.seen_fingerprint(waiting)
    reviews.approve(waiting.pk, answers=answers, note="内容完整，检查报告已看。", seen=seen, by=reviewer)


def _person(person: Person) -> User:
    institution, _ = Institution.objects.get_or_create(name=person.institution)
    user, is_new = User.objects.get_or_create(
        username=person.username,
        defaults={"last_name": person.name[0], "first_name": person.name[1:], "institution": institution},
    )
    if is_new:
        user.set_password(PASSWORD)
        user.save()
        user.groups.add(Group.objects.get(name=person.role.group_name))
    return user


def _instructor(institution: Institution) -> Instructor:
    profile = {
        "title": "高级工程师",
        "unit": institution.name,
        "field": "安全生产培训",
        "years_of_practice": 12,
    }
    instructor, _ = Instructor.objects.get_or_create(institution=institution, name="王安", defaults=profile)
    return instructor
