from statistics import median

from media_pipeline.checks.result import Check, Judgement, Verdict, clock, evidence_of, stretches
from media_pipeline.facts import Facts
from media_pipeline.limits.thresholds import Profile


def judge(facts: Facts, profile: Profile) -> Judgement:
    """Width of the edges (Marziliano 2002) and how much one more blurring widens them (Crete 2007)."""
    edges = list(zip(facts.picture.blur, facts.picture.reblur, strict=True))
    seen = [again / once for once, again in edges if once and again]
    if not seen:
        return Judgement(Verdict.UNKNOWN, "画面里没有可供判断清晰度的轮廓。")
    flags = (_is_blurred(once, again, profile) for once, again in edges)
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


def _is_blurred(edge: float | None, again: float | None, profile: Profile) -> bool:
    """Wide edges that one more blurring hardly widens: each alone depends on what is shown."""
    return bool(edge and again) and edge > profile.blur_warn and again < profile.reblur_warn * edge


CHECK = Check(
    id="clarity",
    title="图像清晰",
    unit="再模糊比",
    threshold=lambda profile: f"≥ {profile.reblur_warn:g}（连续 {profile.blurred_s_warn:g} 秒）",
    judge=judge,
    needs="video",
)
