"""What institutions find and open, and what nobody without the right gets to see."""

import uuid

import pytest

from accounts.roles import Role
from cms.models import Course
from cms.review.releases import take_down
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
    assert "用户名或密码不对，两者都区分大小写" in page
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
