"""Files that are odd and not broken: each is measured and gets a verdict, never a traceback."""

from media_pipeline.measuring.inspection import inspect_file, judge


def found(path) -> dict[str, str]:
    return {check.id: str(check.verdict) for check in judge(inspect_file(path)).checks}


def test_a_turned_picture_is_measured_upright(clips):
    turned = clips.make("-display_rotation", "90", "-i", clips.lecture(), "-c", "copy")
    facts = inspect_file(turned)
    assert (facts.video.rotation in (90, 270), found(turned)["deformation"]) == (True, "pass")


def test_a_picture_of_high_dynamic_range_is_measured(clips):
    hdr = ("-color_trc", "smpte2084", "-color_primaries", "bt2020", "-colorspace", "bt2020nc")
    path = clips.lecture(more=(*hdr, "-profile:v", "high10", "-pix_fmt", "yuv420p10le"))
    assert found(path)["frame_loss"] == "pass"
    assert len(inspect_file(path).picture.luma_avg) == 5


def test_a_still_picture_with_sound_is_a_slide(clips):
    once = clips.lecture(picture="testsrc2=size=1280x720:rate=25:duration=0.04", voice="sine=duration=5")
    verdicts = found(once)
    assert "fail" not in {verdicts[name] for name in ("freeze", "frame_skip", "frame_loss", "smoothness")}


def test_several_sound_tracks_are_said(clips):
    lecture = clips.lecture()
    doubled = clips.make("-i", lecture, "-map", "0:v", "-map", "0:a", "-map", "0:a", "-c", "copy")
    assert found(doubled)["container"] == "warn"
