"""The author's course page, through the browser's eyes."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from accounts.roles import Role
from cms import drafts
from cms.models import Course
from cms.review import submissions
from cms.review.gates import obstacles_of
from media_pipeline.models import Job
from media_pipeline.receiving import uploads
from media_pipeline.receiving.storage import partial_path, upload_folder
from question_bank.models import Question
from question_bank.questions.acts import revise_question
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    user = makers.make_user(Role.AUTHOR)
    client.force_login(user)
    return user


@pytest.fixture
def course(author):
    return makers.make_course(by=author)


def page(course, name="course", *more):
    return reverse(f"cms:{name}", args=[course.pk, *more])


def text(response):
    return response.content.decode()


def test_the_page_lists_every_obstacle_with_clause_and_link(client, course, author):
    key = drafts.add_lesson(course.pk, title="触电急救", by=author)
    drafts.attach_video(course.pk, key, video=makers.make_video(by=author, duration_s=1300), by=author)
    shown = text(client.get(page(course)))
    assert "视频共 21 分 40 秒，至少需要 3 道题，现有 0 道，还差 3 道。" in shown
    assert "附件3第32项" in shown
    assert page(course, "place_question", key) in shown


def test_submitting_too_early_moves_nothing_and_says_how_many(client, course, author):
    drafts.add_lesson(course.pk, title="触电急救", by=author)
    response = client.post(page(course, "submit"), follow=True)
    assert "还不能送审：有 1 处要先处理" in text(response)
    assert not TaskState.objects.exists()


def test_submitting_and_withdrawing(client, course, author):
    makers.make_lesson(course, by=author)
    assert "已送审" in text(client.post(page(course, "submit"), follow=True))
    assert Course.objects.get(pk=course.pk).workflow_in_progress
    assert "已撤回" in text(client.post(page(course, "withdraw"), follow=True))
    assert not Course.objects.get(pk=course.pk).workflow_in_progress


def test_submitting_twice_starts_one_review(client, course, author):
    makers.make_lesson(course, by=author)
    client.post(page(course, "submit"))
    client.post(page(course, "submit"))
    assert TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count() == 1


def test_a_course_sent_back_can_be_submitted_again_and_passes_the_gate_again(client, course, author):
    from cms.review.reviews import send_back

    makers.make_lesson(course, by=author)
    submissions.submit(course.pk, by=author)
    waiting = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    send_back(waiting.pk, answers={}, note="第二题的答案有误", by=makers.make_user(Role.REVIEWER))
    assert "第二题的答案有误" in text(client.get(page(course)))
    drafts.add_lesson(course.pk, title="没有视频的一节", by=author)
    assert [found.code for found in submissions.submit(course.pk, by=author)] == ["video_missing"]


def test_a_row_under_inspection_asks_for_itself_again_and_a_finished_one_does_not(client, course, author):
    key = drafts.add_lesson(course.pk, title="触电急救", by=author)
    video = makers.make_video(by=author)
    drafts.attach_video(course.pk, key, video=video, by=author)
    row = page(course, "lesson_row", key)
    assert "hx-trigger" not in text(client.get(row))
    Job.objects.filter(pk=video.job_id).update(state=Job.State.QUEUED, finished_at=None, progress=0.37)
    shown = text(client.get(row))
    assert "every 2s" in shown
    assert "检查中 37%" in shown


def test_the_length_in_the_head_follows_the_row(client, course, author):
    key = drafts.add_lesson(course.pk, title="触电急救", by=author)
    drafts.attach_video(course.pk, key, video=makers.make_video(by=author, duration_s=75), by=author)
    shown = text(client.get(page(course, "lesson_row", key)))
    assert '<span id="course-length" hx-swap-oob="true" class="ak-soft">2 学时 · 视频共 1:15</span>' in shown


def test_a_video_is_attached_before_its_first_byte(client, course, author):
    key = drafts.add_lesson(course.pk, title="触电急救", by=author)
    created = client.post(
        "/uploads/",
        headers={"Tus-Resumable": "1.0.0", "Upload-Length": "1000", "Upload-Metadata": "filename YS5tcDQ="},
    )
    video = created.headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    answer = client.post(page(course, "attach_video", key), {"video": video})
    assert answer.json() == {"video": video}
    assert "没有传完" in text(client.get(page(course)))


def test_a_video_that_is_all_here_and_waits_for_the_storage_is_not_asked_for_again(client, course, author):
    key = drafts.add_lesson(course.pk, title="触电急救", by=author)
    upload = uploads.create(by=author, name="触电.mp4", length=8, now=timezone.now())
    drafts.attach_video(course.pk, key, video=upload.video, by=author)
    upload_folder(upload.pk).mkdir(parents=True)
    partial_path(upload.pk).write_bytes(b"received")
    shown = text(client.get(page(course, "lesson_row", key)))
    assert "已收到，正在存放" in shown
    assert "不用再上传" in shown
    assert 'hx-trigger="every 2s"' in shown
    draft = Course.objects.get(pk=course.pk).get_latest_revision_as_object()
    assert "video_received" in [obstacle.code for obstacle in obstacles_of(draft)]


def test_the_page_takes_a_fixed_number_of_queries(client, course, author, django_assert_num_queries):
    makers.make_lesson(course, by=author)
    client.get(page(course))
    with CaptureQueriesContext(connection) as one:
        client.get(page(course))
        few = len(one)  # a later request empties what was captured
    for _ in range(2):
        makers.make_lesson(course, by=author)
    client.get(page(course))  # the first visit searches what changed for citations
    with django_assert_num_queries(few):
        client.get(page(course))


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_author_of_another_institution_finds_nothing(client, course, author, method):
    key = drafts.add_lesson(course.pk, title="触电急救", by=author)
    client.force_login(makers.make_user(Role.AUTHOR))
    names = [("course",), ("lesson_row", key), ("place_question", key)]
    if method == "post":
        names = [("submit",), ("withdraw",), ("add_lesson",), ("rename_lesson", key), ("remove_lesson", key)]
        names += [
            ("move_lesson", key),
            ("attach_video", key),
            ("place_from_bank", key),
            ("remove_question", key),
        ]
    before = course.revisions.count()
    for name, *more in names:
        response = getattr(client, method)(page(course, name, *more), {"title": "x"})
        assert response.status_code in (302, 403, 404), name
        assert response.status_code != 302 or response.url == "/admin/", name
    assert course.revisions.count() == before


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMIN])
def test_reviewers_and_admins_read_but_do_not_write(client, course, author, role):
    makers.make_lesson(course, by=author)
    client.force_login(makers.make_user(role))
    shown = text(client.get(page(course)))
    assert course.title in shown
    assert "提交审核" not in shown
    client.post(page(course, "add_lesson"), {"title": "x"})
    assert Course.objects.get(pk=course.pk).get_latest_revision_as_object().lessons.count() == 1


def test_an_institution_does_not_enter_the_admin(client, course, author):
    client.force_login(makers.make_user(Role.INSTITUTION))
    assert client.get(page(course)).status_code in (302, 403)


def test_a_new_question_is_written_and_placed_in_one_step(client, course, author):
    key = makers.make_lesson(course, by=author, duration_s=1200)
    url = page(course, "place_question", key)
    form = {
        "type": "true_false",
        "stem": "停电后要验电。",
        "answer": "对",
        "explanation": "验电才知道是否停电。",
        "options": "",
        "at": "1:05",
    }
    response = client.post(url, form, follow=True)
    assert "停电后要验电。" in text(response)
    assert "在 1:05 出现" in text(response)


def test_a_placed_question_that_counts_for_nothing_is_marked(client, course, author):
    key = makers.make_lesson(course, by=author, duration_s=1200)
    shown = text(client.get(page(course, "place_question", key)))
    assert "不算题数，请替换" not in shown
    Question.objects.filter(pk=Question.objects.first().pk).update(valid_to="2020-01-01")
    shown = text(client.get(page(course, "place_question", key)))
    assert shown.count("不算题数，请替换") == 1


def test_after_taking_one_from_the_bank_the_search_goes_on(client, course, author):
    key = makers.make_lesson(course, by=author, duration_s=1200)
    question = makers.make_question(by=author, item=course.item, stem="验电器先试验。")
    url = page(course, "place_from_bank", key)
    taken = client.post(url, {"question": question.pk, "q": "验电"})
    assert taken.url == f"{page(course, 'place_question', key)}?q=%E9%AA%8C%E7%94%B5#bank"
    moved = client.post(url, {"question": question.pk, "at": "1:00"})
    assert moved.url == f"{page(course, 'place_question', key)}#q{question.pk}"


@pytest.mark.parametrize(
    ("at", "sentence"),
    [("99:99", "时间请写成 分:秒"), ("21:00", "视频只有 20:00"), ("<b>", "时间请写成 分:秒")],
)
def test_a_wrong_time_keeps_what_was_typed(client, course, author, at, sentence):
    key = makers.make_lesson(course, by=author, duration_s=1200)
    form = {"type": "true_false", "stem": "停电后要验电。", "answer": "对", "explanation": "要", "at": at}
    shown = text(client.post(page(course, "place_question", key), form))
    assert sentence in shown
    assert "停电后要验电。" in shown


@pytest.mark.parametrize("name", ["attach_video", "place_from_bank", "remove_question"])
def test_an_id_that_is_none_is_not_found(client, course, author, name):
    key = drafts.add_lesson(course.pk, title="触电急救", by=author)
    for junk in ("", "x", "1; drop table", str(course.pk + 999), "00000000-0000-0000-0000-000000000000"):
        posted = client.post(page(course, name, key), {"video": junk, "question": junk})
        assert posted.status_code == 404, junk


def test_a_name_that_is_too_long_is_refused_in_words(client, course, author):
    shown = text(client.post(page(course, "add_lesson"), {"title": "长" * 101}, follow=True))
    assert "课时名称有 101 个字，最多 100 个，请缩短。" in shown


def test_a_published_course_is_submitted_again_only_when_there_is_news(client, author):
    course = makers.make_released_course(by=author).course
    assert "已发布，没有未送审的改动" in text(client.get(page(course)))
    client.post(page(course, "submit"))
    assert not Course.objects.get(pk=course.pk).workflow_in_progress


def test_a_changed_question_is_news_and_makes_a_second_release(client, author):
    first = makers.make_released_course(by=author)
    question = Question.objects.get()
    changed = replace(question.content, stem="换过的题干？")
    revise_question(question, content=changed, knowledge_points=(), by=author)
    course = Course.objects.get(pk=first.course_id)
    assert "都齐了，可以送审" in text(client.get(page(course)))
    second = makers.release(course, by=author)
    assert (second.number, second.manifest["lessons"][0]["questions"][0]["stem"]) == (2, "换过的题干？")
