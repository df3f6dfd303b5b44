from collections.abc import Iterator
from statistics import median

from media_pipeline.checks.result import Check, Evidence, Judgement, Verdict, known, share
from media_pipeline.facts import TILT_EVERY_S, Facts
from media_pipeline.limits.thresholds import Profile

FEWEST = 0.2  # share of the frames that must have lines, or they are an accident


def judge(facts: Facts, profile: Profile) -> Judgement:
    """The angle most of the lines have. It warns only: a slope can be what is shown."""
    tilt = facts.picture.tilt
    angles = known(tilt)
    if not angles or len(angles) < FEWEST * len(tilt):
        message = "画面里横平竖直的线条太少，测不出是否倾斜；请审核人查看。"
        return Judgement(Verdict.UNKNOWN, message)
    value = median(angles)
    if share(abs(angle) > profile.tilt_warn for angle in angles) > profile.tilt_share_warn:
        order = "顺" if value > 0 else "逆"
        message = (
            f"画面向{order}时针方向倾斜约 {abs(value):.1f}°（限 {profile.tilt_warn:g}°）；"
            "请调平摄像机重拍，或在剪辑软件里旋转校正后重新导出。拍的本来就是斜面的，可以忽略。"
        )
        return Judgement(Verdict.WARN, message, value, tuple(_leaning(facts, profile)))
    return Judgement(Verdict.PASS, f"画面端正（{value:.1f}°）。", value)


def _leaning(facts: Facts, profile: Profile) -> Iterator[Evidence]:
    for number, angle in enumerate(facts.picture.tilt):
        if angle is not None and abs(angle) > profile.tilt_warn:
            at_s = facts.video.start_s + number * TILT_EVERY_S
            end_s = min(at_s + TILT_EVERY_S, facts.video.end_s)
            yield Evidence(round(at_s, 2), round(end_s, 2), f"倾斜 {angle:g}°")


CHECK = Check(
    id="tilt",
    title="倾斜",
    unit="度",
    threshold=lambda profile: f"≤ {profile.tilt_warn:g}",
    judge=judge,
    needs="video",
)
