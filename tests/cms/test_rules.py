"""The gate's rules, without a database: facts in, obstacles out."""

from dataclasses import replace
from datetime import date

import pytest

from cms.review.judged import CourseFacts, LessonFacts, OutlineFacts, VideoStage
from cms.review.rules import Mend, obstacles

TODAY = date(2026, 11, 23)
LESSON = LessonFacts(key="k", title="触电急救", video=VideoStage.INSPECTED, duration_s=600.0, questions=1)
COURSE = CourseFacts(
    kind="new",
    objectives="会急救",
    instructors=1,
    rights="own",
    rights_holder="中心",
    rights_until=None,
    lessons=(LESSON,),
)


def codes(course: CourseFacts) -> list[str]:
    return [obstacle.code for obstacle in obstacles(course, today=TODAY)]


def with_lesson(**changes) -> CourseFacts:
    return replace(COURSE, lessons=(replace(LESSON, **changes),))


def test_a_complete_course_meets_no_obstacle():
    assert codes(COURSE) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": ""}, "no_kind"),
        ({"objectives": "  "}, "no_objectives"),
        ({"instructors": 0}, "no_instructor"),
        ({"rights": ""}, "no_rights"),
        ({"rights_holder": " "}, "no_rights"),
        ({"rights_until": date(2026, 11, 22)}, "rights_expired"),
        ({"lessons": ()}, "no_lesson"),
    ],
)
def test_each_missing_detail_is_one_obstacle(changes, code):
    assert codes(replace(COURSE, **changes)) == [code]


def test_rights_hold_on_their_last_day():
    assert codes(replace(COURSE, rights_until=TODAY)) == []


@pytest.mark.parametrize(
    ("stage", "code", "mend"),
    [
        (VideoStage.MISSING, "video_missing", Mend.VIDEO),
        (VideoStage.UPLOADING, "video_uploading", Mend.VIDEO),
        (VideoStage.RECEIVED, "video_received", Mend.REPORT),
        (VideoStage.REFUSED, "video_refused", Mend.VIDEO),
        (VideoStage.INSPECTING, "video_inspecting", Mend.REPORT),
        (VideoStage.FAILED, "video_not_inspected", Mend.REPORT),
    ],
)
def test_a_video_that_is_not_inspected_is_in_the_way(stage, code, mend):
    (found,) = obstacles(with_lesson(video=stage, duration_s=None, questions=0), today=TODAY)
    assert (found.code, found.mend, found.lesson) == (code, mend, "k")


def test_failed_checks_are_named():
    (found,) = obstacles(with_lesson(failed_checks=("声音过弱", "清晰度")), today=TODAY)
    assert found.message == (
        "「触电急救」视频有 2 项检查不合格：声音过弱、清晰度。"
        "请按报告修改后重新上传；认为测得不对，可以在报告里请审核员复核。"
    )
    assert found.clause == "附件3第8项"


@pytest.mark.parametrize(
    ("duration_s", "questions", "lacks"),
    [(600.0, 1, None), (600.001, 1, 1), (3060.0, 3, 3), (2700.0, 5, None), (59.0, 0, 1)],
)
def test_too_few_questions_are_refused_with_the_numbers(duration_s, questions, lacks):
    found = obstacles(with_lesson(duration_s=duration_s, questions=questions), today=TODAY)
    assert [obstacle.code for obstacle in found] == (["too_few_questions"] if lacks else [])
    if lacks:
        assert f"还差 {lacks} 道" in found[0].message
        assert found[0].clause == "附件3第32项"


def test_an_unusable_question_does_not_count():
    assert codes(with_lesson(unusable_questions=1)) == ["too_few_questions", "unusable_questions"]


def test_every_obstacle_comes_at_once():
    bad = replace(COURSE, objectives="", instructors=0, lessons=(replace(LESSON, questions=0),))
    assert codes(bad) == ["no_objectives", "no_instructor", "too_few_questions"]


OUTLINE = OutlineFacts(version="2018 年版", hours=48.0, points=("触电", "验电"))


def against_outline(minutes, **changes):
    lesson = replace(LESSON, duration_s=minutes * 60.0, questions=999)
    course = replace(COURSE, lessons=(lesson,), outline=OUTLINE, hours=48.0, points=frozenset(OUTLINE.points))
    return [(found.code, found.mend) for found in obstacles(replace(course, **changes), today=TODAY)]


def test_a_course_as_long_as_its_outline_passes_and_a_minute_less_does_not():
    assert against_outline(2160) == []
    assert against_outline(2159) == [("shorter_than_outline", Mend.LESSONS)]


def test_hours_below_the_outline_and_points_without_questions_are_refused():
    assert against_outline(2160, hours=47.5) == [("hours_below_outline", Mend.DETAILS)]
    assert against_outline(2160, points=frozenset({"触电"})) == [("points_missing", Mend.OUTLINE)]


def test_the_sentence_says_how_much_is_there_how_much_is_asked_and_how_much_is_lacking():
    lesson = replace(LESSON, duration_s=2159 * 60.0, questions=999)
    course = replace(COURSE, lessons=(lesson,), outline=OUTLINE, hours=48.0)
    short, points = obstacles(course, today=TODAY)
    assert short.message == (
        "视频共 2159 分 00 秒，培训大纲（2018 年版）要求 48 学时，每学时 45 分钟即 2160 分钟，"
        "还差 1 分 00 秒，请补充课时。"
    )
    assert "大纲的 2 个知识点还没有题目：触电、验电" in points.message
