"""What each person meets first."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cms import drafts
from cms.home import author_cards
from cms.law.notices import open_notices
from cms.models import Course
from cms.review import submissions
from media_pipeline.models import Job
from question_bank.intake import receiving
from question_bank.intake.turns import read_batch
from question_bank.models import Question
from question_bank.questions.acts import revise_question
from tests import makers

pytestmark = pytest.mark.django_db
HOME = reverse("wagtailadmin_home")


@pytest.fixture
def author():
    return makers.make_user(Role.AUTHOR)


def shown(client, user, url=HOME):
    client.force_login(user)
    return client.get(url).content.decode()


def queries(client, user, url=HOME):
    shown(client, user, url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def test_an_author_without_courses_is_told_where_to_begin(client, author):
    assert "还没有课程。先新建一门课程" in shown(client, author)


def test_an_author_without_an_institution_is_told_whom_to_ask(client, author):
    author.institution = None
    author.save()
    page = shown(client, author)
    assert "您的账号还没有所属机构" in page
    assert "新建课程</a>" not in page


def test_a_card_shows_the_first_step_and_how_many_are_left(client, author):
    course = makers.make_course(by=author)
    assert "添加课时</a>" in shown(client, author)
    key = drafts.add_lesson(course.pk, title="触电急救", by=author)
    assert "上传视频</a>" in shown(client, author)
    drafts.attach_video(course.pk, key, video=makers.make_video(by=author, verdict="fail"), by=author)
    page = shown(client, author)
    assert "处理检查问题</a>" in page
    assert "共 2 处要处理" in page


def test_a_complete_draft_asks_to_be_submitted_and_a_submitted_one_asks_nothing(client, author):
    course = makers.make_course(by=author)
    makers.make_lesson(course, by=author)
    assert "提交审核</a>" in shown(client, author)
    submissions.submit(course.pk, by=author)
    assert "现在没有要您处理的事" in shown(client, author)


def test_a_published_course_that_the_law_makes_due_asks_for_an_update(client, author):
    old, _ = makers.make_versions(effective=timezone.localdate())
    makers.make_released_course(by=author, cites=(old,))
    open_notices(timezone.localdate())
    page = shown(client, author)
    assert "按新规更新</a>" in page
    assert "待更新（还剩" in page


def test_what_the_law_makes_due_comes_first_and_what_asks_for_nothing_last(author):
    old, _ = makers.make_versions(effective=timezone.localdate())
    due = makers.make_released_course(by=author, cites=(old,))
    waiting, draft = makers.make_course(by=author), makers.make_course(by=author)
    makers.make_lesson(waiting, by=author)
    submissions.submit(waiting.pk, by=author)
    open_notices(timezone.localdate())
    cards = author_cards(author, today=timezone.localdate())
    assert [card.course.pk for card in cards] == [due.course_id, draft.pk, waiting.pk]


def test_other_institutions_courses_are_not_on_an_authors_home(client, author):
    makers.make_course(by=makers.make_user(Role.AUTHOR), title="别人的课程")
    assert "别人的课程" not in shown(client, author)


def test_an_authors_home_takes_a_fixed_number_of_queries(client, author):
    makers.make_lesson(makers.make_course(by=author), by=author)
    one = queries(client, author)
    for _ in range(2):
        makers.make_lesson(makers.make_course(by=author), by=author)
    assert queries(client, author) == one


def test_an_import_that_waits_to_be_looked_through_is_on_its_authors_home(client, author):
    words = {"item": makers.make_item(), "institution": author.institution, "name": "题库.txt", "by": author}
    batch = receiving.receive(**words, data="1. 先断电。\n答案：对\n".encode())
    assert "接着核对" not in shown(client, author)
    read_batch(batch.pk, now=timezone.now())
    assert "您有 1 份导入的题库还没有核对完" in shown(client, author)
    colleague = makers.make_user(Role.AUTHOR, institution=author.institution)
    assert "接着核对" not in shown(client, colleague)


def reworded(release, author):
    question = Question.objects.get(pk=release.manifest["lessons"][0]["questions"][0]["id"])
    content = replace(question.content, explanation="改过的解析。")
    revise_question(question, content=content, knowledge_points=(), by=author)


def test_a_question_changed_in_the_bank_makes_its_published_course_ask_to_be_submitted(client, author):
    release = makers.make_released_course(by=author)
    assert "现在没有要您处理的事" in shown(client, author)
    reworded(release, author)
    page = shown(client, author)
    assert "1 道题改过，未送审" in page and "提交审核</a>" in page
    submissions.submit(release.course_id, by=author)
    assert "现在没有要您处理的事" in shown(client, author)


def test_changed_questions_cost_an_authors_home_a_fixed_number_of_queries(client, author):
    reworded(makers.make_released_course(by=author), author)
    one = queries(client, author)
    for _ in range(2):
        reworded(makers.make_released_course(by=author), author)
    assert queries(client, author) == one


def submitted(author) -> Course:
    course = makers.make_course(by=author)
    makers.make_lesson(course, by=author)
    submissions.submit(course.pk, by=author)
    return course


def test_the_queue_begins_with_the_longest_waiting_and_takes_a_fixed_number_of_queries(client, author):
    reviewer, url = makers.make_user(Role.REVIEWER), reverse("cms:review_queue")
    assert "现在没有等待审核的课程" in shown(client, reviewer, url)
    first = submitted(author)
    one = queries(client, reviewer, url)
    second = submitted(author)
    submitted(author)
    assert queries(client, reviewer, url) == one
    page = shown(client, reviewer, url)
    assert page.index(first.title) < page.index(second.title)


def test_a_reviewer_sees_why_they_may_not_take_a_course(client, author):
    both = makers.make_user(Role.AUTHOR, Role.REVIEWER, institution=author.institution)
    submitted(both)
    page = shown(client, both, reverse("cms:review_queue"))
    assert "须由另一位审核员审核" in page
    assert "开始审核" not in page


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.INSTITUTION])
def test_only_reviewers_see_queue_and_desk(client, author, role):
    submitted(author)
    client.force_login(makers.make_user(role))
    for url in (reverse("cms:review_queue"), reverse("cms:review_desk", args=[1])):
        assert client.get(url).status_code == 302


def test_an_admin_sees_which_video_was_not_done_and_why(client, author):
    video = makers.make_video(by=author)
    Job.objects.filter(key=video.sha256).update(state=Job.State.FAILED, error="内容损坏。")
    page = shown(client, makers.make_user(Role.ADMIN))
    assert reverse("cms:video_report", args=[video.pk]) in page
    assert "检查：内容损坏。" in page


def test_an_admins_home_counts_cells_and_what_is_overdue(client):
    makers.make_edition()
    release = makers.make_due_release(days_left=-3)
    page = shown(client, makers.make_user(Role.ADMIN))
    assert '<span class="ak-soft"> / 96</span>' in page
    assert release.title in page
