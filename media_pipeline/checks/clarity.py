from statistics import median

from media_pipeline.checks.result import Check, Judgement, Verdict, clock, evidence_of, stretches
from media_pipeline.facts import Facts, Picture
from media_pipeline.thresholds import Profile


def judge(facts: Facts, profile: Profile) -> Judgement:
    """How much one more blurring harms (Crete et al. 2007); content hardly matters."""
    ratios = _ratios(facts.picture)
    seen = [ratio for ratio in ratios if ratio is not None]
    if not seen:
        return Judgement(Verdict.UNKNOWN, "画面里没有可供判断清晰度的轮廓。")
    flags = [ratio is not None and ratio < profile.sharpness_warn for ratio in ratios]
    blurred = [span for span in stretches(flags) if span.length_s >= profile.blurred_s_warn]
    value = median(seen)
    if blurred:
        total_s = sum(span.length_s for span in blurred)
        message = (
            f"共 {total_s:.0f} 秒画面模糊（从 {clock(blurred[0].start_s)} 起）；"
            "请检查对焦，或以更高码率重新导出。"
        )
        return Judgement(Verdict.WARN, message, value, evidence_of(blurred, "画面模糊"))
    return Judgement(Verdict.PASS, "画面轮廓清晰。", value)


def _ratios(picture: Picture) -> list[float | None]:
    pairs = zip(picture.blur, picture.reblur, strict=True)
    return [again / once if once and again else None for once, again in pairs]


CHECK = Check(
    id="clarity",
    title="图像清晰",
    unit="再模糊比",
    threshold=lambda profile: f"≥ {profile.sharpness_warn:g}（连续 {profile.blurred_s_warn:g} 秒）",
    judge=judge,
    needs="video",
)
