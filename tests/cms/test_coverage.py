"""The matrix of 48 rows and 96 cells: which can be taught today, and what the others lack."""

from collections import Counter

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cms.coverage.matrix import coverage
from cms.pictures.coverage_matrix import matrix, shares
from cms.review import submissions
from cms.review.releases import take_down
from tests import makers

pytestmark = pytest.mark.django_db
PAGE = "/admin/coverage/"


def cell(item=makers.ITEM, kind="new"):
    cells = coverage(makers.make_edition(), today=timezone.localdate())
    return next(found for found in cells if (found.cell.row.item_id, found.cell.kind) == (item, kind))


def test_an_empty_platform_covers_none_of_the_96_cells():
    cells = coverage(makers.make_edition(), today=timezone.localdate())
    assert Counter(str(found.state) for found in cells) == {"empty": 96}
    assert {tuple(found.missing) for found in cells} == {("还没有课程",)}


def test_taking_one_course_down_changes_exactly_its_cell():
    release = makers.make_released_course(title="低压")
    today = timezone.localdate()
    before = coverage(makers.make_edition(), today=today)
    take_down(release, reason="声音过小", by=makers.make_user(Role.ADMIN))
    after = coverage(makers.make_edition(), today=today)
    changed = [
        (old.state, new.state, new.missing) for old, new in zip(before, after, strict=True) if old != new
    ]
    assert changed == [("covered", "withdrawn", ["课程「低压」现在不能选用（已下架）"])]


def test_a_draft_a_course_in_review_and_a_published_one_are_told_apart():
    author = makers.make_user(Role.AUTHOR)
    makers.make_course(by=author)
    draft = cell()
    waiting = makers.make_course(by=author)
    makers.make_lesson(waiting, by=author)
    submissions.submit(waiting.pk, by=author)
    in_review = cell()
    release = makers.make_released_course(by=author)
    published = cell()
    assert [(found.state, found.release_id) for found in (draft, in_review, published)] == [
        ("draft", None),
        ("in_review", None),
        ("covered", release.pk),
    ]


@pytest.mark.parametrize(
    ("days_left", "state", "text"),
    [(12, "due", "还剩 12 天"), (0, "due", "还剩 0 天"), (-1, "overdue", "逾期 1 天")],
)
def test_a_cell_tells_the_days_to_its_deadline(days_left, state, text):
    makers.make_due_release(days_left=days_left)
    found = cell()
    assert (found.state, found.text, found.is_covered) == (state, text, True)
    assert "代替" in found.missing[0]


def test_the_best_of_several_courses_speaks_for_the_cell():
    makers.make_due_release(days_left=-5)
    fresh = makers.make_released_course()
    assert (cell().state, cell().release_id) == ("covered", fresh.pk)


def test_the_matrix_keeps_the_headings_and_order_of_the_notice():
    found = matrix(coverage(makers.make_edition(), today=timezone.localdate()))
    assert [(heading.name, len(heading.categories)) for heading in found] == [
        ("特种作业操作证", 8),
        ("主要负责人和安全生产管理人员", 4),
    ]
    assert [str(line.row) for line in found[0].categories[0].rows[:2]] == ["1.1 低压电工", "1.2 高压电工"]
    assert sum(len(category.rows) for heading in found for category in heading.categories) == 48


def test_the_matrix_is_filtered_by_state_and_by_name():
    makers.make_released_course()
    cells = coverage(makers.make_edition(), today=timezone.localdate())

    def names(**filters):
        found = matrix(cells, **filters)
        return [
            line.row.name for heading in found for category in heading.categories for line in category.rows
        ]

    assert names(state="covered") == ["低压电工"]
    assert names(text="1.2") == ["高压电工"]
    assert names(state="covered", text="高压") == []


def test_the_shares_fill_the_bar():
    makers.make_released_course()
    found = shares(coverage(makers.make_edition(), today=timezone.localdate()))
    assert [(share.count, share.start, share.width) for share in found if share.count] == [
        (1, 0.0, 1.042),
        (95, 1.042, 98.958),
    ]


def test_a_click_on_a_cell_shows_what_it_lacks_and_leads_to_its_release_and_to_its_draft(client):
    makers.make_edition()
    release = makers.make_due_release(days_left=-3)
    draft = makers.make_course(by=makers.make_user(Role.AUTHOR), kind="renewal")
    client.force_login(makers.make_user(Role.ADMIN))
    response = client.get(PAGE)
    assert (response.context["covered"], response.context["cells"]) == (1, 96)
    assert f"?cell={makers.ITEM}%3Arenewal#cell" in response.content.decode()

    def panel(kind):
        return client.get(PAGE, {"cell": f"{makers.ITEM}:{kind}"}).content.decode()

    assert reverse("site:course", args=[release.pk]) in panel("new")
    assert "逾期 3 天" in panel("new")
    assert reverse("cms:course", args=[draft.pk]) in panel("renewal")
    assert "课程还没有课时，请先添加课时并上传视频。" in panel("renewal")
    assert "还没有录入这一格的培训大纲" in panel("renewal")


@pytest.mark.parametrize(
    "query", ["state=nonsense", "state=covered&q=没有这个", "q=%00", "cell=x:y", "cell=%00"]
)
def test_a_strange_filter_is_answered_with_a_page(client, query):
    makers.make_edition()
    client.force_login(makers.make_user(Role.ADMIN))
    assert client.get(f"{PAGE}?{query}").status_code == 200


def test_without_a_catalog_the_page_says_how_to_load_it(client):
    client.force_login(makers.make_user(Role.ADMIN))
    assert "load_catalog" in client.get(PAGE).content.decode()


def test_the_page_costs_the_same_at_one_and_three_courses(client, django_assert_max_num_queries):
    makers.make_edition()
    client.force_login(makers.make_user(Role.ADMIN))

    def queries():
        with django_assert_max_num_queries(40) as captured:
            client.get(PAGE)
        return len(captured)

    makers.make_due_release(days_left=5)
    client.get(PAGE)
    few = queries()
    makers.make_due_release(days_left=5, item="so-elec-hv")
    makers.make_course(by=makers.make_user(Role.AUTHOR), kind="renewal")
    assert queries() == few


@pytest.mark.parametrize("page", [PAGE, "/admin/law/"])
@pytest.mark.parametrize(
    ("roles", "status"),
    [([Role.ADMIN], 200), ([Role.REVIEWER], 200), ([Role.AUTHOR], 302), ([Role.INSTITUTION], 302), ([], 302)],
)
def test_admins_and_reviewers_read_the_boards_and_nobody_else(client, page, roles, status):
    client.force_login(makers.make_user(*roles))
    assert client.get(page).status_code == status
