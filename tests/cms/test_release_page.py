"""The page of one release: what is on it, who may open it, its videos, and taking it down."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cms.models import Course, CourseRelease
from cms.review.releases import take_down
from cms.selections import select_release
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def institution(client):
    """A person of a training institution, logged in."""
    user = makers.make_user(Role.INSTITUTION)
    client.force_login(user)
    return user


def course_url(release):
    return reverse("site:course", args=[release.pk])


def video_url(release, video_id=None):
    return reverse("site:video", args=[release.pk, video_id or release.manifest["lessons"][0]["video"]["id"]])


def second_release(release):
    author = Course.objects.get(pk=release.course_id).created_by
    makers.make_lesson(release.course, by=author, title="新增课时")
    return makers.release(release.course, by=author)


def test_a_course_page_shows_one_sample_per_lesson_and_no_other_question(client, institution):
    release = makers.make_released_course(duration_s=1201.0)
    page = client.get(course_url(release)).content.decode()
    questions = release.manifest["lessons"][0]["questions"]
    assert [question["stem"] in page for question in questions] == [True, False, False]
    assert (page.count("先断开电源，再施救。"), page.count("答案：")) == (1, 1)


def test_a_course_page_tells_which_of_its_laws_was_replaced_since(client, institution):
    today = timezone.localdate()
    old, new = makers.make_versions(effective=today)
    kept, _ = makers.make_versions()
    kept.replaced_by.clear()
    release = makers.make_released_course(cites=(old, kept))
    laws = client.get(course_url(release)).context["page"].laws
    assert [(law.cited.version, [row.newer for row in law.replaced_by]) for law in laws] == [
        (old.slug, [new]),
        (kept.slug, []),
    ]


def test_a_course_page_costs_the_same_with_one_lesson_and_with_three(
    client, institution, django_assert_max_num_queries
):
    def queries(release):
        with django_assert_max_num_queries(20) as captured:
            client.get(course_url(release))
        return len(captured)

    one = makers.make_released_course(cites=[makers.make_versions()[0]])
    author = makers.make_user(Role.AUTHOR)
    course = makers.make_course(by=author, cites=[makers.make_versions()[0] for _ in range(3)])
    for title in ("甲", "乙", "丙"):
        makers.make_lesson(course, by=author, title=title)
    three = makers.release(course, by=author)
    assert queries(three) == queries(one)


def test_a_superseded_release_stays_readable_for_who_chose_it_and_leads_to_the_newest(client, institution):
    old = makers.make_released_course()
    select_release(old, by=institution)
    newest = second_release(old)
    page = client.get(course_url(old)).content.decode()
    assert "这是旧版" in page
    assert course_url(newest) in page
    assert client.get(video_url(old)).status_code == 200


@pytest.mark.parametrize("end", ["superseded", "withdrawn"])
def test_others_do_not_find_what_is_no_longer_offered(client, end):
    release = makers.make_released_course()
    if end == "superseded":
        second_release(release)
    else:
        take_down(release, reason="声音过小", by=makers.make_user(Role.ADMIN))
    for role in (Role.INSTITUTION, Role.AUTHOR):
        client.force_login(makers.make_user(role))
        assert [client.get(url).status_code for url in (course_url(release), video_url(release))] == [
            404,
            404,
        ]


def test_the_bytes_of_a_video_come_in_ranges(client, institution):
    release = makers.make_released_course()
    response = client.get(video_url(release), headers={"range": "bytes=0-3"})
    assert (response.status_code, response.getvalue()) == (206, b"clip")


def test_a_video_of_another_course_is_not_served_under_this_one(client, institution):
    release, other = makers.make_released_course(), makers.make_released_course()
    foreign = other.manifest["lessons"][0]["video"]["id"]
    assert client.get(video_url(release, foreign)).status_code == 404


def test_nobody_reaches_a_draft_video_through_the_library(client):
    video = makers.make_video(by=makers.make_user(Role.AUTHOR))
    release = makers.make_released_course()
    guesses = [video_url(release, video.pk), video_url(release, uuid.uuid4())]
    guesses.append(reverse("site:video", args=[uuid.uuid4(), video.pk]))
    for role in Role:
        client.force_login(makers.make_user(role))
        assert [client.get(url).status_code for url in guesses] == [404, 404, 404]


def test_only_an_admin_is_offered_to_take_a_course_down_and_must_say_why(client):
    release = makers.make_released_course()
    client.force_login(makers.make_user(Role.ADMIN))
    url = reverse("site:take_down", args=[release.pk])
    assert url in client.get(course_url(release)).content.decode()
    assert "请写明下架原因。" in client.post(url, {"reason": " "}, follow=True).content.decode()
    release.refresh_from_db()
    assert release.withdrawn_at is None
    assert "声音过小" in client.post(url, {"reason": "声音过小"}, follow=True).content.decode()
    assert client.post(url, {"reason": "改写原因"}).status_code == 404
    release.refresh_from_db()
    assert release.withdrawn_reason == "声音过小"


def test_of_two_admins_who_take_it_down_at_once_the_first_reason_stays():
    release, admin = makers.make_released_course(), makers.make_user(Role.ADMIN)
    seen_by_both = CourseRelease.objects.get(pk=release.pk)
    take_down(release, reason="声音过小", by=admin)
    with pytest.raises(ValueError, match="已经下架"):
        take_down(seen_by_both, reason="改写原因", by=admin)
    assert CourseRelease.objects.get().withdrawn_reason == "声音过小"


def test_nobody_else_takes_a_course_down(client):
    release = makers.make_released_course()
    url = reverse("site:take_down", args=[release.pk])
    for role in (Role.INSTITUTION, Role.AUTHOR, Role.REVIEWER):
        client.force_login(makers.make_user(role))
        assert url not in client.get(course_url(release)).content.decode()
        assert client.post(url, {"reason": "不喜欢"}).status_code == 403
    release.refresh_from_db()
    assert release.withdrawn_at is None


def test_what_is_not_found_or_not_allowed_is_said_in_chinese(client, institution):
    missing = client.get(f"/courses/{uuid.uuid4()}/")
    refused = client.post(
        reverse("site:take_down", args=[makers.make_released_course().pk]), {"reason": "坏"}
    )
    assert (missing.status_code, refused.status_code) == (404, 403)
    assert "没有找到这个页面" in missing.content.decode()
    assert "只有平台管理员可以下架课程。" in refused.content.decode()


@pytest.mark.parametrize(
    ("days_left", "chips", "button", "told"),
    [
        (-3, ["已逾期 3 天"], "知道已逾期，仍要选用", "逾期未按新规更新"),
        (5, ["已发布", "待更新（还剩 5 天）"], "选用这门课程", "将按新规更新"),
    ],
)
def test_whoever_chooses_a_course_that_is_due_is_told_before_the_button(
    client, institution, days_left, chips, button, told
):
    release = makers.make_due_release(days_left=days_left)
    response = client.get(reverse("site:course", args=[release.pk]))
    page = response.content.decode()
    assert [chip.word for chip in response.context["page"].chips] == chips
    assert button in page and told in page
    assert page.count("仍要选用") == (days_left < 0)
