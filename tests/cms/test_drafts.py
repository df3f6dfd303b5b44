"""An author's acts on a draft, and who may not do them."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.roles import Role
from cms import drafts
from cms.models import Course
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return makers.make_user(Role.AUTHOR)


@pytest.fixture
def course(author):
    return makers.make_course(by=author)


def lessons(course):
    draft = Course.objects.get(pk=course.pk).get_latest_revision_as_object()
    return list(draft.lessons.all())


def test_lessons_are_added_renamed_moved_and_removed(course, author):
    keys = [drafts.add_lesson(course.pk, title=title, by=author) for title in ("一", "二", "三")]
    drafts.move_lesson(course.pk, keys[2], places=-1, by=author)
    drafts.rename_lesson(course.pk, keys[0], title=" 开头 ", by=author)
    drafts.remove_lesson(course.pk, keys[1], by=author)
    assert [(row.key, row.title) for row in lessons(course)] == [(keys[0], "开头"), (keys[2], "三")]


def test_a_course_saved_with_only_what_its_form_demands_takes_lessons(author):
    course = drafts.create_course(title="一门", item=makers.make_item("1.1"), hours=2, by=author)
    key = drafts.add_lesson(course.pk, title="一", by=author)
    assert [row.key for row in lessons(course)] == [key]


def test_moving_past_the_end_stays_at_the_end(course, author):
    keys = [drafts.add_lesson(course.pk, title=title, by=author) for title in ("一", "二")]
    drafts.move_lesson(course.pk, keys[1], places=1, by=author)
    assert [row.key for row in lessons(course)] == keys


def test_a_lesson_without_a_name_is_refused_in_words(course, author):
    with pytest.raises(drafts.DraftRefused, match="请填写课时名称"):
        drafts.add_lesson(course.pk, title="  ", by=author)


def test_a_question_placed_again_only_moves(course, author):
    key = drafts.add_lesson(course.pk, title="一", by=author)
    question = makers.make_question(by=author)
    drafts.place_question(course.pk, key, question=question, at_s=10, by=author)
    drafts.place_question(course.pk, key, question=question, at_s=20, by=author)
    (lesson,) = lessons(course)
    assert [(row.question_id, row.at_s) for row in lesson.placements.all()] == [(question.pk, 20)]
    drafts.remove_question(course.pk, key, question=question, by=author)
    assert list(lessons(course)[0].placements.all()) == []


def test_every_edit_is_a_revision_of_its_editor(course, author):
    colleague = makers.make_user(Role.AUTHOR, institution=author.institution)
    drafts.add_lesson(course.pk, title="一", by=colleague)
    assert [revision.user for revision in course.revisions.order_by("pk")] == [author, colleague]


def test_what_is_published_stays_while_the_draft_changes(author):
    release = makers.make_released_course(by=author)
    drafts.add_lesson(release.course_id, title="新的一节", by=author)
    course = Course.objects.get(pk=release.course_id)
    assert len(course.lessons.all()) == 1
    assert len(course.get_latest_revision_as_object().lessons.all()) == 2
    release.refresh_from_db()
    assert len(release.manifest["lessons"]) == 1


def test_the_row_of_an_unpublished_course_shows_the_newest_title(course, author):
    with drafts.edit_draft(course.pk, by=author) as draft:
        draft.title = "改过的名称"
    course.refresh_from_db()
    assert course.title == "改过的名称"


@pytest.mark.parametrize("role", list(Role))
def test_people_of_another_institution_edit_nothing(course, role):
    with pytest.raises(PermissionDenied):
        drafts.add_lesson(course.pk, title="一", by=makers.make_user(role))


def test_videos_and_questions_of_another_institution_are_not_taken_in(course, author):
    stranger = makers.make_user(Role.AUTHOR)
    key = drafts.add_lesson(course.pk, title="一", by=author)
    with pytest.raises(PermissionDenied):
        drafts.attach_video(course.pk, key, video=makers.make_video(by=stranger), by=author)
    with pytest.raises(PermissionDenied):
        drafts.place_question(
            course.pk, key, question=makers.make_question(by=stranger), at_s=None, by=author
        )
