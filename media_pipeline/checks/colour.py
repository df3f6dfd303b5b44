from collections.abc import Iterable
from math import hypot

from media_pipeline.checks.high_range import of_usual_range
from media_pipeline.checks.result import Check, Judgement, Verdict, known, share
from media_pipeline.checks.stillness import is_screen
from media_pipeline.facts import Facts, Picture, Series
from media_pipeline.limits.thresholds import Profile

NEUTRAL = 128


def judge(facts: Facts, profile: Profile) -> Judgement:
    """A cast moves the mean of the picture and what should be white; on a slide only the white shows it."""
    picture, on_screen = facts.picture, is_screen(facts, profile)
    white = _whites(picture, 0 if on_screen else profile.white_share)
    if on_screen and not white:
        return Judgement(Verdict.UNKNOWN, "课件里没有白色部分，分不清底色和偏色；请审核人看截图。")
    all_over = [] if on_screen else _distances(picture.chroma_u, picture.chroma_v)
    value = max(_middle(all_over), _middle(white))
    cast = share(distance > profile.chroma_warn for distance in all_over) > profile.colour_share_warn
    tinted = share(distance > profile.white_chroma_warn for distance in white) > profile.colour_share_warn
    if cast or tinted:
        where = "画面整体" if cast else "最亮处（通常应是白色）"
        message = f"{where}偏色，偏离中性 {value:.0f}；请校正白平衡。背景本来就是这种颜色的，可以忽略。"
        return Judgement(Verdict.WARN, message, value)
    return Judgement(Verdict.PASS, "没有明显偏色。", value)


def _whites(picture: Picture, least: float) -> list[float]:
    """How far from neutral they are, where they fill that share of the picture."""
    bright = zip(picture.bright_share, picture.bright_u, picture.bright_v, strict=True)
    whites = [(u, v) for part, u, v in bright if part is not None and part >= least]
    return _distances(*zip(*whites, strict=True)) if whites else []


def _distances(us: Series | Iterable[float | None], vs: Series | Iterable[float | None]) -> list[float]:
    pairs = zip(us, vs, strict=True)
    return [hypot(u - NEUTRAL, v - NEUTRAL) for u, v in pairs if u is not None and v is not None]


def _middle(values: list[float]) -> float:
    return sorted(known(tuple(values)))[len(values) // 2] if values else 0.0


CHECK = Check(
    id="colour",
    title="色彩还原",
    unit="色差",
    threshold=lambda profile: f"整体 ≤ {profile.chroma_warn:g}，白处 ≤ {profile.white_chroma_warn:g}",
    judge=of_usual_range(judge),
    needs="video",
)
