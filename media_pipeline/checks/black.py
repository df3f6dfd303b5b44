from media_pipeline.checks.result import Check, Judgement, Verdict, clock, evidence_of, known
from media_pipeline.facts import Facts, Span
from media_pipeline.limits.thresholds import Profile

TEXT_LUMA = 100  # brighter than that something is written on the black: a dark slide


def judge(facts: Facts, profile: Profile) -> Judgement:
    """Black in the middle of a lecture; at its edges a fade is usual."""
    black = [span for span in facts.picture.black if not _is_dark_slide(facts, span)]
    total_s = sum(span.length_s for span in black)
    if total_s > profile.black_share_fail * facts.duration_s:
        message = "几乎全片是黑屏；请检查录制时是否选对了画面来源，并重新录制。"
        return Judgement(Verdict.FAIL, message, total_s, evidence_of(black, "黑屏"))
    long = [span for span in black if span.length_s > _allowed_s(span, facts.duration_s, profile)]
    if long:
        worst = max(long, key=lambda span: span.length_s)
        message = (
            f"有 {len(long)} 段黑屏，最长 {worst.length_s:.1f} 秒（{clock(worst.start_s)}）；"
            "请确认是否有意，多余的请剪去。"
        )
        return Judgement(Verdict.WARN, message, total_s, evidence_of(long, "黑屏"))
    return Judgement(Verdict.PASS, "没有多余的黑屏。", total_s)


def _is_dark_slide(facts: Facts, span: Span) -> bool:
    inside = known(facts.picture.luma_max[round(span.start_s) : round(span.end_s)])
    return bool(inside) and sorted(inside)[len(inside) // 2] > TEXT_LUMA


def _allowed_s(span: Span, duration_s: float, profile: Profile) -> float:
    at_edge = span.start_s < 1 or span.end_s > duration_s - 1
    return profile.black_edge_s_warn if at_edge else profile.black_s_warn


CHECK = Check(
    id="black",
    title="黑屏",
    unit="秒",
    threshold=lambda profile: f"片中 ≤ {profile.black_s_warn:g}，片头片尾 ≤ {profile.black_edge_s_warn:g}",
    judge=judge,
    needs="video",
)
