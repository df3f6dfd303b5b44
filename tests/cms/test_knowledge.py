"""New knowledge: recorded with its source and day, three months, the same closing rules as for laws."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cms.law.knowledge import Knowledge, KnowledgeRefused, affected, record_knowledge
from cms.law.notice_page import rule_of
from cms.law.notices import open_notices
from cms.models import UpdateNotice
from tests import makers

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)
LITHIUM = Knowledge("新技术", "锂电池仓库的早期火灾处置", "厂家说明书 2026 版", TODAY, (makers.ITEM,))


@pytest.fixture
def admin():
    return makers.make_user(Role.ADMIN)


def record(courses, by, knowledge=LITHIUM, today=TODAY):
    return record_knowledge(knowledge, courses=courses, today=today, by=by)


def test_each_chosen_course_gets_a_notice_due_three_months_later(admin):
    chosen, other = makers.make_released_course(), makers.make_released_course()
    version, opened = record([chosen.course_id], admin)
    [notice] = UpdateNotice.objects.all()
    assert (opened, notice.course_id, notice.version) == (1, chosen.course_id, version)
    assert (notice.base_date, notice.due) == (TODAY, date(2027, 2, 28))
    assert notice.reason == "新技术「锂电池仓库的早期火灾处置」须纳入课程；来源：厂家说明书 2026 版"
    assert rule_of(notice) == "新知识自登记之日起 3 个月内更新、完善（网络培训平台承诺书第九项）"
    assert open_notices(TODAY) == 0
    assert not other.course.notices.exists()


def test_the_next_approved_release_closes_it(admin):
    release = makers.make_released_course()
    course = release.course
    record([course.pk], admin)
    course.refresh_from_db()
    draft = course.get_latest_revision_as_object()
    draft.summary = "增加了锂电池火灾的处置。"
    draft.save_revision(user=course.created_by)
    makers.release(course, by=course.created_by)
    notice = UpdateNotice.objects.get()
    assert notice.closed_release == course.releases.get(superseded_at=None)


def test_an_author_opens_notices_for_courses_of_their_own_unit_only():
    own, foreign = makers.make_released_course(title="自己的"), makers.make_released_course(title="别人的")
    author = own.course.created_by
    assert [release.title for release in affected([makers.ITEM], by=author)] == ["自己的"]
    record([own.course_id, foreign.course_id], author)
    assert [notice.course_id for notice in UpdateNotice.objects.all()] == [own.course_id]
    with pytest.raises(KnowledgeRefused, match="至少勾选一门"):
        record([foreign.course_id], author)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.INSTITUTION])
def test_others_record_nothing(role):
    release = makers.make_released_course()
    with pytest.raises(PermissionDenied):
        record([release.course_id], makers.make_user(role))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"category": "新闻"}, "请选择类别"),
        ({"title": ""}, "名称和来源"),
        ({"source": ""}, "名称和来源"),
        ({"recorded": None}, "请填登记日期"),
        ({"recorded": TODAY + timedelta(days=1)}, "不能晚于今天"),
        ({"items": ()}, "操作项目"),
        ({"items": ("nowhere",)}, "操作项目"),
    ],
)
def test_what_is_missing_is_said(admin, wrong, words):
    fields = {name: getattr(LITHIUM, name) for name in LITHIUM.__slots__} | wrong
    release = makers.make_released_course()
    with pytest.raises(KnowledgeRefused, match=words):
        record([release.course_id], admin, Knowledge(**fields))
    assert not UpdateNotice.objects.exists()


def test_two_on_one_day_stand_beside_each_other(admin):
    release = makers.make_released_course()
    slugs = [record([release.course_id], admin)[0].slug for _ in range(2)]
    assert slugs == ["new-20261130-1", "new-20261130-2"]


def test_the_page_asks_for_courses_and_opens(client, admin):
    release = makers.make_released_course(title="低压电工")
    client.force_login(admin)
    url, today = reverse("cms:knowledge"), timezone.localdate()
    form = {"category": "新设备", "title": "剩余电流监测", "source": "厂家", "recorded": today.isoformat()}
    refused = client.post(url, form)
    assert (refused.status_code, "请选择它涉及的操作项目" in refused.content.decode()) == (422, True)
    form |= {"items": [makers.ITEM]}
    assert "低压电工" in client.post(url, form).content.decode()
    assert not UpdateNotice.objects.exists()
    page = client.post(
        url, form | {"courses": [release.course_id], "open": "1"}, follow=True
    ).content.decode()
    assert "已登记「剩余电流监测」，1 门课程须在" in page
    assert UpdateNotice.objects.get().base_date == today


def status(capsys, day):
    """State, days left and exit status on `day`."""
    code = 0
    try:
        call_command("regulation_status", "--today", day.isoformat(), "--json")
    except SystemExit as end:
        code = end.code
    [notice] = json.loads(capsys.readouterr().out)["notices"]
    return notice["state"], notice["days_left"], code


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 11, 30), ("open", 90, 0)),
        (date(2027, 1, 28), ("open", 31, 0)),
        (date(2027, 1, 29), ("due_soon", 30, 0)),
        (date(2027, 2, 28), ("due_soon", 0, 0)),
        (date(2027, 3, 1), ("overdue", -1, 1)),
    ],
)
def test_the_command_knows_its_days(admin, capsys, day, told):
    record([makers.make_released_course().course_id], admin)
    assert status(capsys, day) == told
