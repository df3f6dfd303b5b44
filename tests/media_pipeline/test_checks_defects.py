"""Clips with one defect each are named for it, and a good clip is not (attachment 3, item 8)."""

import pytest

from media_pipeline.measuring.inspection import inspect_file, judge
from tests.media_pipeline.clips import TALK, room, slides, talk

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


TREMBLING = "crop=1280:720:x='80+22*sin(6.2*PI*t)':y='45+22*sin(4.6*PI*t+1)'"
LEANING = "rotate=3*PI/180,crop=1280:720"
HISS = f"{TALK}+0.12*(random(0)-0.5)"
BURSTS = "select='lt(mod(t,0.8),0.4)',fps=25"
STUCK = {"picture": room(8), "voice": talk(8), "picture_filter": "loop=loop=100:size=1:start=60,trim=end=8"}
DROPPED = {"picture_filter": "select='mod(n,10)'", "more": ("-fps_mode", "vfr")}
EVEN_TIMES = {"picture": room(), "picture_filter": "select='mod(n,8)',setpts=N"}
SHOWN_TWICE = {"picture": room(), "picture_filter": "setpts='N+floor(N/8)',fps=25"}
CAMERA_DEFECTS = [
    ("frame_skip", "warn", EVEN_TIMES),
    ("frame_loss", "warn", EVEN_TIMES),
    ("frame_skip", "warn", SHOWN_TWICE),
    ("smoothness", "warn", SHOWN_TWICE),
    ("freeze", "warn", STUCK),
    ("frame_loss", "warn", {"picture": room(), **DROPPED}),
    ("shake", "warn", {"picture": room(camera=TREMBLING)}),
    ("tilt", "warn", {"picture": room(1, camera=LEANING)}),
    ("tilt", "warn", {"picture": slides(1), "picture_filter": "rotate=-3*PI/180:c=white"}),
    ("exposure", "warn", {"picture": room(), "picture_filter": "eq=brightness=0.45"}),
    ("exposure", "warn", {"picture": slides(), "picture_filter": "eq=brightness=0.5"}),
    ("exposure", "warn", {"picture": slides(), "picture_filter": "eq=brightness=-0.5"}),
    ("colour", "warn", {"picture": slides(), "picture_filter": "colorchannelmixer=bb=0.75"}),
    ("frame_skip", "fail", {"picture": room(), **FALLS_OUT}),
    ("frame_skip", "warn", {"picture_filter": BURSTS, "more": ("-qp", "24")}),
    ("sound_distortion", "warn", {"voice": talk(right="0")}),
    ("noise", "warn", {"voice": talk(left=HISS, right=HISS)}),
]
CLEAN = [
    {"picture": room(), "voice": talk()},
    {"picture": room(camera="crop=1280:720:x='min(160,2*n)'"), "voice": talk()},
    {"picture": slides(), "voice": talk()},
]


def verdicts(path) -> dict[str, str]:
    return {check.id: str(check.verdict) for check in judge(inspect_file(path)).checks}


@pytest.mark.parametrize(("check_id", "verdict", "defect"), DEFECTS)
def test_a_defect_is_found_under_its_own_name(clips, check_id, verdict, defect):
    assert verdicts(clips.lecture(**defect))[check_id] == verdict


@pytest.mark.parametrize(("check_id", "verdict", "defect"), CAMERA_DEFECTS)
def test_a_defect_of_the_camera_or_the_microphone_is_found_under_its_own_name(
    clips, check_id, verdict, defect
):
    assert verdicts(clips.lecture(**defect))[check_id] == verdict


@pytest.mark.parametrize("clean", CLEAN, ids=["camera", "a pan", "slides"])
def test_a_clean_recording_raises_no_alarm(clips, clean):
    assert not {"warn", "fail"} & set(verdicts(clips.lecture(**clean)).values())


def test_a_steady_tone_has_no_pauses_and_its_noise_is_unknown(clips):
    assert verdicts(clips.lecture(voice="sine=duration=5"))["noise"] == "unknown"


def test_a_picture_without_lines_leaves_its_tilt_to_a_person(clips):
    assert verdicts(clips.lecture(picture="color=gray:size=1280x720:rate=25:duration=5"))["tilt"] == "unknown"


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


def test_a_slide_put_into_a_talk_is_no_stuck_camera(clips):
    """It begins with a cut."""
    slide = "drawbox=t=fill:color=white:enable='between(t,2.4,6.4)'"
    assert verdicts(clips.lecture(picture=room(8), voice=talk(8), picture_filter=slide))["freeze"] == "pass"


def test_a_screen_recorder_that_writes_only_changes_lacks_no_frame(clips):
    only_changes = {"picture_filter": "mpdecimate=max=25", "more": ("-fps_mode", "vfr")}
    assert verdicts(clips.lecture(picture=slides(), voice=talk(), **only_changes))["frame_loss"] == "pass"
