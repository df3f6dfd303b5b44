"""What keeps a course from being submitted. Pure: facts in, obstacles out, each beside its clause."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalog.outlines.hours import CLAUSE as HOURS_CLAUSE
from catalog.outlines.hours import MINUTES_PER_HOUR, is_long_enough, required_minutes
from cms.review.judged import CourseFacts, LessonFacts, OutlineFacts, VideoStage
from question_bank.rules import required_questions

MOST_POINTS = 8  # named in one sentence; the course page lists all


class Mend(StrEnum):
    """Where an obstacle is mended; the caller turns it into a link."""

    DETAILS = "details"
    LESSONS = "lessons"
    VIDEO = "video"
    REPORT = "report"
    QUESTIONS = "questions"
    OUTLINE = "outline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One reason why a course cannot be submitted: the sentence, its clause, and where it is mended."""

    code: str
    message: str
    clause: str
    mend: Mend
    lesson: str | None = None
    video_id: str | None = None


def obstacles(course: CourseFacts, *, today: date) -> list[Obstacle]:
    """Every obstacle at once, in the order in which an author meets them on the page."""
    found = list(_details(course, today))
    if not course.lessons:
        found.append(
            Obstacle(
                code="no_lesson",
                message="课程还没有课时，请先添加课时并上传视频。",
                clause="附件3第28项",
                mend=Mend.LESSONS,
            )
        )
    for lesson in course.lessons:
        found += [*_video(lesson), *_questions(lesson)]
    if course.outline:
        found += _against_outline(course, course.outline)
    return found


def _details(course: CourseFacts, today: date) -> Iterator[Obstacle]:
    if not course.kind:
        yield _detail("no_kind", "还没有选培训类型（新取证，或者复审或换证）。", "附件3第28项")
    if not course.objectives.strip():
        yield _detail("no_objectives", "还没有填写教学目标。", "附件3第15项")
    if not course.instructors:
        yield _detail("no_instructor", "还没有选定授课教师，每门课程都要有师资简介。", "附件1第五项")
    if not course.rights or not course.rights_holder.strip():
        yield _detail("no_rights", "版权情况没有填完，请写明版权类型和版权人。", "机构承诺书第二项")
    elif course.rights_until and course.rights_until < today:
        until = f"{course.rights_until:%Y年%-m月%-d日}"
        yield _detail("rights_expired", f"授权已于 {until} 到期，请续期后更新。", "机构承诺书第二项")


def _detail(code: str, message: str, clause: str) -> Obstacle:
    return Obstacle(code=code, message=message, clause=clause, mend=Mend.DETAILS)


def _against_outline(course: CourseFacts, outline: OutlineFacts) -> Iterator[Obstacle]:
    """「网络培训内容、时长应符合培训大纲要求」"""
    asks = f"培训大纲（{outline.version}）要求 {outline.hours:g} 学时"
    if course.hours < outline.hours:
        message = f"课程填写的学时是 {course.hours:g}，{asks}，请改正学时并补足内容。"
        yield Obstacle(code="hours_below_outline", message=message, clause=HOURS_CLAUSE, mend=Mend.DETAILS)
    if not is_long_enough(course.duration_s, outline.hours):
        needed = required_minutes(outline.hours)
        message = (
            f"视频共 {_length(course.duration_s)}，{asks}，每学时 {MINUTES_PER_HOUR} 分钟即 "
            f"{needed:g} 分钟，还差 {_length(needed * 60 - course.duration_s + 0.999)}，请补充课时。"
        )
        yield Obstacle(code="shorter_than_outline", message=message, clause=HOURS_CLAUSE, mend=Mend.LESSONS)
    if missing := course.missing_points:
        named = "、".join(missing[:MOST_POINTS]) + ("等" if len(missing) > MOST_POINTS else "")
        message = f"大纲的 {len(missing)} 个知识点还没有题目：{named}。请在题目上选定知识点，或补题目。"
        yield Obstacle(code="points_missing", message=message, clause=HOURS_CLAUSE, mend=Mend.OUTLINE)


_VIDEO_OBSTACLES = {
    VideoStage.MISSING: ("video_missing", "还没有上传视频。", Mend.VIDEO),
    VideoStage.UPLOADING: ("video_uploading", "视频还没有传完，重新选择同一个文件即可续传。", Mend.VIDEO),
    VideoStage.RECEIVED: (
        "video_received",
        "视频已全部收到，存放好以后自动检查，检查完才能送审。",
        Mend.REPORT,
    ),
    VideoStage.REFUSED: ("video_refused", "上传的文件不能用，请换一个视频文件。", Mend.VIDEO),
    VideoStage.INSPECTING: ("video_inspecting", "视频正在检查，检查完才能送审。", Mend.REPORT),
    VideoStage.FAILED: ("video_not_inspected", "视频没有检查成，请重新检查或换一个文件。", Mend.REPORT),
}


def _video(lesson: LessonFacts) -> Iterator[Obstacle]:
    if lesson.video in _VIDEO_OBSTACLES:
        code, message, mend = _VIDEO_OBSTACLES[lesson.video]
        yield _of_lesson(lesson, code, message, "附件3第8项", mend)
    elif lesson.failed_checks:
        names = "、".join(lesson.failed_checks)
        message = (
            f"视频有 {len(lesson.failed_checks)} 项检查不合格：{names}。"
            "请按报告修改后重新上传；认为测得不对，可以在报告里请审核员复核。"
        )
        yield _of_lesson(lesson, "video_fails", message, "附件3第8项", Mend.REPORT)


def _questions(lesson: LessonFacts) -> Iterator[Obstacle]:
    required = required_questions(lesson.duration_s)
    usable = lesson.usable_questions
    if usable < required:
        message = (
            f"视频共 {_length(lesson.duration_s)}，至少需要 {required} 道题，"
            f"现有 {usable} 道，还差 {required - usable} 道。"
        )
        yield _of_lesson(lesson, "too_few_questions", message, "附件3第32项", Mend.QUESTIONS)
    if lesson.unusable_questions:
        message = f"有 {lesson.unusable_questions} 道题已停用、不在有效期内或不完整，请替换。"
        yield _of_lesson(lesson, "unusable_questions", message, "附件3第32项", Mend.QUESTIONS)
    if lesson.unreviewed_drafts:
        message = (
            f"有 {lesson.unreviewed_drafts} 道系统起草的题没有经另一个人审定，不算题数；"
            "请核对后请同事或审核员审定，或移出课时。"
        )
        yield _of_lesson(lesson, "unreviewed_drafts", message, "平台承诺书第五项", Mend.QUESTIONS)


def _length(duration_s: float | None) -> str:
    minutes, seconds = divmod(int(duration_s or 0), 60)
    return f"{minutes} 分 {seconds:02d} 秒" if minutes else f"{seconds} 秒"


def _of_lesson(lesson: LessonFacts, code: str, message: str, clause: str, mend: Mend) -> Obstacle:
    return Obstacle(
        code=code,
        message=f"「{lesson.title}」{message}",
        clause=clause,
        mend=mend,
        lesson=lesson.key,
        video_id=lesson.video_id,
    )
