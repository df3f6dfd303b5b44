"""What institutions find and open, and what nobody without the right gets to see."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cms.models import Course
from cms.releases import take_down
from cms.selections import select_release
from tests import makers

pytestmark = pytest.mark.django_db
LIBRARY = "/courses/"


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


def titles(response):
    return [card.release.title for card in response.context["cards"]]


def second_release(release):
    author = Course.objects.get(pk=release.course_id).created_by
    makers.make_lesson(release.course, by=author, title="新增课时")
    return makers.release(release.course, by=author)


@pytest.mark.parametrize(
    ("roles", "home"),
    [
        ([Role.AUTHOR], "/admin/"),
        ([Role.REVIEWER], "/admin/"),
        ([Role.ADMIN], "/admin/"),
        ([Role.INSTITUTION], "/courses/"),
        ([Role.INSTITUTION, Role.AUTHOR], "/admin/"),
    ],
)
def test_the_front_door_sends_each_role_to_its_work(client, roles, home):
    client.force_login(makers.make_user(*roles))
    assert client.get("/").url == home


@pytest.mark.parametrize("path", ["", "{}/", "{}/videos/{}/"])
def test_an_anonymous_person_is_asked_to_log_in(client, path):
    url = LIBRARY + path.format(uuid.uuid4(), uuid.uuid4())
    assert client.get(url).url == f"/login/?next={url}"


def test_a_wrong_password_is_answered_in_chinese_and_keeps_the_name(client):
    page = client.post("/login/", {"username": "chen", "password": "wrong"}).content.decode()
    assert "请输入一个正确的用户名和密码" in page
    assert 'value="chen"' in page


def test_the_library_lists_the_newest_release_of_each_course_and_no_draft(client, institution):
    old = makers.make_released_course(title="第一门")
    second_release(old)
    gone = makers.make_released_course(title="下架的")
    take_down(gone, reason="声音过小", by=makers.make_user(Role.ADMIN))
    makers.make_course(by=makers.make_user(Role.AUTHOR), title="草稿")
    response = client.get(LIBRARY)
    assert [(card.release.title, card.release.number) for card in response.context["cards"]] == [
        ("第一门", 2)
    ]


SEARCHES = {
    "": {"低压初训", "低压复审", "高压初训"},
    "kind=renewal": {"低压复审"},
    "kind=nonsense": {"低压初训", "低压复审", "高压初训"},
    "q=初训 低压": {"低压初训"},
    "q=高压电工": {"高压初训"},
    "q=%00高压": {"高压初训"},
    "item=so-elec-lv": {"低压初训", "低压复审"},
    "qualification=特种作业操作证&category=电工作业": {"低压初训", "低压复审", "高压初训"},
    "qualification=特种作业操作证&category=高处作业": set(),
}


def test_courses_are_found_by_words_kind_and_place_in_the_catalog(client, institution):
    makers.make_edition()
    makers.make_released_course(title="低压初训")
    makers.make_released_course(title="低压复审", kind="renewal")
    makers.make_released_course(title="高压初训", item="so-elec-hv")
    assert {query: set(titles(client.get(f"{LIBRARY}?{query}"))) for query in SEARCHES} == SEARCHES


def test_the_tree_counts_the_courses_under_every_heading(client, institution):
    makers.make_edition()
    makers.make_released_course()
    makers.make_released_course(item="so-elec-hv")
    makers.make_released_course(item="pm-smelt")
    tree = client.get(LIBRARY).context["tree"]
    assert [(branch.name, branch.count) for branch in tree] == [
        ("特种作业操作证", 2),
        ("主要负责人和安全生产管理人员", 1),
    ]
    assert [entry.count for entry in tree[0].beneath[0].beneath] == [1, 1, 0, 0, 0, 0]


def test_a_card_tells_the_figures_the_deadline_and_the_choice(client, institution):
    release = makers.make_due_release(days_left=-3, duration_s=601.0)
    select_release(release, by=institution)
    [card] = client.get(LIBRARY).context["cards"]
    figures = (card.outline.hours, len(card.outline.lessons), card.outline.minutes, card.outline.questions)
    assert figures == ("2", 1, 11, 2)
    assert (card.kind, card.due.word, card.is_chosen) == ("新取证", "已逾期 3 天", True)


def test_the_next_page_keeps_the_filters(client, institution, monkeypatch):
    monkeypatch.setattr("cms.views.library.PER_PAGE", 1)
    makers.make_released_course(title="低压甲")
    makers.make_released_course(title="低压乙")
    page = client.get(LIBRARY, {"q": "低压"})
    assert 'rel="next" href="?q=%E4%BD%8E%E5%8E%8B&amp;page=2"' in page.content.decode()
    assert titles(client.get(LIBRARY, {"q": "低压", "page": 2})) == ["低压甲"]


def test_the_library_costs_the_same_at_one_and_three_courses(
    client, institution, django_assert_max_num_queries
):
    makers.make_edition()

    def queries():
        with django_assert_max_num_queries(20) as captured:
            client.get(LIBRARY)
        return len(captured)

    makers.make_due_release(days_left=5)
    few = queries()
    makers.make_due_release(days_left=5)
    makers.make_due_release(days_left=5)
    assert queries() == few


@pytest.mark.parametrize(("query", "advice"), [({}, "还没有发布的课程"), ({"q": "没有"}, "换一个词，或者")])
def test_an_empty_library_says_what_to_do(client, institution, query, advice):
    assert advice in client.get(LIBRARY, query).content.decode()


def test_a_person_without_a_role_is_told_whom_to_ask(client):
    makers.make_released_course()
    client.force_login(makers.make_user())
    response = client.get(LIBRARY)
    assert titles(response) == []
    assert "还没有分配角色" in response.content.decode()


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
    missing = client.get(f"{LIBRARY}{uuid.uuid4()}/")
    refused = client.post(
        reverse("site:take_down", args=[makers.make_released_course().pk]), {"reason": "坏"}
    )
    assert (missing.status_code, refused.status_code) == (404, 403)
    assert "没有找到这个页面" in missing.content.decode()
    assert "只有平台管理员可以下架课程。" in refused.content.decode()
