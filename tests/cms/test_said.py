"""What is said in a course is found by those who may see it; a release keeps its captions."""

from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.roles import Role
from cms import drafts
from cms.footage.spoken_search import MOST_HITS, SpokenLesson, search
from cms.models import Course
from cms.review.authorship import contributors_of
from cms.review.changes import changes_since_release
from media_pipeline import captioning
from media_pipeline.captions import Cue
from media_pipeline.models import Captions, Video
from tests.makers import make_course, make_lesson, make_user, release

SAID = [Cue(1, 3, "停电之后必须验电"), Cue(3, 6, "再挂接\n地线"), Cue(8, 10, "按 GB 30871 执行")]


def lesson(cues, title: str = "触电") -> SpokenLesson:
    return SpokenLesson(1, title, uuid4(), cues)


def test_any_run_of_characters_is_found_over_the_cut_of_a_caption_with_its_second():
    (found,) = search("挂接地", [lesson(SAID)]).lessons
    (hit,) = found.hits
    assert (hit.before, hit.found, hit.after) == ("停电之后必须验电再", "挂接地", "线按 GB 30871 执行")
    assert (round(hit.second, 2), hit.clock) == (3.6, "0:03")


@pytest.mark.parametrize("query", ["gb 30871", "ＧＢ　３０８７１", "验电 地线", "必须 再挂"])
def test_width_case_and_several_words_do_not_matter(query):
    assert search(query, [lesson(SAID)]).count == 1


@pytest.mark.parametrize("query", ["", "   ", "\0", "放电", "验电 灭火"])
def test_what_is_not_said_is_not_found(query):
    assert search(query, [lesson(SAID)]).count == 0


def test_lessons_without_captions_are_named_and_hits_are_limited():
    found = search("断电", [lesson([Cue(n, n + 1, "断电") for n in range(150)]), lesson(None, "急救")])
    assert (found.count, found.without) == (MOST_HITS, ("急救",))


@pytest.fixture
def author(db):
    return make_user(Role.AUTHOR)


@pytest.fixture
def course(author) -> Course:
    course = make_course(by=author)
    make_lesson(course, by=author)
    return course


def caption(course: Course, text: str, *, by) -> Video:
    """Captions of the course's one video, as its next version."""
    course.refresh_from_db()
    video = course.get_latest_revision_as_object().lessons.all()[0].video
    newest = Captions.objects.newest().filter(video=video).first()
    captioning.save(
        video, [Cue(1, 3, text)], based_on=newest.number if newest else 0, by=by, now=timezone.now()
    )
    return video


def test_searching_is_offered_only_where_something_was_transcribed(client, author, course):
    client.force_login(author)
    address = f"/admin/courses/{course.pk}/"
    assert "搜讲过的话" not in client.get(address).content.decode()
    caption(course, "先断开电源", by=author)
    assert "搜讲过的话" in client.get(address).content.decode()


def test_an_author_searches_a_draft_and_other_institutions_do_not(client, author, course):
    video = caption(course, "先断开电源", by=author)
    client.force_login(author)
    page = client.get(f"/admin/courses/{course.pk}/said/", {"q": "断开"}).content.decode()
    assert f"← 回到课程《{course.title}》" in page
    assert "<mark>断开</mark>电源" in page and 'data-seek="1.' in page
    assert f'src="/videos/{video.pk}/file"' in page and "data-player" in page
    client.force_login(make_user(Role.REVIEWER))
    assert client.get(f"/admin/courses/{course.pk}/said/", {"q": "断开"}).status_code == 200
    for stranger in (make_user(Role.AUTHOR), make_user(Role.INSTITUTION)):
        client.force_login(stranger)
        answer = client.get(f"/admin/courses/{course.pk}/said/", {"q": "断开"})
        assert answer.status_code in (302, 403, 404) and "电源" not in answer.content.decode()


def test_an_institution_searches_the_captions_that_were_approved(client, author, course):
    video = caption(course, "先断开电源", by=author)
    published = release(course, by=author)
    caption(course, "先切断电源", by=author)
    client.force_login(make_user(Role.INSTITUTION))
    url = f"/courses/{published.pk}/said/"
    found = client.get(url, {"q": "断开"}).content.decode()
    assert (
        "<mark>断开</mark>" in found
        and f'src="{url.removesuffix("said/")}videos/{video.pk}/captions.vtt"' in found
    )
    assert "没有找到" in client.get(url, {"q": "切断"}).content.decode()
    track = client.get(f"/courses/{published.pk}/videos/{video.pk}/captions.vtt")
    assert (track.status_code, "先断开电源" in track.content.decode()) == (200, True)
    assert client.get(f"/admin/videos/{video.pk}/captions/2.vtt").status_code in (302, 403, 404)


def test_nobody_reads_captions_through_a_release_that_has_none(client, author, course):
    published = release(course, by=author)
    video = caption(course, "还没有审核", by=author)
    client.force_login(make_user(Role.INSTITUTION))
    assert client.get(f"/courses/{published.pk}/videos/{video.pk}/captions.vtt").status_code == 404
    client.logout()
    assert client.get(f"/courses/{published.pk}/said/").status_code == 302


def test_changed_captions_are_a_change_that_the_reviewer_reads(author, course):
    caption(course, "先断开电源", by=author)
    release(course, by=author)
    caption(course, "先切断电源", by=author)
    drafts.rename_lesson(
        course.pk, course.get_latest_revision_as_object().lessons.all()[0].key, title="触电急救", by=author
    )
    course.refresh_from_db()
    draft = course.get_latest_revision_as_object()
    assert changes_since_release(draft, course.latest_revision) == ["「触电急救」改了字幕"]


def test_who_worked_on_the_captions_had_a_hand_in_the_course(author, course):
    colleague = make_user(Role.AUTHOR, institution=author.institution)
    caption(course, "先断开电源", by=colleague)
    course.refresh_from_db()
    revision = course.latest_revision
    assert contributors_of([revision])[revision.pk] == {author.pk, colleague.pk}
