"""A notice is closed by a release made after it, or by two people who agree that nothing need change."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cms.law import closing
from cms.law.notices import open_notices
from cms.models import Course, CourseCitation, UpdateNotice
from cms.review import submissions
from tests import makers

pytestmark = pytest.mark.django_db
REASON = "本次只改了发证机关，课程没有讲到。"


@pytest.fixture
def author():
    return makers.make_user(Role.AUTHOR)


@pytest.fixture
def notice(author):
    makers.make_due_release(days_left=5, by=author)
    return UpdateNotice.objects.get()


@pytest.fixture
def proposal(notice, author):
    return closing.propose_no_change(notice, reason=REASON, by=author)


def url(name, notice):
    return reverse(f"cms:{name}", args=[notice.pk])


def cite_the_new_text(course, notice, by):
    draft = Course.objects.get(pk=course.pk).get_latest_revision_as_object()
    draft.citations = [CourseCitation(version=notice.version)]
    draft.save_revision(user=by)


def test_a_release_submitted_before_the_notice_was_opened_does_not_close_it(author, notice):
    course = notice.course
    cite_the_new_text(course, notice, author)
    course = Course.objects.get(pk=course.pk)
    assert submissions.submit(course.pk, by=author) == []
    UpdateNotice.objects.update(opened_at=timezone.now())
    state = course.current_workflow_state
    closing.close_by_release(course.releases.get(), submitted_at=state.created_at, by=author)
    notice.refresh_from_db()
    assert notice.closed_at is None


def test_a_release_submitted_after_it_that_cites_no_old_text_closes_it(author, notice):
    cite_the_new_text(notice.course, notice, author)
    second = makers.release(Course.objects.get(pk=notice.course_id), by=author)
    notice.refresh_from_db()
    assert (notice.closed_release, notice.closed_by, notice.closed_reason) == (second, second.approved_by, "")


def test_a_release_that_still_cites_the_old_text_leaves_it_open(author, notice):
    draft = notice.course.get_latest_revision_as_object()
    draft.title = "改了名"
    draft.save_revision(user=author)
    makers.release(Course.objects.get(pk=notice.course_id), by=author)
    notice.refresh_from_db()
    assert notice.closed_at is None


def test_a_second_person_agrees_and_the_notice_is_closed_for_good(notice, proposal):
    reviewer = makers.make_user(Role.REVIEWER)
    closing.decide_no_change(proposal, accept=True, answer="", by=reviewer)
    notice.refresh_from_db()
    assert (notice.closed_by, notice.closed_reason, notice.closed_release) == (reviewer, REASON, None)
    assert open_notices(timezone.localdate()) == 0
    assert UpdateNotice.objects.open().count() == 0


def test_a_second_person_disagrees_with_a_reason_and_it_stays_open(notice, proposal):
    reviewer = makers.make_user(Role.REVIEWER)
    with pytest.raises(closing.ClosingRefused, match="请写明课程哪里要改"):
        closing.decide_no_change(proposal, accept=False, answer=" ", by=reviewer)
    closing.decide_no_change(proposal, accept=False, answer="第三课讲到了。", by=reviewer)
    notice.refresh_from_db()
    assert notice.closed_at is None
    again = closing.propose_no_change(notice, reason="第三课已经另行说明过了。", by=reviewer)
    assert again.accepted is None


def test_nobody_agrees_with_themselves_or_without_being_a_reviewer_or_with_a_hand_in_the_course(
    author, notice
):
    both = makers.make_user(Role.AUTHOR, Role.REVIEWER, institution=author.institution)
    own = closing.propose_no_change(notice, reason=REASON, by=both)
    author.groups.set(both.groups.all())
    admin = makers.make_user(Role.ADMIN)
    admin.is_superuser = True
    admin.save()
    for person in (both, type(author).objects.get(pk=author.pk), admin):
        with pytest.raises(PermissionDenied):
            closing.decide_no_change(own, accept=True, answer="", by=person)


def test_the_database_holds_four_eyes_and_a_reason(notice, proposal, author):
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal.accepted, proposal.decided_by, proposal.decided_at = True, author, timezone.now()
        proposal.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        UpdateNotice.objects.update(closed_at=timezone.now(), closed_by=author)


def test_a_reason_too_short_and_a_second_proposal_are_refused_and_the_words_are_kept(client, author, notice):
    client.force_login(author)
    page = client.post(url("propose_no_change", notice), {"reason": "不用改"}).content.decode()
    assert "至少 10 个字" in page
    assert ">不用改</textarea>" in page
    client.post(url("propose_no_change", notice), {"reason": REASON})
    page = client.post(url("propose_no_change", notice), {"reason": REASON}).content.decode()
    assert "正在等待复核" in page
    assert notice.no_changes.count() == 1


def test_the_page_tells_the_rule_the_date_and_what_happened(client, author, notice, proposal):
    closing.remark(notice, text="视频正在重拍。", by=author)
    client.force_login(author)
    page = client.get(url("notice", notice)).content.decode()
    for words in (
        "部门规章自施行之日起 2 个月内更新、完善（网络培训平台承诺书第九项）",
        "民法典第二百条至第二百零三条",
        "视频正在重拍。",
        REASON,
        "「无须修改」由审核员复核。",
    ):
        assert words in page


def test_a_reviewer_decides_on_the_page(client, notice, proposal):
    client.force_login(makers.make_user(Role.REVIEWER))
    answer = {"proposal": proposal.pk, "accept": "yes"}
    page = client.post(url("decide_no_change", notice), answer, follow=True).content.decode()
    assert "已办结：无须修改。" in page
    page = client.post(url("decide_no_change", notice), answer).content.decode()
    assert "已经办结，不能再改动" in page


@pytest.mark.parametrize("name", ["notice", "propose_no_change", "decide_no_change", "remark"])
def test_the_notices_of_another_institution_do_not_exist(client, notice, proposal, name):
    client.force_login(makers.make_user(Role.AUTHOR))
    data = {"reason": REASON, "text": "我来说", "proposal": proposal.pk, "accept": "yes"}
    method = client.get if name == "notice" else client.post
    assert method(url(name, notice), data).status_code == 404
    with pytest.raises(PermissionDenied):
        closing.remark(notice, text="我来说", by=makers.make_user(Role.AUTHOR))


def test_an_institution_has_no_page_of_a_notice(client, notice):
    client.force_login(makers.make_user(Role.INSTITUTION))
    assert client.get(url("notice", notice)).status_code in (302, 403)
