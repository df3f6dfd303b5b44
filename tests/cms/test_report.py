"""The page of one video: who sees it and what the report tells."""

from io import BytesIO

import docx
import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cms import drafts
from cms.reports import comparison_of, report_of
from cms.reports.verdict import verdict_of
from media_pipeline.jobs import inspecting
from media_pipeline.models import Finding, Video
from media_pipeline.receiving import uploads
from tests.makers import make_course, make_institution, make_user, make_video
from tests.media_pipeline.clips import Clips

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


def test_the_page_leads_back_to_the_courses_that_show_the_video(client, author):
    course = make_course(by=author, title="低压电工安全")
    key = drafts.add_lesson(course.pk, title="触电急救", by=author)
    shown, other = make_video(by=author), make_video(by=author)
    drafts.attach_video(course.pk, key, video=shown, by=author)
    client.force_login(author)
    assert (
        f'href="{reverse("cms:course", args=[course.pk])}">← 回到课程《低压电工安全》'
        in client.get(page(shown)).text
    )
    assert "回到课程" not in client.get(page(other)).text


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
def test_the_report_takes_five_queries_whatever_the_findings(author, findings, django_assert_num_queries):
    video = make_video(by=author)
    for number in range(findings):
        make_finding(video, f"check-{number}", "warn", evidence=[{"start_s": 1, "end_s": 2, "note": ""}])
    with django_assert_num_queries(5):
        report_of(fetched(video))


def test_a_real_clip_gets_its_curve_its_band_and_the_facts_of_its_file(author, tmp_path):
    clip = Clips(tmp_path).lecture()
    video = uploads.add_file(clip, by=author, now=timezone.now())
    inspecting.run(video.job_id)
    report = report_of(fetched(video))
    assert report.axis.loudness.path.startswith("M")
    assert report.axis.loudness.band.label == "−27 … −14 LUFS"
    facts = dict(report.file_facts)
    assert (facts["格式"], facts["时长"], facts["帧率"]) == ("MPEG-4", "0:05", "25 帧/秒")
    assert facts["分辨率"] == "1280 × 720（H264）"
    assert facts["声音"].startswith("AAC，立体声，44.1 kHz")


def test_the_report_as_word_tells_the_verdict_each_finding_and_its_picture(client, author, tmp_path):
    clip = Clips(tmp_path).lecture(picture_filter="drawbox=t=fill:color=black:enable='between(t,1,4)'")
    video = uploads.add_file(clip, by=author, now=timezone.now())
    inspecting.run(video.job_id)
    client.force_login(author)
    answer = client.get(page(video, "video_report_document"))
    document = docx.Document(BytesIO(answer.content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    report = report_of(fetched(video))
    assert f"结论：{report.verdict.headline}" in text
    assert all(f"{row.title}：{row.chip.word}" in text for row in report.urgent)
    assert len(document.inline_shapes) == sum(row.still_ms is not None for row in report.urgent) > 0


def test_for_others_there_is_no_report_to_download(client, author):
    video = make_video(by=author)
    client.force_login(make_user(Role.AUTHOR, institution=make_institution()))
    assert client.get(page(video, "video_report_document")).status_code == 404


def test_a_new_upload_is_compared_with_the_one_before_it_on_the_same_lesson(client, author):
    course = make_course(by=author)
    key = drafts.add_lesson(course.pk, title="触电急救", by=author)
    old, new = make_video(by=author, verdict="fail"), make_video(by=author, verdict="pass")
    for video in (old, new):
        drafts.attach_video(course.pk, key, video=video, by=author)
    comparison = comparison_of(fetched(new), [course.pk])
    (change,) = comparison.changes
    assert (comparison.previous, comparison.unchanged) == (old, 0)
    assert (change.title, change.before[0].word, change.after[0].word, change.word.word) == (
        "清晰度",
        "不合格",
        "合格",
        "改好了",
    )
    assert comparison_of(fetched(old), [course.pk]) is None
    client.force_login(author)
    assert "和上一次上传相比" in client.get(page(new)).text


def test_the_scripts_and_the_style_of_the_page_exist():
    assert all(finders.find(f"cms/{name}") for name in ("player.js", "report.js", "report.css"))
