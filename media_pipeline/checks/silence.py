from media_pipeline.checks.result import Check, Judgement, Verdict, clock, evidence_of, stretches
from media_pipeline.facts import Facts, Span
from media_pipeline.limits.thresholds import Profile


def silent_spans(facts: Facts, profile: Profile) -> tuple[Span, ...]:
    """Seconds in which no sample rises above the limit; digital silence has no level at all."""
    return stretches(peak is None or peak < profile.silence_peak_db for peak in facts.sound.peak)


def judge(facts: Facts, profile: Profile) -> Judgement:
    if facts.sound is None:
        return Judgement(
            Verdict.WARN, "视频没有声音轨道；如果不是有意的无声演示，请带声音重新导出。", facts.duration_s
        )
    silent = [span for span in silent_spans(facts, profile) if span.length_s >= profile.silence_s_warn]
    if not silent:
        return Judgement(Verdict.PASS, f"没有超过 {profile.silence_s_warn:g} 秒的静音。", 0)
    worst = max(silent, key=lambda span: span.length_s)
    message = (
        f"有 {len(silent)} 段静音，最长 {worst.length_s:.0f} 秒（{clock(worst.start_s)}）；"
        "请确认是否有意，录音中断的请补录，多余的请剪去。"
    )
    return Judgement(Verdict.WARN, message, worst.length_s, evidence_of(silent, "静音"))


CHECK = Check(
    id="silence",
    title="静音",
    unit="秒",
    threshold=lambda profile: (
        f"连续静音 < {profile.silence_s_warn:g}（峰值低于 {profile.silence_peak_db:g} dBFS）"
    ),
    judge=judge,
)
