"""What the report's axis shows beside the findings: speech, laws, questions."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from catalog.models import Instrument, InstrumentVersion
from cms import drafts
from cms.law.suggesting import decide_suggestion, refresh
from cms.models import Course
from cms.pictures.timeline import Range
from cms.reports import courses_with, moments_of
from cms.reports.moments import speech_ranges
from media_pipeline import captioning
from media_pipeline.captions import Cue
from media_pipeline.models import Video
from tests.makers import make_course, make_question, make_user, make_video

pytestmark = pytest.mark.django_db
SAID = [
    Cue(2, 4, "先断开电源"),
    Cue(4.5, 6, "再验电"),
    Cue(20, 24, "依照爆破员管理办法执行"),
    Cue(40, 44, "再讲爆破员管理办法第七条"),
]


@pytest.fixture
def author():
    return make_user(Role.AUTHOR)


@pytest.fixture
def course(author) -> Course:
    """One lesson with captions that name, without 《》, a rule which only this register knows."""
    instrument = Instrument.objects.create(slug="blast", title="爆破员管理办法", kind="departmental_rule")
    InstrumentVersion.objects.create(instrument=instrument, slug="blast-1", title=instrument.title)
    course = make_course(by=author)
    key = drafts.add_lesson(course.pk, title="起爆", by=author)
    video = make_video(by=author, duration_s=60)
    drafts.attach_video(course.pk, key, video=video, by=author)
    for at_s, stem in ((30, "起爆前应清场吗？"), (None, "看完后的题")):
        question = make_question(by=author, item=course.item, stem=stem)
        drafts.place_question(course.pk, key, question=question, at_s=at_s, by=author)
    captioning.save(video, SAID, based_on=0, by=author, now=timezone.now())
    course.refresh_from_db()
    refresh(course)
    return course


@pytest.fixture
def video(course) -> Video:
    return Video.objects.with_inspection().get()


def shown(video: Video, user) -> dict[str, list[str]]:
    return {
        lane.label: [each.text for each in lane.ranges]
        for lane in moments_of(video, courses_with(video, user))
    }


def test_speech_laws_and_questions_stand_at_their_seconds(video, author):
    assert shown(video, author) == {
        "讲解（有字幕处）": ["0:02–0:06", "0:20–0:24", "0:40–0:44"],
        "? 法规标准，待确认": ["0:20–0:23", "0:40–0:44"],
        "题目": ["0:30"],
    }


def test_a_confirmed_law_has_a_lane_of_its_own_and_a_rejected_one_none(video, course, author):
    first, second = course.suggestions.order_by("start_s")
    decide_suggestion(first, confirm=True, by=author)
    decide_suggestion(second, confirm=False, by=author)
    lanes = shown(video, author)
    assert lanes["✓ 法规标准，已确认"] == ["0:20–0:23"]
    assert "? 法规标准，待确认" not in lanes


def test_the_page_draws_the_lanes_and_lists_what_can_be_changed(client, video, course, author):
    client.force_login(author)
    page = client.get(reverse("cms:video_report", args=[video.pk])).content.decode()
    for told in (
        "<title>讲解（有字幕处）：0:02–0:06",
        'data-at="30.00"',
        "0:30 起爆前应清场吗？",
        "题目 1 处",
    ):
        assert told in page
    assert f'href="{reverse("cms:course_law", args=[course.pk])}"' in page


def test_another_institutions_course_shows_nothing_of_its_own(video):
    reviewer, stranger = make_user(Role.REVIEWER), make_user(Role.AUTHOR)
    assert "题目" in shown(video, reviewer)
    assert list(shown(video, stranger)) == ["讲解（有字幕处）"]


def test_more_moments_cost_no_more_queries(video, course, author, django_assert_num_queries):
    courses = courses_with(video, author)
    with django_assert_num_queries(4):
        moments_of(video, courses)
    for number in range(5):
        question = make_question(by=author, item=course.item)
        key = course.get_latest_revision_as_object().lessons.first().key
        drafts.place_question(course.pk, key, question=question, at_s=number, by=author)
        course.refresh_from_db()
    with django_assert_num_queries(4):
        assert len(moments_of(video, courses)[-1].moments) == 6


def test_only_a_pause_that_shows_ends_a_stretch_of_speech():
    cues = [Cue(0, 2, "甲"), Cue(3, 4, "乙"), Cue(6, 7, "丙"), Cue(6.5, 6.8, "丁")]
    assert speech_ranges(cues, pause_s=1.5) == [Range(0, 4), Range(6, 7)]
    assert speech_ranges(cues, pause_s=3) == [Range(0, 7)]
    assert speech_ranges([], pause_s=3) == []
