"""Numbers people type are taken as numbers or refused in words; the built-in ones are sound."""

from dataclasses import replace

import pytest

from media_pipeline.checks import CHECKS
from media_pipeline.limits.shape import BadLimits
from media_pipeline.limits.thresholds import DEFAULT_PROFILE, LIMITS, ORDERED, Profile


def refusals(**limits) -> dict[str, list[str]]:
    with pytest.raises(BadLimits) as refused:
        Profile.from_json({"name": "严格", "version": "1", "limits": limits})
    return refused.value.problems


def test_every_limit_belongs_to_a_check_and_names_its_source():
    checks = {check.id for check in CHECKS} | {"kind"}
    assert {limit.check for limit in LIMITS.values()} <= checks
    assert [name for name, limit in LIMITS.items() if not limit.source or not limit.label] == []
    assert set(Profile.__dataclass_fields__) == {"name", "version", *LIMITS}


def test_the_built_in_limits_are_within_their_own_bounds_and_survive_json():
    assert Profile.from_json(DEFAULT_PROFILE.to_json()) == DEFAULT_PROFILE
    assert {name for pair in ORDERED for name in pair} <= LIMITS.keys()


def test_limits_left_out_are_as_built_in():
    found = Profile.from_json({"name": "高清", "version": "2", "limits": {"lines_fail": "720"}})
    assert found == replace(DEFAULT_PROFILE, name="高清", version="2", lines_fail=720)
    assert found.label == "高清 v2"


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("fps_warn", "很多", "「帧率低于此值提示」要填一个数，填的是「很多」。"),
        ("fps_warn", float("nan"), "「帧率低于此值提示」要填一个数，填的是「nan」。"),
        ("fps_warn", True, "「帧率低于此值提示」要填一个数，填的是「True」。"),
        ("loudness_fail", 35, "「平均响度低于此值不合格」只能在 -60 到 -15 LUFS之间，填的是 35。"),
        ("lines_fail", 480.5, "「短边低于此线数不合格」只能填整数，填的是 480.5。"),
        (
            "lines_fail",
            1080,
            "「短边低于此线数不合格」1080 不能大于「短边低于此线数提示」720，请核对这两个数。",
        ),
        ("colour_of_tie", 1, "没有这个阈值，请核对名称。"),
    ],
)
def test_nonsense_is_refused_in_words(name, typed, sentence):
    assert refusals(**{name: typed}) == {name: [sentence]}


def test_everything_wrong_is_said_at_once():
    assert set(refusals(fps_warn="x", lines_fail=9999, nothing=1)) == {"fps_warn", "lines_fail", "nothing"}


@pytest.mark.parametrize(
    "data", [[], {}, {"limits": 5}, {"limits": {}}, {"name": "", "version": "1", "limits": {}}]
)
def test_what_is_no_profile_is_refused(data):
    with pytest.raises(BadLimits, match="阈值文件要"):
        Profile.from_json(data)
