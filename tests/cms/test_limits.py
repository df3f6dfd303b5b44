"""The pages of the check limits: who changes them, what is refused, what comes into force."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cms.footage import limit_pages
from media_pipeline.jobs import inspecting, rejudging
from media_pipeline.limits import profiles
from media_pipeline.limits.thresholds import DEFAULT_PROFILE, LIMITS, Profile
from media_pipeline.models import ProfileActivation, ThresholdProfile
from media_pipeline.receiving import uploads
from tests.makers import make_course, make_user, release
from tests.media_pipeline.clips import Clips

pytestmark = pytest.mark.django_db
PAGES = ["limits", "limits_compare", "limits_judging"]
BUILT_IN = [limit_pages.BUILT_IN]


@pytest.fixture
def admin():
    return make_user(Role.ADMIN)


def typed(**changes) -> dict[str, object]:
    return {**DEFAULT_PROFILE.numbers, "name": "平台阈值", "why": "省厅要求高清", **changes}


def save(admin, *, based_on=None, **changes) -> ThresholdProfile:
    wish = typed(**changes)
    words = {"name": wish.pop("name"), "why": wish.pop("why"), "sources": {}, "based_on": based_on}
    return profiles.save_profile(numbers=wish, **words, by=admin, now=timezone.now())


def post(client, page, *args, **data):
    return client.post(reverse(f"cms:{page}", args=args), data, follow=True)


def test_an_admin_changes_a_limit_and_puts_it_in_force(client, admin):
    client.force_login(admin)
    page = post(client, "limits_new", 0, **typed(lines_fail="720", **{"source-lines_fail": "粤应急函 12 号"}))
    row = ThresholdProfile.objects.get()
    assert "已存为平台阈值 v1，还没有启用" in page.text
    assert "粤应急函 12 号" in page.text
    assert profiles.active_profile() == DEFAULT_PROFILE
    page = post(client, "limits_activate", row.pk, why="试行期满")
    assert "现在按「平台阈值 v1」判定" in page.text
    assert "试行期满" in page.text
    job = rejudging.latest_job(row.profile)
    assert (job.state, job.key) == ("queued", "平台阈值 v1")


def test_nonsense_is_refused_in_words_beside_its_field_and_what_was_typed_stays(client, admin):
    client.force_login(admin)
    page = post(client, "limits_new", 0, **typed(loudness_fail="三十五", lines_fail="1080", why=""))
    assert ThresholdProfile.objects.count() == 0
    for words in (
        "「平均响度低于此值不合格」要填一个数，填的是「三十五」。",
        "「短边低于此线数不合格」1080 不能大于「短边低于此线数提示」720，请核对这两个数。",
        profiles.NO_REASON,
        'value="三十五"',
        'href="#f-loudness_fail"',
    ):
        assert words in page.text


def test_what_is_not_posted_stays_as_it_was(client, admin):
    client.force_login(admin)
    assert "没有改动任何阈值或来源" in post(client, "limits_new", 0, name="平台阈值", why="试一试").text


def test_nothing_comes_into_force_without_a_reason(client, admin):
    client.force_login(admin)
    row = save(admin, lines_fail=720)
    assert profiles.NO_REASON in post(client, "limits_activate", row.pk, why=" ").text
    assert ProfileActivation.objects.count() == 0


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.INSTITUTION])
def test_authors_and_institutions_do_not_enter(client, admin, role):
    row = save(admin, lines_fail=720)
    client.force_login(make_user(role))
    places = [(name, []) for name in PAGES] + [
        (name, [pk]) for name in ("limits_version", "limits_new", "limits_download") for pk in (0, row.pk)
    ]
    for name, args in places:
        assert client.get(reverse(f"cms:{name}", args=args)).status_code in (302, 403), name


def test_a_reviewer_reads_and_changes_nothing(client, admin):
    row = save(admin, lines_fail=720)
    client.force_login(make_user(Role.REVIEWER))
    for name in PAGES:
        assert client.get(reverse(f"cms:{name}")).status_code == 200
    page = client.get(reverse("cms:limits_version", args=[row.pk]))
    assert (page.status_code, "启用这一版" in page.text, "修改阈值" in page.text) == (200, False, False)
    for name, args in (("limits_new", [0]), ("limits_activate", [row.pk]), ("limits_rejudge", [])):
        refused = client.post(reverse(f"cms:{name}", args=args), typed(lines_fail=640))
        assert refused.status_code in (302, 403), name
    assert (ThresholdProfile.objects.count(), ProfileActivation.objects.count()) == (1, 0)


def test_two_versions_are_compared(client, admin):
    client.force_login(admin)
    row = save(admin, lines_fail=720, fps_warn=25)
    page = client.get(reverse("cms:limits_compare"), {"a": 0, "b": row.pk}).text
    assert f"有 2 处不同，{len(LIMITS) - 2} 处相同" in page
    assert "<td>480 线</td><td><strong>720 线</strong></td>" in page
    assert "完全相同" in client.get(reverse("cms:limits_compare"), {"a": row.pk, "b": row.pk}).text
    assert client.get(reverse("cms:limits_compare"), {"a": "x", "b": 999}).status_code == 404


def test_the_download_is_what_check_video_takes(client, admin):
    client.force_login(admin)
    row = save(admin, lines_fail=720)
    got = client.get(reverse("cms:limits_download", args=[row.pk]))
    assert Profile.from_json(json.loads(got.content)) == row.profile


def test_every_limit_stands_on_the_page_with_its_source(client, admin):
    client.force_login(admin)
    page = client.get(reverse("cms:limits_version", args=BUILT_IN)).text
    assert [
        limit.label for limit in LIMITS.values() if limit.label not in page or limit.source not in page
    ] == []


def test_the_list_costs_the_same_at_one_and_three_versions(client, admin, django_assert_max_num_queries):
    client.force_login(admin)

    def queries() -> int:
        with django_assert_max_num_queries(60) as captured:
            client.get(reverse("cms:limits"))
        return len(captured)

    row = save(admin, lines_fail=720)
    queries()
    few = queries()
    save(admin, lines_fail=640)
    save(admin, lines_fail=600, based_on=row)
    assert queries() == few


def test_videos_judged_otherwise_are_counted_and_judged_by_a_button(client, admin, tmp_path):
    author = make_user(Role.AUTHOR)
    video = uploads.add_file(Clips(tmp_path).lecture(), by=author, now=timezone.now())
    inspecting.run(video.job_id)
    video.job.measurements.update(profile="旧阈值 v1")
    client.force_login(admin)
    assert "有 1 个视频还是按别的阈值判定的" in client.get(reverse("cms:limits")).text
    assert "正在按新阈值重新判定" in post(client, "limits_rejudge").text
    rejudging.run(rejudging.latest_job(DEFAULT_PROFILE).pk)
    assert "已测量的视频都按这一版判定" in client.get(reverse("cms:limits_judging")).text


def test_what_was_released_keeps_its_verdicts_and_the_report_names_the_new_limits(client, admin, tmp_path):
    from cms import drafts
    from tests.makers import make_question

    author = make_user(Role.AUTHOR)
    video = uploads.add_file(Clips(tmp_path).lecture(), by=author, now=timezone.now())
    inspecting.run(video.job_id)
    course = make_course(by=author)
    key = drafts.add_lesson(course.pk, title="触电急救", by=author)
    drafts.attach_video(course.pk, key, video=video, by=author)
    drafts.place_question(course.pk, key, question=make_question(by=author), at_s=0, by=author)
    released = release(course, by=author)
    limit_pages.put_in_force(
        save(admin, lines_fail=1080, lines_warn=1080), why="高清", by=admin, now=timezone.now()
    )
    rejudging.run(rejudging.latest_job(profiles.active_profile()).pk)
    released.refresh_from_db()
    frozen = released.manifest["lessons"][0]["video"]
    assert frozen["judged_by"] == DEFAULT_PROFILE.label
    assert {check["verdict"] for check in frozen["checks"] if check["id"] == "resolution"} == {"pass"}
    client.force_login(author)
    page = client.get(reverse("cms:video_report", args=[video.pk])).text
    assert "按「平台阈值 v1」判定" in page
    assert "低于最低要求 1080 线" in page
