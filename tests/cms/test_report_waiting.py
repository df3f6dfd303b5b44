"""The page of a video that has no report yet: how far it is, why it came to nothing, what to do next."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cms.reports import waiting_of
from media_pipeline.models import Job, Video
from media_pipeline.receiving import uploads
from tests.makers import make_institution, make_user, make_video

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_user(Role.AUTHOR)


def page(video: Video, name: str = "video_report") -> str:
    return reverse(f"cms:{name}", args=[video.pk])


def fetched(video: Video) -> Video:
    return Video.objects.with_inspection().get(pk=video.pk)


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
    assert "文件内容一开始就无法解码。文件没有问题的话，可以重新检查一次" in client.get(page(video)).text
    answer = client.post(page(video, "retry_inspection"), follow=True)
    assert "已重新排队检查。" in answer.text
    assert fetched(video).job.state == Job.State.QUEUED


def test_what_needs_no_new_inspection_is_told_so(client, author):
    video = make_video(by=author)
    client.force_login(author)
    assert "现在不需要重新检查" in client.post(page(video, "retry_inspection"), follow=True).text
