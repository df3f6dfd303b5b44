"""The page of one video: who sees it, what it says on the way, what the report tells."""

from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cms.reports import report_of, waiting_of
from cms.reports.verdict import verdict_of
from media_pipeline import uploads
from media_pipeline.models import Finding, Job, Video
from tests.makers import make_institution, make_user, make_video

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_user(Role.AUTHOR)


def page(video: Video, name: str = "video_report") -> str:
    return reverse(f"cms:{name}", args=[video.pk])


def fetched(video: Video) -> Video:
    return Video.objects.with_inspection().get(pk=video.pk)


def make_finding(video: Video, check_id: str, verdict: str, **fields) -> None:
    defaults = {"title": check_id, "message": f"{check_id} 的说明。"}
    Finding.objects.create(
        measurement=video.job.measurements.get(),
        profile="test",
        check_id=check_id,
        verdict=verdict,
        **defaults | fields,
    )


def make_waiting_video(by, *, state: str = Job.State.QUEUED, **job) -> Video:
    """A complete video whose job is not done; a running one has a lease, a failed one its sentence."""
    video, now = make_video(by=by), timezone.now()
    video.job.measurements.all().delete()
    fields = {"state": state, "progress": 0.0, "finished_at": None} | job
    if state == Job.State.RUNNING:
        fields |= {"lease_token": video.pk, "lease_until": now + timedelta(seconds=10)}
    if state == Job.State.FAILED:
        fields |= {"error": "文件内容一开始就无法解码。", "finished_at": now}
    Job.objects.filter(pk=video.job_id).update(**fields)
    return video


def make_upload(by, *, length: int = 100, received: int = 0) -> Video:
    upload = uploads.create(by=by, name="第一课.mp4", length=length, now=timezone.now())
    if received:
        uploads.append(upload, at=0, size=received, pieces=[bytes(received)], now=timezone.now())
    return upload.video


def test_the_author_and_a_reviewer_see_the_report(client, author):
    video = make_video(by=author)
    for user in (author, make_user(Role.REVIEWER)):
        client.force_login(user)
        assert "各项检查都合格" in client.get(page(video)).text


@pytest.mark.parametrize("name", ["video_report", "video_report_live"])
def test_for_an_author_of_another_institution_the_video_does_not_exist(client, author, name):
    video = make_video(by=author)
    client.force_login(make_user(Role.AUTHOR, institution=make_institution()))
    assert client.get(page(video, name)).status_code == 404


def test_nobody_else_may_ask_for_a_new_inspection(client, author):
    video = make_waiting_video(author, state=Job.State.FAILED)
    client.force_login(make_user(Role.AUTHOR, institution=make_institution()))
    assert client.post(page(video, "retry_inspection")).status_code == 404
    assert fetched(video).state == Video.State.FAILED


def test_an_upload_says_how_far_it_is_and_how_to_go_on(author):
    waiting = waiting_of(fetched(make_upload(author, length=1000, received=400)))
    assert (waiting.headline, waiting.percent, waiting.moves) == ("已收到 40 %", 40, True)
    assert "再选同一个文件" in waiting.advice


def test_a_refused_upload_says_why_and_asks_for_another_file(author):
    video = make_upload(author)
    uploads.cancel(video.upload, now=timezone.now())
    waiting = waiting_of(fetched(video))
    assert waiting.advice == "上传已取消。请到课程页换一个文件上传。"
    assert (waiting.headline, waiting.moves, waiting.may_retry) == ("这个文件没有被接收", False, False)


def test_a_queued_video_says_how_many_are_before_it(author):
    make_waiting_video(author, state=Job.State.RUNNING)
    make_waiting_video(author)
    last = make_waiting_video(author)
    make_waiting_video(author)
    assert waiting_of(fetched(last)).headline == "排队中，前面还有 2 个视频"


def test_a_queued_video_with_none_before_it_says_what_to_do_when_nothing_happens(author):
    waiting = waiting_of(fetched(make_waiting_video(author)))
    assert waiting.headline == "排队中，前面没有别的视频"
    assert "检查程序没有运行，请联系平台管理员" in waiting.advice


def test_a_running_inspection_shows_its_step_and_percent_and_asks_again(client, author):
    video = make_waiting_video(author, state=Job.State.RUNNING, progress=0.37, stage="测量画面和声音")
    client.force_login(author)
    for name in ("video_report", "video_report_live"):
        text = client.get(page(video, name)).text
        assert "检查中 37%：测量画面和声音" in text
        assert f'hx-get="{page(video, "video_report_live")}" hx-trigger="every 2s"' in text


@pytest.mark.parametrize("state", [Job.State.SUCCEEDED, Job.State.FAILED])
def test_the_page_turns_into_the_result_by_itself(client, author, state):
    video = make_video(by=author) if state == Job.State.SUCCEEDED else make_waiting_video(author, state=state)
    client.force_login(author)
    assert client.get(page(video, "video_report_live")).headers["HX-Refresh"] == "true"


def test_a_failed_inspection_says_why_and_can_be_tried_again(client, author):
    video = make_waiting_video(author, state=Job.State.FAILED)
    client.force_login(author)
    assert "没有检查成：文件内容一开始就无法解码。" in client.get(page(video)).text
    answer = client.post(page(video, "retry_inspection"), follow=True)
    assert "已重新排队检查。" in answer.text
    assert fetched(video).job.state == Job.State.QUEUED


def test_what_needs_no_new_inspection_is_told_so(client, author):
    video = make_video(by=author)
    client.force_login(author)
    assert "现在不需要重新检查" in client.post(page(video, "retry_inspection"), follow=True).text


@pytest.mark.parametrize(
    ("counts", "look", "headline"),
    [
        ({"fail": 3, "warn": 2, "pass": 9}, "bad", "3 项不合格，2 项待查看"),
        ({"warn": 1, "unknown": 1}, "warn", "1 项待查看，1 项要人工确认"),
        ({"unknown": 1, "pass": 15}, "good", "检查合格，1 项要人工确认"),
        ({"pass": 16, "not_applicable": 2}, "good", "各项检查都合格"),
    ],
)
def test_the_headline_counts_what_is_left_to_do(counts, look, headline):
    verdict = verdict_of(counts)
    assert (verdict.look, verdict.headline) == (look, headline)


def test_findings_stand_in_order_of_weight_and_what_passed_is_folded(author):
    video = make_video(by=author)
    make_finding(video, "av_sync", "unknown")
    make_finding(video, "black", "warn")
    make_finding(video, "tilt", "not_applicable")
    make_finding(video, "sound_weak", "fail")
    report = report_of(fetched(video))
    assert [row.check_id for row in report.urgent] == ["sound_weak", "black", "av_sync"]
    assert [row.check_id for row in report.passed] == ["clarity"]
    assert [row.check_id for row in report.not_applicable] == ["tilt"]


def test_a_finding_shows_number_limit_advice_and_a_button_for_each_place(client, author):
    video = make_video(by=author, duration_s=120)
    places = [{"start_s": 62.0, "end_s": 74.0, "note": "黑屏"}]
    make_finding(video, "black", "warn", value=-12.25, unit="秒", threshold="≤ 2", evidence=places)
    client.force_login(author)
    text = client.get(page(video)).text
    assert "<strong>−12.25 秒</strong>" in text
    assert "限值 ≤ 2" in text
    assert 'data-seek="62.00"' in text
    assert "1:02–1:14" in text
    assert "<title>! black：1:02–1:14</title>" in text


def test_a_finding_with_many_places_shows_the_first_six_and_folds_the_rest(author):
    video = make_video(by=author)
    places = [{"start_s": at, "end_s": at + 1, "note": ""} for at in range(20)]
    make_finding(video, "silence", "warn", evidence=places)
    row = report_of(fetched(video)).urgent[0]
    assert (len(row.first), len(row.rest)) == (6, 14)


def test_a_hostile_file_name_is_only_text(client, author):
    video = make_video(by=author)
    Video.objects.filter(pk=video.pk).update(original_name="<script>alert(1)</script>.mp4")
    client.force_login(author)
    assert "<script>alert(1)" not in client.get(page(video)).text


def test_facts_of_another_engine_leave_out_the_curve_but_not_the_findings(author):
    video = make_video(by=author)
    video.job.measurements.update(engine_version="0", facts={"old": True})
    report = report_of(fetched(video))
    assert report.axis.loudness is None
    assert [row.check_id for row in report.passed] == ["clarity"]
    assert [label for label, _ in report.file_facts] == ["文件", "大小"]


@pytest.mark.parametrize("findings", [1, 12])
def test_the_report_takes_four_queries_whatever_the_findings(author, findings, django_assert_num_queries):
    video = make_video(by=author)
    for number in range(findings):
        make_finding(video, f"check-{number}", "warn", evidence=[{"start_s": 1, "end_s": 2, "note": ""}])
    with django_assert_num_queries(4):
        report_of(fetched(video))


def test_the_scripts_and_the_style_of_the_page_exist():
    assert all(finders.find(f"cms/{name}") for name in ("player.js", "report.js", "report.css"))
