"""Files that are odd and not broken: each is measured and gets a verdict, never a traceback."""

from media_pipeline.measuring.inspection import inspect_file, judge


def found(path) -> dict[str, str]:
    return {check.id: str(check.verdict) for check in judge(inspect_file(path)).checks}


def test_a_turned_picture_is_measured_upright(clips):
    turned = clips.make("-display_rotation", "90", "-i", clips.lecture(), "-c", "copy")
    facts = inspect_file(turned)
    assert (facts.video.rotation in (90, 270), found(turned)["deformation"]) == (True, "pass")


def test_a_picture_of_high_dynamic_range_is_told_and_its_light_left_to_a_person(clips):
    hdr = "format=yuv420p10le,setparams=color_trc=smpte2084:color_primaries=bt2020:colorspace=bt2020nc"
    path = clips.lecture(picture_filter=hdr, more=("-profile:v", "high10", "-pix_fmt", "yuv420p10le"))
    facts = inspect_file(path)
    checks = {check.id: check for check in judge(facts).checks}
    assert (len(facts.picture.luma_avg), checks["frame_loss"].verdict) == (5, "pass")
    assert checks["container"].verdict == "warn"
    assert "这是 HDR 视频（PQ）" in checks["container"].message
    assert "SDR（BT.709）" in checks["container"].message
    assert [checks[name].verdict for name in ("exposure", "colour")] == ["unknown", "unknown"]


def test_a_still_picture_with_sound_is_a_slide(clips):
    once = clips.lecture(picture="testsrc2=size=1280x720:rate=25:duration=0.04", voice="sine=duration=5")
    verdicts = found(once)
    assert "fail" not in {verdicts[name] for name in ("freeze", "frame_skip", "frame_loss", "smoothness")}


def test_several_sound_tracks_are_said(clips):
    lecture = clips.lecture()
    doubled = clips.make("-i", lecture, "-map", "0:v", "-map", "0:a", "-map", "0:a", "-c", "copy")
    assert found(doubled)["container"] == "warn"
