"""Nothing is published but by approval, whoever tries and whichever way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, TaskState

from accounts.roles import Role
from cms import drafts
from cms.models import Course, CourseRelease
from cms.models.course import PublishRefused
from cms.models.release import ReleaseIsFrozen
from cms.review import submissions
from cms.review.headings import HEADINGS, Answer
from cms.review.reviews import ReviewRefused, approve, seen_fingerprint, send_back
from question_bank.models import Question
from question_bank.questions.acts import revise_question
from tests import makers

pytestmark = pytest.mark.django_db
YES = {heading.id: Answer(ok=True) for heading in HEADINGS}


@pytest.fixture
def author():
    return makers.make_user(Role.AUTHOR)


@pytest.fixture
def course(author):
    course = makers.make_course(by=author)
    makers.make_lesson(course, by=author)
    return course


@pytest.fixture
def waiting(course, author):
    assert submissions.submit(course.pk, by=author) == []
    return TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)


def approve_as(by, state, **answers):
    return approve(state.pk, answers=YES | answers, note="", seen=seen_fingerprint(state), by=by)


def url(name, course, *more):
    return reverse(f"wagtailsnippets_cms_course:{name}", args=[course.pk, *more])


def everyone(author):
    boss = makers.make_user(Role.ADMIN, Role.AUTHOR, Role.REVIEWER, institution=author.institution)
    boss.is_superuser = True
    boss.save()
    return [author, boss]


def edit_form(course, **actions):
    return {
        "title": course.title,
        "item": course.item_id,
        "kind": course.kind,
        "objectives": course.objectives,
        "hours": "2",
        "rights": "own",
        "rights_holder": "中心",
        "instructors": [row.pk for row in course.instructors.all()],
        "citations-TOTAL_FORMS": 0,
        "citations-INITIAL_FORMS": 0,
    } | actions


def test_the_publish_button_of_the_editor_only_saves_a_draft(client, course, author):
    for user in everyone(author):
        client.force_login(user)
        client.post(url("edit", course), edit_form(course, **{"action-publish": "1"}))
        course.refresh_from_db()
        assert (course.live, CourseRelease.objects.count()) == (False, 0)


def test_the_submit_button_of_the_editor_does_not_go_round_the_course_page(client, course, author):
    client.force_login(author)
    client.post(url("edit", course), edit_form(course, **{"action-submit": "1"}))
    assert not TaskState.objects.exists()


def test_publishing_a_revision_in_code_is_refused_whoever_asks(course, author):
    for user in [None, *everyone(author)]:
        with pytest.raises(PublishRefused):
            course.latest_revision.publish(user=user, skip_permission_checks=True)
    course.refresh_from_db()
    assert not course.live


def test_a_scheduled_publish_of_an_unapproved_revision_is_refused_and_the_others_go_on(course, author):
    released = makers.make_released_course(by=author).course
    past = timezone.now() - timedelta(minutes=1)
    approved = released.latest_revision
    Revision.objects.filter(pk__in=[course.latest_revision_id, approved.pk]).update(approved_go_live_at=past)
    Revision.objects.filter(pk=approved.pk).update(approved_go_live_at=past + timedelta(seconds=30))
    call_command("publish_scheduled")
    course.refresh_from_db()
    assert not course.live
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


@pytest.mark.parametrize("name", ["unpublish", "delete", "lock", "unlock"])
def test_wagtails_other_doors_are_closed(client, course, author, name):
    for user in everyone(author):
        client.force_login(user)
        client.post(url(name, course))
        course.refresh_from_db()
        assert not course.locked
    assert Course.objects.filter(pk=course.pk).exists()


def test_a_released_course_is_not_unpublished_by_hand(client, author):
    released = makers.make_released_course(by=author)
    for user in everyone(author):
        client.force_login(user)
        client.post(url("unpublish", released.course))
        released.course.refresh_from_db()
        assert released.course.live


def test_bulk_actions_do_not_delete_or_publish(client, course, author):
    for user in everyone(author):
        client.force_login(user)
        client.post(f"/admin/bulk/cms/course/delete/?id={course.pk}")
        client.post(f"/admin/bulk/cms/course/publish/?id={course.pk}")
    course.refresh_from_db()
    assert not course.live


def test_copying_is_not_offered(client, course, author):
    client.force_login(author)
    assert client.get(f"/admin/snippets/cms/course/copy/{course.pk}/").status_code == 404


def test_wagtails_own_approval_is_refused_to_everybody(client, course, waiting, author):
    for user in [makers.make_user(Role.REVIEWER), *everyone(author)]:
        client.force_login(user)
        client.post(url("workflow_action", course, "approve", waiting.pk))
        waiting.refresh_from_db()
        assert waiting.status == TaskState.STATUS_IN_PROGRESS
        with pytest.raises(PermissionDenied):
            waiting.task.specific.on_action(waiting, user, "approve")


def test_a_reviewer_does_not_approve_what_they_submitted(course, author):
    both = makers.make_user(Role.AUTHOR, Role.REVIEWER, institution=author.institution)
    submissions.submit(course.pk, by=both)
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    with pytest.raises(ReviewRefused, match="是您送审的"):
        approve_as(both, state)


def test_a_reviewer_does_not_approve_what_they_edited(course, author):
    both = makers.make_user(Role.AUTHOR, Role.REVIEWER, institution=author.institution)
    drafts.add_lesson(course.pk, title="临时", by=both)
    drafts.remove_lesson(course.pk, newest_key(course), by=author)
    submissions.submit(course.pk, by=author)
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    with pytest.raises(ReviewRefused, match="参与了这门课程的编写"):
        approve_as(both, state)


def newest_key(course):
    course.refresh_from_db()
    return list(course.get_latest_revision_as_object().lessons.all())[-1].key


def test_a_reviewer_does_not_approve_questions_they_wrote(course, author):
    both = makers.make_user(Role.AUTHOR, Role.REVIEWER, institution=author.institution)
    question = makers.make_question(by=both, item=course.item)
    drafts.place_question(course.pk, newest_key(course), question=question, at_s=None, by=author)
    submissions.submit(course.pk, by=author)
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    with pytest.raises(ReviewRefused, match="参与了这门课程的编写"):
        approve_as(both, state)


def test_the_author_is_no_reviewer(course, waiting, author):
    with pytest.raises(ReviewRefused, match="只有审核员"):
        send_back(waiting.pk, answers=YES, note="改", by=author)


def test_approval_needs_every_heading(waiting):
    reviewer = makers.make_user(Role.REVIEWER)
    with pytest.raises(ReviewRefused, match="还有 1 项没有填写：版权"):
        approve(
            waiting.pk,
            answers=YES | {"copyright": Answer(None)},
            note="",
            seen=seen_fingerprint(waiting),
            by=reviewer,
        )
    with pytest.raises(ReviewRefused, match="不符合"):
        approve(
            waiting.pk,
            answers=YES | {"form": Answer(False)},
            note="",
            seen=seen_fingerprint(waiting),
            by=reviewer,
        )


def test_sending_back_needs_words(waiting):
    with pytest.raises(ReviewRefused, match="写明哪里要改"):
        send_back(waiting.pk, answers=YES, note=" ", by=makers.make_user(Role.REVIEWER))


def test_what_changed_while_the_desk_was_open_is_not_approved(course, waiting):
    seen = seen_fingerprint(waiting)
    course.refresh_from_db()
    question = course.get_latest_revision_as_object().lessons.first().placements.first().question
    new_words(question, "换掉的题干？")
    with pytest.raises(ReviewRefused, match="有变动"):
        approve(waiting.pk, answers=YES, note="", seen=seen, by=makers.make_user(Role.REVIEWER))
    assert not CourseRelease.objects.exists()


def new_words(question, stem):
    words = replace(question.content, stem=stem)
    revise_question(question, content=words, knowledge_points=(), by=question.created_by)


def test_what_is_saved_in_the_moment_of_approval_is_not_released_unseen(waiting, monkeypatch):
    def gate(draft):
        new_words(Question.objects.get(), "审核员没有看过的题干？")
        return []

    seen = seen_fingerprint(waiting)
    monkeypatch.setattr("cms.review.reviews.obstacles_of", gate)
    with pytest.raises(ReviewRefused, match="有变动"):
        approve(waiting.pk, answers=YES, note="", seen=seen, by=makers.make_user(Role.REVIEWER))
    assert not CourseRelease.objects.exists()
    assert TaskState.objects.get(pk=waiting.pk).status == TaskState.STATUS_IN_PROGRESS


def test_a_question_saved_behind_the_release_is_not_reviewed_by_it(waiting, monkeypatch):
    def closing(release, **given):
        new_words(Question.objects.get(), "定稿以后才写的题干？")

    monkeypatch.setattr("cms.review.releases.close_by_release", closing)
    approve_as(makers.make_user(Role.REVIEWER), waiting)
    asked = CourseRelease.objects.get().manifest["lessons"][0]["questions"]
    assert [row["version"] for row in asked] == [1]
    assert (Question.objects.get().version, Question.objects.get().state) == (2, "draft")


def test_the_gate_is_asked_again_at_approval(course, waiting):

    Question.objects.update(state="retired")
    with pytest.raises(ReviewRefused, match="已停用"):
        approve(
            waiting.pk,
            answers=YES,
            note="",
            seen=seen_fingerprint(waiting),
            by=makers.make_user(Role.REVIEWER),
        )


def test_a_decision_is_taken_once(waiting):
    first, second = makers.make_user(Role.REVIEWER), makers.make_user(Role.REVIEWER)
    seen = seen_fingerprint(waiting)
    approve(waiting.pk, answers=YES, note="", seen=seen, by=first)
    with pytest.raises(ReviewRefused, match="已有结论"):
        approve(waiting.pk, answers=YES, note="", seen=seen, by=second)
    assert CourseRelease.objects.count() == 1


def test_nobody_edits_what_is_under_review(client, course, waiting, author):
    with pytest.raises(drafts.DraftRefused, match="正在审核"):
        drafts.add_lesson(course.pk, title="再来一节", by=author)
    client.force_login(author)
    before = course.revisions.count()
    client.post(url("edit", course), edit_form(course, title="偷偷改名"))
    assert course.revisions.count() == before


def test_a_release_is_neither_changed_nor_deleted(author):
    release = makers.make_released_course(by=author)
    release.manifest = {}
    with pytest.raises(ReleaseIsFrozen):
        release.save()
    with pytest.raises(ReleaseIsFrozen):
        release.delete()
    with pytest.raises(ReleaseIsFrozen):
        CourseRelease.objects.filter(pk=release.pk).update(manifest={})
    assert CourseRelease.objects.get(pk=release.pk).manifest["lessons"]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("place", ["reports/site-history/", "reports/workflow/", "choose-page/", "pages/"])
def test_wagtails_reports_that_know_no_institutions_are_closed(client, role, place):
    client.force_login(makers.make_user(role))
    assert client.get(f"/admin/{place}").status_code == 404
