"""Facts can be judged again under other limits, without the file."""

from dataclasses import replace

from media_pipeline.checks import CHECKS
from media_pipeline.checks.result import CLAUSE, share, stretches
from media_pipeline.facts import Facts, Span
from media_pipeline.limits.thresholds import DEFAULT_PROFILE
from media_pipeline.measuring.inspection import inspect_file, judge

PROMISED = {
    *("shake", "tilt", "noise"),
    *("clarity", "deformation", "exposure", "colour", "frame_skip", "frame_loss", "smoothness", "av_sync"),
    *(
        "sound_distortion",
        "sound_overshoot",
        "sound_weak",
        "black",
        "freeze",
        "silence",
        "resolution",
        "container",
    ),
}


def by_id(report) -> dict:
    return {check.id: check for check in report.checks}


def with_video(facts: Facts, **changes) -> Facts:
    return replace(facts, video=replace(facts.video, **changes))


def test_every_check_has_a_name_of_its_own_and_every_name_is_promised():
    assert sorted(check.id for check in CHECKS) == sorted(PROMISED)


def test_other_limits_judge_the_same_facts_otherwise(clips):
    facts = inspect_file(clips.lecture())
    strict = replace(DEFAULT_PROFILE, name="高清课程", version="2", lines_fail=1080)
    found = judge(facts, strict)
    assert (found.verdict, found.profile) == ("fail", "高清课程 v2")
    assert by_id(found)["resolution"].message == (
        "画面为 1280×720，短边 720 线，低于最低要求 1080 线；"
        "请以 1280×720 或更高分辨率重新录制或导出（仅放大旧文件没有用）。（附件3第8项）"
    )


def test_every_result_names_the_clause_and_a_limit(clips):
    for check in judge(inspect_file(clips.lecture())).checks:
        assert check.clause == CLAUSE
        assert check.message.endswith(f"（{CLAUSE}）")
        assert check.threshold


def test_a_portrait_picture_counts_by_its_shorter_side(clips):
    portrait = with_video(inspect_file(clips.lecture()), width=1080, height=1920)
    assert by_id(judge(portrait))["resolution"].value == 1080


def test_pauses_of_a_recorder_that_writes_only_changes_are_normal(clips):
    facts = inspect_file(clips.lecture())
    gaps = (Span(1.0, 4.0),)
    assert by_id(judge(with_video(facts, gaps=gaps)))["frame_skip"].verdict == "fail"
    assert by_id(judge(with_video(facts, gaps=gaps, variable_fps=True)))["frame_skip"].verdict == "pass"


def test_a_gap_the_sound_shares_is_shown_and_not_refused(clips):
    facts = with_video(inspect_file(clips.lecture()), gaps=(Span(1.0, 4.0),))
    short_sound = replace(facts, audio=replace(facts.audio, end_s=2.0))
    assert by_id(judge(short_sound))["frame_skip"].verdict == "warn"


def test_an_edit_list_that_parts_sound_and_picture_is_shown(clips):
    facts = inspect_file(clips.lecture())
    parted = replace(facts, container=replace(facts.container, edit_drift_ms=7300.0))
    check = by_id(judge(parted))["av_sync"]
    assert check.verdict == "warn"
    assert "偏 7300 毫秒" in check.message


def test_a_sound_and_a_picture_of_unequal_length_are_shown(clips):
    facts = inspect_file(clips.lecture())
    uneven = replace(facts, audio=replace(facts.audio, end_s=facts.video.end_s - 3))
    assert by_id(judge(uneven))["av_sync"].message.startswith("画面比声音长 3.0 秒")


def test_a_clean_container_asks_for_three_places_to_look_at(clips):
    check = by_id(judge(inspect_file(clips.lecture())))["av_sync"]
    assert check.verdict == "unknown"
    assert [round(place.start_s, 1) for place in check.evidence] == [0.5, 2.5, 4.5]


def test_runs_of_true_seconds_become_stretches():
    assert stretches([True, True, False, True]) == (Span(0, 2), Span(3, 4))
    assert stretches([]) == ()
    assert (share([True, False]), share([])) == (0.5, 0.0)


def test_facts_of_the_first_engine_are_judged_without_what_it_did_not_measure(clips):
    stored = inspect_file(clips.lecture()).to_json()
    for part, names in (("picture", ("shake", "repeats", "tilt")), ("sound", ("floor", "balance"))):
        for name in names:
            del stored[part][name]
    found = by_id(judge(Facts.from_json(stored)))
    assert {name: check.verdict for name, check in found.items() if check.verdict != "pass"} == dict.fromkeys(
        ("av_sync", "shake", "tilt", "noise"), "unknown"
    )


def sounding(facts: Facts, **series: tuple) -> Facts:
    return replace(facts, sound=replace(facts.sound, **series))


def test_a_channel_that_dies_midway_is_told_where_something_is_heard(clips):
    facts = inspect_file(clips.lecture())
    balance = (0.0,) * 12 + (60.0,) * 6
    check = by_id(judge(sounding(facts, balance=balance, peak=(-6.0,) * 18)))["sound_distortion"]
    assert (check.verdict, check.evidence[0].start_s) == ("warn", 12)
    assert check.message.startswith("从 0:12 起共 6 秒右声道几乎没有声音")
    hushed = sounding(facts, balance=balance, peak=(-6.0,) * 12 + (-60.0,) * 6)
    assert by_id(judge(hushed))["sound_distortion"].verdict == "pass"


def test_a_passage_nobody_hears_is_told_though_the_mean_is_fine(clips):
    facts = inspect_file(clips.lecture())
    short_term = (-20.0,) * 8 + (-45.0,) * 11
    mono = sounding(facts, balance=(), short_term=short_term)
    check = by_id(judge(sounding(mono, peak=(-30.0,) * 19)))["sound_weak"]
    assert (check.verdict, "从 0:08 起共 11 秒声音过弱" in check.message) == ("warn", True)
    pause = sounding(mono, peak=(-60.0,) * 19)
    assert by_id(judge(pause))["sound_weak"].verdict == "pass"


def test_on_slides_the_white_tells_a_cast_and_not_the_ground(clips):
    facts = inspect_file(clips.lecture())

    def found(repeats: float, white: float | None) -> str:
        tints = {"chroma_u": (155.0,) * 5, "bright_share": (0.01,) * 5, "bright_u": (white,) * 5}
        bright_v = (None if white is None else 128.0,) * 5
        picture = replace(facts.picture, repeats=(repeats,) * 5, bright_v=bright_v, **tints)
        return str(by_id(judge(replace(facts, picture=picture)))["colour"].verdict)

    assert [found(1.0, 130.0), found(1.0, 150.0), found(1.0, None)] == ["pass", "warn", "unknown"]
    assert found(0.0, None) == "warn"  # a camera
