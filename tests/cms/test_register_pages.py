"""The register's pages: what each shows, who may enter, and that more rows cost no more queries."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from catalog.models import InstrumentVersion
from catalog.register.law_texts import keep_text
from cms.law import impact as impacts
from cms.law.impact_opening import Choice, decide_courses
from cms.law.impact_rows import course_rows
from cms.law.suggesting import refresh
from cms.models import ImpactDecision
from cms.views import impact as impact_page
from tests import makers

pytestmark = pytest.mark.django_db
OLD = "第一条 制定本规定。\n第二条 应当在期满前六十日内提出申请。\n第三条 罚款一万元。"
NEW = "第一条 制定本规定。\n第二条 应当在期满前九十日内提出申请。"


@pytest.fixture
def enter(client):
    def enter(*roles, **made):
        person = makers.make_user(*roles, **made)
        client.force_login(person)
        return person

    return enter


@pytest.fixture
def pair():
    old, new = makers.make_versions(effective=timezone.localdate())
    keep_text(old, OLD.encode(), name="旧.txt")
    keep_text(new, NEW.encode(), name="新.txt")
    return old, new


def mention(course, version):
    draft = course.get_latest_revision_as_object()
    draft.summary = f"{draft.summary}依照《{version.instrument.title}》第二条，期满前六十日内提出申请。"
    draft.save_revision(user=course.created_by)
    course.refresh_from_db()
    refresh(course)
    return course


def cost(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def texts(client, url, **query):
    return client.get(url, query).content.decode()


def test_the_list_is_narrowed_by_name_kind_state_and_missing_dates(client, enter, pair):
    old, new = pair
    makers.make_versions("technical_standard", effective=timezone.localdate(), published=timezone.localdate())
    enter(Role.AUTHOR)
    url, name = reverse("cms:register"), old.instrument.title

    def found(**query):
        return [row.version for row in client.get(url, query).context["rows"]]

    assert set(found(q=name, state="in_force")) == {new}
    assert set(found(q=f"{name} 第30号")) == {old}
    assert (set(found(q=name)), found(q=name, kind="technical_standard")) == ({old, new}, [])
    assert set(found(q=name, undated="1")) == {old, new}
    assert "没有符合条件的法规或标准" in texts(client, url, q="没有这部法规")
    assert (
        client.get(url, {"kind": "'", "state": "x", "verified": "\0", "q": "\0", "p": "-7"}).status_code
        == 200
    )


def test_an_instrument_shows_its_versions_and_uses_an_author_only_those_of_the_institution(
    client, enter, pair
):
    old, _ = pair
    mine = enter(Role.AUTHOR)
    mention(makers.make_course(by=mine, title="本单位的课"), old)
    other = makers.make_user(Role.AUTHOR, institution=makers.make_institution())
    mention(makers.make_course(by=other, title="外单位的课"), old)
    url = reverse("cms:instrument", args=[old.instrument_id])
    page = texts(client, url)
    assert ("本单位的课" in page, "外单位的课" in page, "全文 3 条" in page) == (True, False, True)
    assert "逐条对照" in page and "录入全文" not in page and "影响预览" not in page
    enter(Role.ADMIN)
    page = texts(client, url)
    assert "外单位的课" in page and "换全文" in page and "影响预览" in page


def test_two_texts_stand_side_by_side_and_are_narrowed_by_what_changed(client, enter, pair):
    old, new = pair
    enter(Role.REVIEWER)
    url = reverse("cms:compare_law", args=[old.pk, new.pk])
    page = texts(client, url)
    assert '<del class="law-number">六十日</del>' in page and '<ins class="law-number">九十日</ins>' in page
    only = texts(client, url, change="removed")
    assert "第三条 →" in only and "九十日" not in only
    new.articles.all().delete()
    assert "两个版本都录入全文后" in texts(client, url)


def test_a_file_is_taken_in_whole_or_every_fault_is_named(client, enter):
    enter(Role.ADMIN)
    head = "法规标识,法规名称,类别,版本标识,版本名称,施行日期\n"

    def send(rows):
        file = SimpleUploadedFile("表.csv", (head + rows).encode())
        return client.post(reverse("cms:import_register"), {"file": file}).content.decode()

    wrong = send("rule-x,规定甲,部门规章,x-1,规定甲,五月\nrule-x,规定甲,没有这类,x-2,规定甲,\n")
    assert "一行也没有导入" in wrong and "不是日期" in wrong and "不认识" in wrong
    assert not InstrumentVersion.objects.filter(slug="x-1").exists()
    done = send("rule-x,规定甲,部门规章,x-1,规定甲,2026-05-01\n")
    assert "新增 1 个版本" in done and "日期不明" in done
    assert "请先选择" in client.post(reverse("cms:import_register")).content.decode()


def test_who_may_enter_which_page(client, enter, pair):
    old, new = pair
    owner = makers.make_user(Role.AUTHOR, institution=makers.make_institution())
    course = makers.make_course(by=owner)
    pages = {
        reverse("cms:register"): "author reviewer admin",
        reverse("cms:instrument", args=[old.instrument_id]): "author reviewer admin",
        reverse("cms:compare_law", args=[old.pk, new.pk]): "author reviewer admin",
        reverse("cms:export_register_csv"): "author reviewer admin",
        reverse("cms:import_register"): "admin",
        reverse("cms:impact", args=[new.pk]): "admin",
        reverse("cms:course_law", args=[course.pk]): "reviewer admin",
    }
    for role in Role:
        enter(role, institution=makers.make_institution())
        opened = {url for url in pages if client.get(url).status_code == 200}
        assert opened == {url for url, roles in pages.items() if role.value in roles.split()}, role
        if role != Role.ADMIN:
            client.post(reverse("cms:add_alias", args=[old.instrument_id]), {"name": "甲"})
            client.post(reverse("cms:upload_law_text", args=[new.pk]), {"text": SimpleUploadedFile("a", b"")})
    assert (old.instrument.aliases.count(), new.articles.count()) == (0, 2)


def test_a_course_s_law_page_is_decided_by_its_own_author_alone(client, enter, pair):
    author = enter(Role.AUTHOR)
    course = mention(makers.make_course(by=author), pair[0])
    url, suggestion = reverse("cms:course_law", args=[course.pk]), course.suggestions.get()
    assert "请确认（1 处）" in texts(client, url)
    form = {"suggestion": suggestion.pk, "confirm": "1"}
    enter(Role.AUTHOR, institution=makers.make_institution())
    assert client.get(url).status_code == 404
    assert client.post(reverse("cms:decide_law", args=[course.pk]), form).status_code == 404
    client.force_login(author)
    client.post(reverse("cms:decide_law", args=[course.pk]), form)
    assert "已确认 1 处" in texts(client, url)


@pytest.mark.parametrize("page", ["register", "instrument", "compare_law", "course_law"])
def test_one_row_costs_as_many_queries_as_three(client, enter, pair, page):
    old, new = pair
    author = enter(Role.AUTHOR)
    course = mention(makers.make_course(by=author), old)
    pk = {"register": [], "instrument": [old.instrument_id], "compare_law": [old.pk, new.pk]}
    url = reverse(f"cms:{page}", args=pk.get(page, [course.pk]))
    few = cost(client, url)
    for _ in range(2):
        more, _ = makers.make_versions(effective=timezone.localdate())
        InstrumentVersion.objects.create(instrument=old.instrument, slug=f"more-{more.pk}", title="再一版")
        mention(makers.make_course(by=author), old)
        mention(course, more)
    keep_text(new, f"{NEW}\n第三条 罚款二万元。\n第四条 自公布之日起施行。".encode(), name="新.txt")
    assert cost(client, url) == few


def test_the_preview_shows_a_quoted_article_old_beside_new(client, enter, pair):
    old, new = pair
    mention(makers.make_released_course().course, old)
    impact = impacts.impact_of(new)
    [row] = course_rows(impact, impact.courses, {})
    [article] = row.articles
    changed = [[piece.text for piece in side if piece.is_changed] for side in (article.before, article.after)]
    assert (article.old, article.new, changed) == ("第二条", "第二条", [["六十日"], ["九十日"]])
    enter(Role.ADMIN)
    assert '<ins class="law-number">九十日</ins>' in texts(client, reverse("cms:impact", args=[new.pk]))


def test_ticks_are_kept_on_the_way_to_another_page_and_when_refused(client, enter, pair, monkeypatch):
    old, new = pair
    monkeypatch.setattr(impact_page, "ROWS", 1)
    one, other = (makers.make_released_course(title=title, cites=(old,)) for title in ("一", "二"))
    admin, url = enter(Role.ADMIN), reverse("cms:impact", args=[new.pk])
    assert "保存，看下一页" in texts(client, url)
    tick = {f"course-{one.course_id}": "not_touched", "to": "2"}
    refused = client.post(url, tick | {f"why-{one.course_id}": " "})
    assert refused.context["rows"][0].touch == "not_touched"
    moved = client.post(url, tick | {f"why-{one.course_id}": "没有讲到。"})
    assert (moved.url, ImpactDecision.objects.get().by) == (f"{url}?p=2", admin)
    assert [row.one.course for row in client.get(moved.url).context["rows"]] == [other.course_id]


def test_a_decision_saved_again_unchanged_keeps_who_made_it(pair):
    old, new = pair
    release = makers.make_released_course(cites=(old,))
    first, second = (makers.make_user(Role.ADMIN) for _ in range(2))
    choice = {release.course_id: Choice("look")}
    assert (decide_courses(new, choice, by=first), decide_courses(new, choice, by=second)) == (1, 0)
    assert ImpactDecision.objects.get().by == first


def test_a_group_that_is_not_touched_asks_for_its_reason_and_then_opens(client, enter, pair):
    old, new = pair
    makers.make_released_course(cites=(old,))
    enter(Role.ADMIN)
    url = reverse("cms:impact", args=[new.pk])
    silent = client.post(url, {"open": "1", "touch-3": "not_touched"}).content.decode()
    assert "「已确认的引用」这一组判为不涉及，请在上面写明理由" in silent
    opened = client.post(url, {"open": "1", "touch-3": "must_change"}, follow=True).content.decode()
    assert "已登记 1 条更新提醒" in opened and "1 门课程已有更新提醒" in opened
    assert "确认并登记更新提醒" not in opened
