"""Stored limits: versions, who and why, which one is in force, and judging anew without decoding."""

import pytest
from django.db import IntegrityError
from django.db.models import Min

from accounts.roles import Role
from media_pipeline.facts import ENGINE_VERSION
from media_pipeline.jobs import inspecting, rejudging
from media_pipeline.limits import profiles
from media_pipeline.limits.shape import BadLimits
from media_pipeline.limits.thresholds import DEFAULT_PROFILE
from media_pipeline.measuring import measure
from media_pipeline.models import Finding, Measurement, ProfileActivation, ProfileIsFrozen, ThresholdProfile
from media_pipeline.receiving import uploads

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(person):
    return person(Role.ADMIN)


@pytest.fixture
def save(admin, now):
    def saved(
        based_on=None, *, name="平台阈值", why="省厅要求高清", sources=(), **changes
    ) -> ThresholdProfile:
        standing = based_on.profile if based_on else DEFAULT_PROFILE
        numbers = standing.numbers | changes
        wish = {"name": name, "numbers": numbers, "sources": dict(sources), "why": why}
        return profiles.save_profile(**wish, based_on=based_on, by=admin, now=now)

    return saved


@pytest.fixture
def activate(admin, now):
    return lambda row, why="试行期满": profiles.activate(row, why=why, by=admin, now=now)


@pytest.fixture
def measured(clips, author, now, media_root) -> Measurement:
    video = uploads.add_file(clips.lecture(), by=author, now=now)
    inspecting.run(video.job_id, clock=lambda: now)
    return video.job.measurements.get()


def test_without_any_the_built_in_profile_is_in_force():
    assert (profiles.active_profile(), profiles.active_row()) == (DEFAULT_PROFILE, None)


def test_a_change_is_a_new_version_that_says_who_and_why(save, admin):
    first = save(lines_fail=720, sources={"lines_fail": "粤应急函 12 号", "fps_fail": " "})
    second = save(first, lines_warn=1080, why="再严一些")
    assert (str(first), str(second)) == ("平台阈值 v1", "平台阈值 v2")
    assert (second.based_on, second.created_by, second.why) == (first, admin, "再严一些")
    changed = profiles.differences(first.profile, second.profile)
    assert [(each.name, each.before, each.after) for each in changed] == [("lines_warn", 720, 1080)]
    assert first.sources == {"lines_fail": "粤应急函 12 号"}
    assert profiles.source_of(first, "lines_fail") == "粤应急函 12 号"
    assert profiles.source_of(None, "lines_fail").startswith("标清下限")


def test_what_was_stored_is_neither_changed_nor_deleted(save):
    row = save(lines_fail=720)
    for change in (row.save, row.delete):
        with pytest.raises(ProfileIsFrozen):
            change()


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"why": " "}, "why"),
        ({"why": "长" * 301}, "why"),
        ({"name": "x"}, "name"),
        ({"name": DEFAULT_PROFILE.name}, "name"),
        ({"lines_fail": "abc"}, "lines_fail"),
        ({"lines_fail": 480}, ""),
        ({"sources": {"lines_fail": "长" * 301}}, "lines_fail"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(save, wish, field):
    with pytest.raises(BadLimits) as refused:
        save(**{"lines_fail": 720, **wish})
    assert list(refused.value.problems) == [field]
    assert ThresholdProfile.objects.count() == 0


def test_of_two_who_save_a_version_at_once_the_second_is_told_in_words(save, monkeypatch):
    for lines in (576, 600):
        save(lines_fail=lines)
    monkeypatch.setattr(profiles, "Max", Min)  # as if the last one was not there yet when it was looked for
    with pytest.raises(BadLimits) as refused:
        save(lines_fail=720)
    assert refused.value.problems == {"name": [profiles.TAKEN]}
    assert ThresholdProfile.objects.count() == 2


def test_the_newest_activation_counts_and_the_built_in_profile_can_come_back(save, activate):
    strict = save(lines_fail=720)
    activate(strict)
    assert profiles.active_profile() == strict.profile
    activate(None, why="过严")
    assert profiles.active_profile() == DEFAULT_PROFILE
    assert [each.why for each in ProfileActivation.objects.all()] == ["过严", "试行期满"]


def test_nobody_activates_without_a_reason(save, activate):
    with pytest.raises(BadLimits):
        activate(save(lines_fail=720), why=" ")
    assert ProfileActivation.objects.count() == 0


def test_two_versions_of_one_number_are_refused_by_the_database(save, admin, now):
    row = save(lines_fail=720)
    with pytest.raises(IntegrityError):
        ThresholdProfile.objects.create(
            name=row.name, version=1, limits={}, why="重复", created_by=admin, created_at=now
        )


def test_a_profile_is_found_by_the_name_findings_carry(save):
    row = save(lines_fail=720)
    assert profiles.profile_labelled("平台阈值 v1") == row.profile
    assert profiles.profile_labelled(DEFAULT_PROFILE.label) == DEFAULT_PROFILE
    assert [profiles.profile_labelled(label) for label in ("平台阈值 v9", "test", "平台阈值 vx")] == [
        None
    ] * 3


def test_limits_that_came_later_than_a_stored_profile_are_as_built_in(save):
    row = save(lines_fail=720)
    row.limits = {"lines_fail": 720, "no_more": 1}
    assert row.profile.numbers == DEFAULT_PROFILE.numbers | {"lines_fail": 720}


def test_an_inspection_judges_by_the_profile_in_force(save, activate, measured, clips, author, now):
    activate(save(lines_fail=1080, lines_warn=1080))
    video = uploads.add_file(clips.lecture(picture_filter="hflip"), by=author, now=now)
    inspecting.run(video.job_id, clock=lambda: now)
    found = video.job.measurements.get()
    assert (measured.profile, found.profile, found.verdict) == (DEFAULT_PROFILE.label, "平台阈值 v1", "fail")


def test_judging_anew_decodes_nothing_and_keeps_the_old_findings(save, activate, measured, now, monkeypatch):
    def decode(*arguments, **options):
        raise AssertionError("it was decoded again")

    monkeypatch.setattr(measure, "run_ffmpeg", decode)
    strict = save(lines_fail=1080, lines_warn=1080)
    activate(strict)
    assert rejudging.pending(strict.profile).count() == 1
    job = rejudging.request(strict.profile, now=now)
    rejudging.run(job.pk, clock=lambda: now)
    job.refresh_from_db()
    measured.refresh_from_db()
    assert (job.state, measured.profile, measured.verdict) == ("succeeded", "平台阈值 v1", "fail")
    found = Finding.objects.filter(check_id="resolution").values_list("profile", "verdict")
    assert set(found) == {(DEFAULT_PROFILE.label, "pass"), ("平台阈值 v1", "fail")}
    assert rejudging.pending(strict.profile).count() == 0


def test_judging_anew_goes_on_where_a_killed_worker_left_it(save, activate, measured, now, monkeypatch):
    strict = save(lines_fail=1080, lines_warn=1080)
    activate(strict)
    job = rejudging.request(strict.profile, now=now)
    with monkeypatch.context() as broken:
        broken.setattr(inspecting, "judge_again", lambda *given: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            rejudging.run(job.pk, clock=lambda: now)
    from media_pipeline.jobs import queue as jobs

    jobs.requeue_overdue(now + 2 * jobs.LEASE)
    rejudging.run(job.pk, clock=lambda: now)
    measured.refresh_from_db()
    job.refresh_from_db()
    assert (measured.profile, job.state, job.attempts) == ("平台阈值 v1", "succeeded", 2)


def test_facts_of_an_older_engine_wait_for_a_new_measurement(measured, save):
    strict = save(lines_fail=720)
    Measurement.objects.update(engine_version="0")
    assert (rejudging.pending(strict.profile).count(), ENGINE_VERSION == "0") == (0, False)


def test_limits_that_come_into_force_while_a_video_is_measured_are_applied(
    save, activate, clips, author, now, media_root, monkeypatch
):
    strict = save(lines_fail=1080, lines_warn=1080)
    real = inspecting._store

    def late(*given, **more):
        activate(strict)
        real(*given, **more)

    monkeypatch.setattr(inspecting, "_store", late)
    video = uploads.add_file(clips.lecture(), by=author, now=now)
    inspecting.run(video.job_id, clock=lambda: now)
    assert video.job.measurements.get().profile == "平台阈值 v1"
