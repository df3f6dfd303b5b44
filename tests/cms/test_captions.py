"""The page of a video's captions: who may read and write them, what is saved, what every state says."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.roles import Role
from cms.footage.captions import caption_states
from media_pipeline import captioning
from media_pipeline.captions import Cue
from media_pipeline.jobs import transcribing
from media_pipeline.models import Captions, Job, Transcript, Video
from tests.makers import make_user, make_video

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_user(Role.AUTHOR)


@pytest.fixture
def video(author) -> Video:
    video = make_video(by=author, duration_s=60)
    captioning.save(
        video, [Cue(1, 3, "先断电"), Cue(3, 5, "再验电")], based_on=0, by=author, now=timezone.now()
    )
    return video


def make_transcription(video: Video, state: str = "", **fields) -> Job:
    """A job in a state, with its transcript when it has succeeded."""
    now, job_state = timezone.now(), fields.pop("job_state", "succeeded")
    job = Job(kind="transcribe", key=video.sha256, state=job_state, created_at=now, rung_at=now)
    if job_state in ("succeeded", "failed"):
        job.finished_at, job.error = now, "没有转写成。" if job_state == "failed" else ""
    job.save()
    if state:
        Transcript.objects.create(job=job, state=state, created_at=now, **fields)
    return job


def url(video: Video, end: str = "") -> str:
    return f"/admin/videos/{video.pk}/captions/{end}"


def post(client, video: Video, cues, based_on: int):
    body = json.dumps({"based_on": based_on, "cues": cues})
    return client.post(url(video, "save/"), body, content_type="application/json")


def test_an_author_saves_a_new_version_and_the_old_one_stays(client, author, video):
    client.force_login(author)
    page = client.get(url(video)).content.decode()
    assert (
        "先断电"
        in json.loads(page.split('id="captions-data" type="application/json">')[1].split("<")[0])["cues"][0]
    )
    answer = post(client, video, [[1, 3, "先断开电源"]], 1)
    assert (answer.status_code, answer.json()) == (200, {"number": 2})
    rows = list(video.captions.values_list("number", "rows", "created_by"))
    assert rows == [
        (2, [[1, 3, "先断开电源"]], author.pk),
        (1, [[1, 3, "先断电"], [3, 5, "再验电"]], author.pk),
    ]


def test_of_two_tabs_the_second_is_told_and_loses_nothing(client, author, video):
    client.force_login(author)
    assert post(client, video, [[1, 3, "甲"]], 1).status_code == 200
    answer = post(client, video, [[1, 3, "乙"]], 1)
    assert (answer.status_code, answer.json()["number"]) == (409, 2)
    assert "没有丢失" in answer.json()["error"]
    assert post(client, video, [[1, 3, "乙"]], 2).json() == {"number": 3}


@pytest.mark.parametrize(
    "body", ["", "[]", '{"cues": [[1]], "based_on": 1}', '{"cues": [[1e999, 2, "x"]]}', "[" * 5000]
)
def test_what_is_no_captions_is_refused_in_one_sentence(client, author, video, body):
    client.force_login(author)
    answer = client.post(url(video, "save/"), body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"].count("。")) == (422, 2)
    assert video.captions.count() == 1


def test_an_error_in_a_cue_is_named(client, author, video):
    client.force_login(author)
    answer = post(client, video, [[3, 1, "甲"]], 1)
    assert (answer.status_code, "第 1 条结束" in answer.json()["error"]) == (422, True)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_time_that_is_no_number_is_refused(client, author, video, number):
    client.force_login(author)
    body = f'{{"based_on": 1, "cues": [[0, {number}, "甲"]]}}'
    assert client.post(url(video, "save/"), body, content_type="application/json").status_code == 422


def test_a_file_is_taken_and_comes_back_as_vtt_and_srt(client, author, video):
    client.force_login(author)
    text = "1\r\n00:00:01,000 --> 00:00:02,500\r\n挂接地线\r\n"
    file = SimpleUploadedFile("接地.srt", text.encode("gb18030"))
    shown = client.post(url(video, "upload/"), {"captions": file}, follow=True)
    assert "已采用「接地.srt」的 1 条字幕，成为第 2 版。" in shown.content.decode()
    vtt, srt = client.get(url(video, "2.vtt")), client.get(url(video, "2.srt"))
    assert vtt.content.decode() == "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n挂接地线\n"
    assert (vtt["Content-Type"], vtt["X-Content-Type-Options"]) == ("text/vtt; charset=utf-8", "nosniff")
    assert srt.content.decode() == "1\n00:00:01,000 --> 00:00:02,500\n挂接地线\n\n"
    assert "attachment" in srt["Content-Disposition"]
    assert client.get(url(video, "2.exe")).status_code == 404


def test_a_bad_file_is_refused_with_its_place_and_nothing_changes(client, author, video):
    client.force_login(author)
    file = SimpleUploadedFile("坏.srt", b"1\n00:00:05,000 --> 00:00:02,000\nx\n")
    shown = client.post(url(video, "upload/"), {"captions": file}, follow=True).content.decode()
    assert "「坏.srt」没有采用：第 1 条结束（0:02.00）不晚于开始（0:05.00）" in shown
    assert "没有选择文件" in client.post(url(video, "upload/"), follow=True).content.decode()
    assert video.captions.count() == 1


def test_an_old_version_is_brought_back(client, author, video):
    client.force_login(author)
    post(client, video, [[1, 3, "新"]], 1)
    shown = client.post(url(video, "1/restore/"), follow=True).content.decode()
    assert "第 1 版已恢复，成为第 3 版。" in shown
    assert video.captions.first().rows == [[1, 3, "先断电"], [3, 5, "再验电"]]
    assert client.post(url(video, "9/restore/")).status_code == 404


def test_a_reviewer_reads_and_cannot_write(client, video):
    client.force_login(make_user(Role.REVIEWER))
    page = client.get(url(video)).content.decode()
    assert ("data-read-only" in page, "上传字幕" in page) == (True, False)
    assert client.get(url(video, "1.vtt")).status_code == 200
    assert post(client, video, [[1, 3, "改"]], 1).status_code in (302, 403)
    for act in ("upload/", "transcribe/", "1/restore/"):
        client.post(url(video, act))
    assert (video.captions.count(), Job.objects.filter(kind="transcribe").count()) == (1, 0)


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.INSTITUTION])
def test_for_everybody_else_the_captions_do_not_exist(client, video, role):
    client.force_login(make_user(role))
    doors = [client.get(url(video, end)) for end in ("", "live/", "1.vtt", "1.srt")]
    doors += [client.post(url(video, end)) for end in ("save/", "upload/", "transcribe/", "1/restore/")]
    assert {answer.status_code for answer in doors} <= {302, 403, 404}
    assert all("先断电" not in answer.content.decode() for answer in doors)
    assert video.captions.count() == 1


def test_an_author_has_a_video_transcribed_again(client, author, video):
    client.force_login(author)
    assert "已排队转写" in client.post(url(video, "transcribe/"), follow=True).content.decode()
    assert Job.objects.get(kind="transcribe").state == "queued"


HEARD = [{"start_s": 1, "end_s": 2, "text": "断电", "words": [], "log_probability": -1.2}]
STATES = [
    ({"job_state": "queued"}, "等待转写", "轮到时自动开始"),
    ({"job_state": "failed"}, "没有转写成", "也可以上传"),
    ({"state": "no_speech", "reason": "没有听到人声。"}, "没有人声", "没有听到人声。"),
    (
        {"state": "no_speech", "reason": "没有识别出可信的文字。", "speech_s": 55.0},
        "没有识别出文字",
        "没有识别出可信的文字。",
    ),
    ({"state": "skipped", "reason": "没有模型，请下载。"}, "没有字幕", "没有模型，请下载。"),
]


@pytest.mark.parametrize(("made", "word", "advice"), STATES)
def test_each_state_has_its_word_and_the_next_step(client, author, made, word, advice):
    video = make_video(by=author)
    make_transcription(video, **made)
    state = caption_states([video])[video.pk]
    assert (state.chip.word, advice in state.advice) == (word, True)
    client.force_login(author)
    assert advice in client.get(url(video)).content.decode()


def test_captions_that_were_heard_wait_for_a_person_and_say_where_to_listen(client, author):
    video = make_video(by=author)
    thin = [
        {"start_s": 62, "end_s": 95, "per_second": 1.4},
        {"start_s": 95, "end_s": 120, "per_second": 1.1, "again": False},
    ]
    removed = [{"start_s": 5, "end_s": 6, "text": "谢谢观看", "why": "像是字幕广告语"}]
    make_transcription(video, "heard", segments=HEARD, thin=thin, removed=removed)
    Captions.objects.create(
        video=video, number=1, rows=[[1, 2, "断电"]], origin="heard", created_at=timezone.now()
    )
    assert caption_states([video])[video.pk].chip.word == "字幕可能漏字"
    client.force_login(author)
    page = client.get(url(video)).content.decode()
    for told in (
        "1:02–1:35",
        "每秒 1.4 个字，重听过",
        "每秒 1.1 个字，没有重听",
        "就不再重听",
        "谢谢观看",
        "识别没有把握 1 处",
    ):
        assert told in page


def test_foreign_speech_is_not_called_silence(client, author):
    video = make_video(by=author)
    make_transcription(video, "no_speech", reason=transcribing.NO_WORDS, speech_s=55.0, settings={})
    client.force_login(author)
    page = client.get(url(video)).content.decode()
    assert ("没有听到人声" in page, "有人声，没有识别出文字" in page) == (False, True)
    assert "可以上传字幕文件" in page and "等自动转写" not in page


def test_the_states_of_one_and_of_three_videos_cost_two_queries(author, django_assert_num_queries):
    videos = [make_video(by=author) for _ in range(3)]
    make_transcription(videos[0], "heard", segments=HEARD)
    for some in (videos[:1], videos):
        some = list(Video.objects.with_inspection().filter(pk__in=[each.pk for each in some]))
        assert all(video.state for video in some)
        with django_assert_num_queries(2):
            caption_states(some)
