"""Before limits are kept: which videos and courses they would change, with links, and nothing stored."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cms import drafts
from cms.footage import limit_preview
from cms.footage.limit_preview import preview_of
from cms.models import Overruling
from cms.reports.courses import courses_showing
from cms.review import overrulings
from media_pipeline.jobs import inspecting
from media_pipeline.limits import profiles
from media_pipeline.limits.thresholds import DEFAULT_PROFILE
from media_pipeline.models import Finding, Measurement, ThresholdProfile, Video
from media_pipeline.receiving import uploads
from tests.makers import make_course, make_user, make_video
from tests.media_pipeline.clips import Clips

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def clips(tmp_path_factory) -> Clips:
    return Clips(tmp_path_factory.mktemp("clips"))


@pytest.fixture
def admin():
    return make_user(Role.ADMIN)


@pytest.fixture
def author():
    return make_user(Role.AUTHOR)


@pytest.fixture
def video(clips, author) -> Video:
    """720 lines, measured."""
    video = uploads.add_file(clips.lecture(), by=author, now=timezone.now())
    inspecting.run(video.job_id)
    return Video.objects.with_inspection().get(pk=video.pk)


def try_out(client, **changes):
    typed = {**DEFAULT_PROFILE.numbers, "name": "平台阈值", "why": "", "preview": "1", **changes}
    return client.post(reverse("cms:limits_new", args=[0]), typed).text


def test_a_video_that_would_fail_is_named_with_its_course_and_nothing_is_stored(client, admin, author, video):
    course = make_course(by=author, title="高压电工安全")
    key = drafts.add_lesson(course.pk, title="倒闸", by=author)
    drafts.attach_video(course.pk, key, video=video, by=author)
    stored = list(Finding.objects.order_by("pk").values())
    client.force_login(admin)
    page = try_out(client, lines_fail="1080", lines_warn="1080")
    assert "1 个视频会变成不合格，0 个不变。" in page
    assert f'<a href="{reverse("cms:video_report", args=[video.pk])}">{video.original_name}</a>' in page
    assert f'<a href="{reverse("cms:course", args=[course.pk])}">高压电工安全</a>' in page
    assert 'value="1080"' in page
    assert list(Finding.objects.order_by("pk").values()) == stored
    assert ThresholdProfile.objects.count() == 0


def test_what_fails_now_and_would_not_is_counted_apart(video, admin):
    strict = {**DEFAULT_PROFILE.numbers, "lines_fail": 1080, "lines_warn": 1080}
    row = profiles.save_profile(
        name="从严", numbers=strict, sources={}, why="试行", based_on=None, by=admin, now=timezone.now()
    )
    profiles.activate(row, why="试行", by=admin, now=timezone.now())
    found = preview_of(DEFAULT_PROFILE, user=admin)
    assert (found.worse, found.better, found.other, found.same) == (0, 1, 0, 0)
    (changed,) = found.shown
    assert [turn.before for turn in changed.checks] == ["fail"]
    assert preview_of(row.profile, user=admin).changed == ()


def test_a_saved_version_can_be_tried_before_it_is_put_in_force(client, video, admin):
    numbers = {**DEFAULT_PROFILE.numbers, "lines_warn": 1080}
    row = profiles.save_profile(
        name="从严", numbers=numbers, sources={}, why="试行", based_on=None, by=admin, now=timezone.now()
    )
    client.force_login(admin)
    address = reverse("cms:limits_version", args=[row.pk])
    assert "启用后会改变的结论" not in client.get(address).text
    page = client.get(address, {"preview": "1"}).text
    assert "没有视频会变成不合格，1 个只有个别检查项改变" in page


def test_what_reviewers_settled_and_would_have_to_look_at_again_is_counted(client, video, admin):
    strict = {**DEFAULT_PROFILE.numbers, "lines_fail": 1080, "lines_warn": 1080}
    row = profiles.save_profile(
        name="从严", numbers=strict, sources={}, why="试行", based_on=None, by=admin, now=timezone.now()
    )
    profiles.activate(row, why="试行", by=admin, now=timezone.now())
    inspecting.judge_again(video.measurement, row.profile)
    fresh = Video.objects.with_inspection().get(pk=video.pk)
    first, second = (make_user(Role.REVIEWER) for _ in range(2))
    said = overrulings.overrule(fresh, "resolution", reason="旧片。", by=first, now=timezone.now())
    assert preview_of(DEFAULT_PROFILE, user=admin).lapsing == 0
    overrulings.confirm(said.pk, by=second, now=timezone.now())
    assert (preview_of(DEFAULT_PROFILE, user=admin).lapsing, preview_of(row.profile, user=admin).lapsing) == (
        1,
        0,
    )
    client.force_login(admin)
    assert "审核员有 1 项复核会因此失效，要重新复核。" in try_out(client)
    Overruling.objects.update(check_id="a-check-of-an-older-release")
    assert preview_of(DEFAULT_PROFILE, user=admin).lapsing == 0


def test_nonsense_is_refused_before_anything_is_judged(client, video, admin):
    client.force_login(admin)
    page = try_out(client, lines_fail="很多")
    assert ("填的是「很多」" in page, "启用后会改变的结论" in page) == (True, False)


def test_without_a_change_or_a_video_it_says_so(client, admin, clips, author, video):
    client.force_login(admin)
    assert "1 个视频的结论都不变。" in try_out(client)
    Measurement.objects.all().update(engine_version="0")
    assert "还没有测量过的视频" in try_out(client)


def test_more_videos_cost_no_more_queries_and_long_lists_are_cut(
    clips, author, video, admin, monkeypatch, django_assert_num_queries
):
    strict = profiles.read_profile("", {**DEFAULT_PROFILE.numbers, "lines_fail": 1080, "lines_warn": 1080})
    preview_of(strict, user=admin)  # reads the groups of `admin`, once
    with django_assert_num_queries(6):
        preview_of(strict, user=admin)
    for _ in range(3):
        other = make_video(by=author)
        facts = Measurement.objects.get(job=video.job).facts
        Measurement.objects.filter(job=other.job).update(
            engine_version=video.measurement.engine_version, facts=facts
        )
    monkeypatch.setattr(limit_preview, "MOST_SHOWN", 2)
    monkeypatch.setattr(limit_preview, "MOST_JUDGED", 3)
    with django_assert_num_queries(6):
        found = preview_of(strict, user=admin)
    assert (found.judged, found.measured, found.worse, len(found.shown)) == (3, 4, 3, 2)


def test_only_courses_that_one_may_see_are_named(author, video):
    course = make_course(by=author)
    key = drafts.add_lesson(course.pk, title="倒闸", by=author)
    drafts.attach_video(course.pk, key, video=video, by=author)
    mine = courses_showing([video.pk], author)
    assert [link.course_id for link in mine[video.pk]] == [course.pk]
    assert courses_showing([video.pk], make_user(Role.AUTHOR)) == {video.pk: []}
    assert courses_showing([], author) == {}
