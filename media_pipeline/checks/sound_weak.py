from media_pipeline.checks.result import Check, Judgement, Verdict, clock, evidence_of, known, stretches
from media_pipeline.facts import Facts, Span
from media_pipeline.limits.thresholds import Profile

SHORTEST_S = 0.5  # one block of ITU-R BS.1770 is 0.4 s
ADVICE = "请在剪辑软件里用「响度标准化」调到 −23 LUFS 左右再导出"


def judge(facts: Facts, profile: Profile) -> Judgement:
    """Gated programme loudness, ITU-R BS.1770."""
    loudness = facts.sound.integrated
    if facts.audio.end_s - facts.audio.start_s < SHORTEST_S:
        return Judgement(Verdict.UNKNOWN, "声音太短，测不出平均响度。")
    if loudness is None:
        return Judgement(Verdict.FAIL, "声音轨道里听不到任何声音；请检查话筒和导出设置后重新录制或导出。")
    found = f"平均响度 {loudness:.1f} LUFS"
    if loudness < profile.loudness_fail:
        return Judgement(
            Verdict.FAIL, f"{found}，低于 {profile.loudness_fail:g}，声音过弱；{ADVICE}。", loudness
        )
    if loudness < profile.loudness_warn:
        return Judgement(
            Verdict.WARN, f"{found}，偏轻（建议不低于 {profile.loudness_warn:g}）；{ADVICE}。", loudness
        )
    if weak := _weak_spans(facts, profile):
        return Judgement(
            Verdict.WARN, f"{found}，但{_passages(weak)}", loudness, evidence_of(weak, "声音过弱")
        )
    return Judgement(Verdict.PASS, f"{found}，音量足够。", loudness)


def _weak_spans(facts: Facts, profile: Profile) -> list[Span]:
    """The gate of the mean leaves them out. Where nothing rises above silence, that check speaks."""
    sound = facts.sound
    spans = stretches(level is not None and level < profile.loudness_fail for level in sound.short_term)
    return [
        span
        for span in spans
        if span.length_s >= profile.weak_s_warn
        and max(known(sound.peak[int(span.start_s) : int(span.end_s)]), default=-120)
        >= profile.silence_peak_db
    ]


def _passages(spans: list[Span]) -> str:
    total_s = sum(span.length_s for span in spans)
    return (
        f"从 {clock(spans[0].start_s)} 起共 {total_s:.0f} 秒声音过弱；"
        "请检查该段话筒，把这一段的音量调到与前后一致再导出。该段本来没有讲解的，可以忽略。"
    )


CHECK = Check(
    id="sound_weak",
    title="声音过弱",
    unit="LUFS",
    threshold=lambda profile: f"≥ {profile.loudness_fail:g}，建议 ≥ {profile.loudness_warn:g}",
    judge=judge,
    needs="audio",
)
