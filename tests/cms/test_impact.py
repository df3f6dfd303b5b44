"""What a new version touches before it counts, notices opened in one step, what the sweep does alone."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from catalog.models import InstrumentVersion, Succession, TrainingOutline
from catalog.register.law_texts import keep_text
from cms import drafts
from cms.law import impact as impacts
from cms.law.impact_opening import Choice, DecisionRefused, decide_courses, open_impact
from cms.law.notices import open_notices
from cms.law.suggesting import decide_suggestion, refresh
from cms.models import Basis, ImpactDecision, UpdateNotice
from question_bank.questions.citing import cite
from question_bank.questions.suggesting import sweep_questions
from tests import makers

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
MUST, LOOK = Choice("must_change"), Choice("look")
NOT = Choice("not_touched", "只讲急救，没有讲到这份规定。")
DEFAULTS = {Basis.CONFIRMED: MUST, Basis.SUGGESTED: LOOK, Basis.ITEM: NOT}


@pytest.fixture
def admin():
    return makers.make_user(Role.ADMIN)


def versions(**newer):
    return makers.make_versions(**({"effective": TODAY + timedelta(days=30)} | newer))


def mention(release, version, text=""):
    """The course's draft says the law's name, and its search has run."""
    course = release.course
    draft = course.get_latest_revision_as_object()
    draft.summary = text or f"依照《{version.instrument.title}》第二条，应当持证。"
    draft.save_revision(user=course.created_by)
    course.refresh_from_db()
    refresh(course)
    return course.suggestions.get()


def told(version):
    return [(one.title, one.basis.name) for one in impacts.impact_of(version).courses]


def test_courses_are_touched_by_citation_by_suggestion_by_question_and_by_outline():
    old, new = versions()
    makers.make_released_course(title="引用的", cites=(old,), item="so-elec-hv")
    mention(makers.make_released_course(title="提到的", item="so-elec-hv"), old)
    asked = makers.make_released_course(title="题目引用的", item="so-elec-hv")
    question = asked.course.lessons.get().placements.get().question
    cite(question, instrument=old.instrument, article="第二条", by=asked.course.created_by)
    makers.make_released_course(title="大纲引用的", item="so-elec-test")
    makers.make_released_course(title="不相干的", item="so-elec-hv")
    outline = TrainingOutline.objects.create(
        item_id="so-elec-test", kind="new", version="一", hours=2, valid_from=date(2020, 1, 1), source="文"
    )
    outline.basis.add(old)
    assert told(new) == [
        ("引用的", "CONFIRMED"),
        ("题目引用的", "CONFIRMED"),
        ("提到的", "SUGGESTED"),
        ("大纲引用的", "ITEM"),
    ]


def test_what_was_rejected_touches_nothing_and_what_was_confirmed_counts_in_full():
    old, new = versions()
    suggestion = mention(makers.make_released_course(title="甲"), old)
    author = suggestion.course.created_by
    decide_suggestion(suggestion, confirm=True, by=author)
    assert told(new) == [("甲", "CONFIRMED")]
    decide_suggestion(suggestion, confirm=False, by=author)
    assert told(new) == []


def test_a_rejected_suggestion_does_not_come_back_for_the_same_words():
    old, _ = versions()
    suggestion = mention(makers.make_released_course(), old)
    decide_suggestion(suggestion, confirm=False, by=suggestion.course.created_by)
    again = mention(suggestion.course.releases.get(), old)
    assert (again.pk, again.state) == (suggestion.pk, "rejected")


def test_what_quotes_a_changed_number_comes_first():
    old, new = versions()
    keep_text(old, "第一条 制定本规定。\n第二条 应当在期满前六十日内提出申请。".encode(), name="旧.txt")
    keep_text(new, "第一条 制定本规定。\n第二条 应当在期满前九十日内提出申请。".encode(), name="新.txt")
    makers.make_released_course(title="甲", cites=(old,))
    name = old.instrument.title
    mention(makers.make_released_course(title="乙"), old, f"《{name}》要求期满前60日内提出申请。")
    impact = impacts.impact_of(new)
    [first, second] = impacts.with_uses(impact, impact.courses)
    assert (first.title, first.weight, second.title, second.weight) == ("乙", 3, "甲", 0)
    [[quote]] = first.quotes.values()
    assert (quote.old, quote.new) == ("第二条", ("第二条",))


def test_notices_open_in_one_step_once_each_even_when_clicked_twice(admin):
    old, new = versions(effective=date(2027, 1, 31), published=date(2026, 12, 1))
    must = makers.make_released_course(title="甲", cites=(old,))
    look = mention(makers.make_released_course(title="乙"), old).course
    assert open_impact(new, DEFAULTS, by=admin).notices == 2
    assert open_impact(new, DEFAULTS, by=admin).notices == 0
    rows = {notice.course_id: notice for notice in UpdateNotice.objects.all()}
    assert rows.keys() == {must.course_id, look.pk}
    assert {(row.base_date, row.due) for row in rows.values()} == {(date(2027, 1, 31), date(2027, 3, 31))}
    assert ("必须修改" in rows[must.course_id].reason, "请核对" in rows[look.pk].reason) == (True, True)


def test_a_course_found_not_touched_gets_no_notice_not_even_from_the_sweep(admin):
    old, new = versions(effective=TODAY)
    release = makers.make_released_course(cites=(old,))
    decide_courses(new, {release.course_id: NOT}, by=admin)
    assert (open_impact(new, DEFAULTS, by=admin).notices, open_notices(TODAY)) == (0, 0)
    decision = ImpactDecision.objects.get()
    assert (decision.by, decision.reason) == (admin, NOT.reason)


def test_a_stronger_reason_that_came_later_counts_again(admin):
    old, new = versions(effective=TODAY + timedelta(days=1))
    suggestion = mention(makers.make_released_course(), old)
    decide_courses(new, {suggestion.course_id: NOT}, by=admin)
    assert open_notices(TODAY + timedelta(days=1)) == 0
    decide_suggestion(suggestion, confirm=True, by=suggestion.course.created_by)
    assert open_notices(TODAY + timedelta(days=1)) == 1


def test_what_nobody_looked_at_opens_by_itself_on_the_day_it_takes_effect():
    old, _ = versions()
    mention(makers.make_released_course(), old)
    assert open_notices(TODAY + timedelta(days=29)) == 0
    assert [open_notices(TODAY + timedelta(days=30 + more)) for more in (0, 0, 90)] == [1, 0, 0]
    assert "提到（尚未确认）的" in UpdateNotice.objects.get().reason


def test_a_release_made_after_the_new_text_took_effect_means_that_text():
    old, _ = versions(effective=TODAY - timedelta(days=10))
    mention(makers.make_released_course(), old)
    assert open_notices(TODAY) == 0


def test_not_touched_needs_a_reason_and_nothing_is_kept_without_it(admin):
    old, new = versions()
    release = makers.make_released_course(cites=(old,))
    with pytest.raises(DecisionRefused, match="请写明理由"):
        decide_courses(new, {release.course_id: Choice("not_touched", "  ")}, by=admin)
    with pytest.raises(DecisionRefused, match="请为"):
        open_impact(new, DEFAULTS | {Basis.CONFIRMED: Choice("")}, by=admin)
    assert (ImpactDecision.objects.count(), UpdateNotice.objects.count()) == (0, 0)


def test_only_an_admin_decides(client):
    old, new = versions()
    release = makers.make_released_course(cites=(old,))
    for role in (Role.AUTHOR, Role.REVIEWER):
        person = makers.make_user(role)
        with pytest.raises(PermissionDenied):
            open_impact(new, DEFAULTS, by=person)
        client.force_login(person)
        assert client.get(reverse("cms:impact", args=[new.pk])).status_code == 302
    assert release.course.notices.count() == 0


def test_the_page_keeps_ticks_and_opens_the_rest_by_its_basis(client, admin):
    old, new = versions()
    one, other = (makers.make_released_course(title=title, cites=(old,)) for title in "甲乙")
    client.force_login(admin)
    url = reverse("cms:impact", args=[new.pk])
    assert "2</strong> 门课程" in client.get(url).content.decode()
    refused = client.post(url, {f"course-{one.course_id}": "not_touched", "keep": "1"}).content.decode()
    assert "判定为不涉及，请写明理由" in refused
    form = {f"course-{one.course_id}": "not_touched", f"why-{one.course_id}": "没有讲到。", "touch-3": "look"}
    page = client.post(url, form | {"open": "1"}, follow=True).content.decode()
    assert "已登记 1 条更新提醒；判为不涉及 1 门课程。" in page
    assert [notice.course_id for notice in UpdateNotice.objects.all()] == [other.course_id]


def test_the_preview_costs_the_same_at_one_and_three_courses(client, admin, django_assert_max_num_queries):
    old, new = versions()
    url = reverse("cms:impact", args=[new.pk])
    client.force_login(admin)

    def queries():
        with django_assert_max_num_queries(60) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    makers.make_released_course(cites=(old,))
    client.get(url)
    few = queries()
    for _ in range(2):
        makers.make_released_course(cites=(old,))
    assert queries() == few


def test_a_question_is_found_by_the_sweep_and_touches_its_course():
    old, new = versions()
    author = makers.make_user(Role.AUTHOR)
    course = makers.make_course(by=author, title="甲")
    key = makers.make_lesson(course, by=author)
    question = makers.make_question(by=author, stem=f"依照《{old.instrument.title}》第三条，应当怎样？")
    drafts.place_question(course.pk, key, question=question, at_s=40, by=author)
    makers.release(course, by=author)
    sweep_questions()
    impact = impacts.impact_of(new)
    [touched] = impacts.with_uses(impact, impact.courses)
    [use] = touched.uses
    assert (use.place, use.article, use.question, use.clock) == ("题目", "第三条", question.pk, "0:40")


def test_a_version_without_a_known_predecessor_says_so(client, admin):
    _, new = versions()
    InstrumentVersion.objects.get(pk=new.pk).predecessions.all().delete()
    client.force_login(admin)
    assert "还没有登记它代替哪个旧版本" in client.get(reverse("cms:impact", args=[new.pk])).content.decode()


def test_two_replaced_texts_of_one_instrument_are_both_compared():
    old, new = versions()
    older = InstrumentVersion.objects.create(
        instrument=old.instrument, slug="much-older", title=old.title, number="第9号"
    )
    Succession.objects.create(older=older, newer=new)
    for version, days in ((older, "三十"), (old, "六十"), (new, "九十")):
        words = f"第一条 制定本规定。\n第二条 应当在期满前{days}日内向发证机关提出复审申请。"
        keep_text(version, words.encode(), name="文.txt")
    name = old.instrument.title
    for title, days in (("甲", "三十"), ("乙", "六十"), ("丙", "九十")):
        text = f"《{name}》要求在期满前{days}日内向发证机关提出复审申请。"
        mention(makers.make_released_course(title=title), old, text)
    impact = impacts.impact_of(new)
    found = {
        one.title: {(quote.version, quote.weight) for quotes in one.quotes.values() for quote in quotes}
        for one in impacts.with_uses(impact, impact.courses)
    }
    assert found == {"甲": {(older.pk, 3)}, "乙": {(old.pk, 3)}, "丙": set()}
