"""Clips with one defect each are named for it, and a good clip is not (attachment 3, item 8)."""

import pytest

from media_pipeline.inspection import inspect_file, judge

FALLS_OUT = {"picture_filter": "select='not(between(t,2,3.5))'", "more": ("-fps_mode", "vfr")}
DEFECTS = [
    ("clarity", "warn", {"picture_filter": "gblur=sigma=10"}),
    ("resolution", "fail", {"picture_filter": "scale=426:240"}),
    ("resolution", "warn", {"picture_filter": "scale=854:480"}),
    ("deformation", "warn", {"picture_filter": "setsar=4/3"}),
    ("exposure", "warn", {"picture_filter": "eq=brightness=-0.45"}),
    ("exposure", "warn", {"picture_filter": "eq=brightness=0.4"}),
    ("colour", "warn", {"picture_filter": "colorchannelmixer=rr=1.3:bb=0.55"}),
    ("frame_skip", "fail", FALLS_OUT),
    ("smoothness", "fail", {"picture_filter": "fps=10"}),
    ("smoothness", "warn", {"picture_filter": "fps=20"}),
    ("black", "warn", {"picture_filter": "drawbox=t=fill:color=black:enable='between(t,1,4)'"}),
    ("black", "fail", {"picture_filter": "drawbox=t=fill:color=black"}),
    ("av_sync", "warn", {"before_voice": ("-itsoffset", "0.3")}),
    ("av_sync", "warn", {"voice": "sine=duration=9"}),
    ("sound_distortion", "fail", {"voice_filter": "volume=30dB,alimiter=limit=1:level=0,volume=3dB"}),
    ("sound_distortion", "fail", {"voice_filter": "pan=stereo|c0=c0|c1=-1*c1"}),
    (
        "sound_overshoot",
        "warn",
        {"voice": "aevalsrc=0.1*sin(440*PI*t)+0.85*sin(200*PI*t)*between(t\\,2\\,2.01):d=5"},
    ),
    ("sound_overshoot", "fail", {"voice_filter": "volume=10.3dB"}),
    ("sound_weak", "fail", {"voice_filter": "volume=-50dB"}),
    ("sound_weak", "fail", {"voice_filter": "volume=0"}),
    ("sound_weak", "warn", {"voice_filter": "volume=-15dB"}),
    ("container", "warn", {"suffix": "mkv"}),
]


def verdicts(path) -> dict[str, str]:
    return {check.id: str(check.verdict) for check in judge(inspect_file(path)).checks}


@pytest.mark.parametrize(("check_id", "verdict", "defect"), DEFECTS)
def test_a_defect_is_found_under_its_own_name(clips, check_id, verdict, defect):
    assert verdicts(clips.lecture(**defect))[check_id] == verdict


def test_a_good_clip_passes_all_and_its_sync_is_left_to_a_person(clips):
    found = verdicts(clips.lecture())
    assert found.pop("av_sync") == "unknown"
    assert set(found.values()) == {"pass"}


def test_a_still_slide_under_a_voice_is_no_defect(clips):
    """Fifteen seconds of one slide, written as five frames a second."""
    slide = "color=white:size=1280x720:rate=5:duration=15,drawgrid=width=90:height=60:color=black:thickness=3"
    found = verdicts(clips.lecture(picture=slide, voice="aevalsrc=0.1*sin(880*PI*t)*sin(6*PI*t):d=15"))
    assert {
        found[name] for name in ("freeze", "frame_skip", "frame_loss", "smoothness", "exposure", "colour")
    } == {"pass"}


def test_a_still_picture_without_sound_is_shown_to_the_reviewer(clips):
    slide = "color=white:size=1280x720:rate=5:duration=15,drawgrid=width=90:height=60:color=black:thickness=3"
    voice = "aevalsrc=0.3*sin(880*PI*t)*lt(t\\,2):d=15"
    report = judge(inspect_file(clips.lecture(picture=slide, voice=voice)))
    found = {check.id: check for check in report.checks}
    assert (found["freeze"].verdict, found["silence"].verdict) == ("warn", "warn")
    assert found["silence"].evidence[0].start_s == pytest.approx(2, abs=1)
    assert found["freeze"].value > 10


def test_damage_in_the_middle_is_a_lost_frame(clips):
    whole = clips.lecture().read_bytes()
    middle = whole.index(b"mdat") + 40_000
    damaged = clips.folder / "damaged.mp4"
    damaged.write_bytes(whole[:middle] + bytes(range(256)) * 80 + whole[middle + 256 * 80 :])
    found = {check.id: check for check in judge(inspect_file(damaged)).checks}
    assert found["frame_loss"].verdict == "fail"
    assert "无法解码" in found["frame_loss"].message


def test_a_file_cut_off_after_its_index_is_said_to_be_cut(clips):
    whole = clips.lecture(more=("-movflags", "+faststart")).read_bytes()
    cut = clips.folder / "cut.mp4"
    cut.write_bytes(whole[: len(whole) // 2])
    found = {check.id: check for check in judge(inspect_file(cut)).checks}
    assert found["container"].verdict == "fail"
    assert "文件被截断" in found["container"].message


def test_a_recording_without_sound_is_a_warning_and_sync_does_not_apply(clips):
    found = verdicts(clips.make("-i", clips.lecture(), "-an", "-c", "copy"))
    assert (found["silence"], found["av_sync"], found["sound_weak"]) == (
        "warn",
        "not_applicable",
        "not_applicable",
    )


def test_sound_alone_is_no_video(clips):
    report = judge(inspect_file(clips.make("-i", clips.lecture(), "-vn", "-c", "copy")))
    container = next(check for check in report.checks if check.id == "container")
    assert (report.verdict, container.verdict) == ("fail", "fail")
    assert "没有画面" in container.message
