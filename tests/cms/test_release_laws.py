"""A release notes the laws that its lessons were confirmed to rest on, and the seconds they are said at."""

import pytest
from django.utils import timezone

from accounts.roles import Role
from catalog.models import SuggestionState
from cms.law.notices import open_notices
from cms.models import CourseSuggestion
from cms.review.changes import differences
from cms.review.manifests import fingerprint
from tests import makers

pytestmark = pytest.mark.django_db


def suggested(course, version, *, lesson="", state=SuggestionState.CONFIRMED, named=True, **where):
    by = course.created_by if state != SuggestionState.SUGGESTED else None
    return CourseSuggestion.objects.create(
        course=course,
        lesson=lesson,
        instrument=version.instrument,
        version=version if named else None,
        article="第七条",
        words=f"《{version.slug}》第七条",
        place="讲解" if lesson else "讲稿.docx",
        state=state,
        decided_by=by,
        decided_at=by and timezone.now(),
        **where,
    )


def edited(course, summary):
    course.refresh_from_db()
    draft = course.get_latest_revision_as_object()
    draft.summary = summary
    draft.save_revision(user=course.created_by)


@pytest.fixture
def draft():
    author = makers.make_user(Role.AUTHOR)
    course = makers.make_course(by=author)
    return course, makers.make_lesson(course, by=author)


def test_a_release_notes_what_its_lessons_were_confirmed_to_rest_on(draft):
    course, key = draft
    old, new = makers.make_versions(effective=timezone.localdate())
    suggested(course, old, lesson=key, start_s=83.5, end_s=88.0)
    suggested(course, new, lesson=key, state=SuggestionState.SUGGESTED)
    suggested(course, new, named=False)
    manifest = makers.release(course, by=course.created_by).manifest
    [lesson] = manifest["lessons"]
    assert lesson["citations"] == [
        {
            "start_s": 83.5,
            "end_s": 88.0,
            "instrument": old.instrument.slug,
            "version": old.slug,
            "title": old.title,
            "number": "第30号",
            "article": "第七条",
            "place": "讲解",
            "words": f"《{old.slug}》第七条",
        }
    ]
    [named] = manifest["confirmed"]
    assert (named["version"], named["title"], "start_s" in named) == (None, new.instrument.title, False)


def test_a_release_without_such_laws_reads_and_sums_as_before(draft):
    course, key = draft
    old, _ = makers.make_versions(effective=timezone.localdate())
    release = makers.release(course, by=course.created_by)
    assert "confirmed" not in release.manifest
    assert "citations" not in release.manifest["lessons"][0]
    suggested(course, old, lesson=key)
    release.refresh_from_db()
    assert fingerprint(release.manifest) == release.manifest_sha256


def test_what_was_confirmed_since_is_a_change_in_words(draft):
    course, key = draft
    old, _ = makers.make_versions(effective=timezone.localdate())
    before = makers.release(course, by=course.created_by).manifest
    suggested(course, old, lesson=key)
    after = makers.release(course, by=course.created_by).manifest
    assert list(differences(before, after)) == ["「触电急救」确认的法规依据有变"]


def test_a_release_whose_lesson_still_rests_on_the_old_text_closes_no_notice(draft):
    course, key = draft
    old, _ = makers.make_versions(effective=timezone.localdate())
    suggestion = suggested(course, old, lesson=key)
    makers.release(course, by=course.created_by)
    assert open_notices(timezone.localdate()) == 1
    edited(course, "一")
    makers.release(course, by=course.created_by)
    assert course.notices.open().count() == 1
    suggestion.state = SuggestionState.REJECTED
    suggestion.save()
    edited(course, "二")
    makers.release(course, by=course.created_by)
    assert course.notices.open().count() == 0
