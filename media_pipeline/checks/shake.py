from media_pipeline.checks.result import Check, Judgement, Verdict, clock, evidence_of, known, stretches
from media_pipeline.facts import Facts, Span
from media_pipeline.limits.thresholds import Profile


def judge(facts: Facts, profile: Profile) -> Judgement:
    """How far the camera trembles off its smooth path; pans, cuts and scrolling pages are on it."""
    shake = facts.picture.shake
    if not known(shake):
        return Judgement(Verdict.UNKNOWN, "画面太短，测不出抖动；旧的测量没有此项，请点「重新检查」。")
    value = max(known(shake))
    if violent := _over(facts, profile.shake_fail, profile.shake_s_fail):
        return Judgement(Verdict.FAIL, _message(violent, value), value, evidence_of(violent, "剧烈抖动"))
    if shaken := _over(facts, profile.shake_warn, profile.shake_s_warn):
        return Judgement(Verdict.WARN, _message(shaken, value), value, evidence_of(shaken, "抖动"))
    return Judgement(Verdict.PASS, "镜头稳定（平稳的摇移、切换和滚动不算抖动）。", value)


def _over(facts: Facts, limit: float, at_least_s: float) -> list[Span]:
    flags = (each is not None and each > limit for each in facts.picture.shake)
    return [span for span in stretches(flags) if span.length_s >= at_least_s]


def _message(spans: list[Span], value: float) -> str:
    total_s = sum(span.length_s for span in spans)
    return (
        f"共 {total_s:.0f} 秒镜头抖动（从 {clock(spans[0].start_s)} 起，最大为画面宽度的 {value:.1f}%）；"
        "请用三脚架重拍该段，或在剪辑软件里做「稳定」处理后重新导出。"
    )


CHECK = Check(
    id="shake",
    title="抖动",
    unit="%",
    threshold=lambda profile: (
        f"≤ 画面宽度的 {profile.shake_warn:g}%，"
        f"连续 {profile.shake_s_fail:g} 秒超过 {profile.shake_fail:g}% 为不合格"
    ),
    judge=judge,
    needs="video",
)
