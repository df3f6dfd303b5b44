from media_pipeline.checks.result import Check, Judgement, Verdict
from media_pipeline.facts import Facts
from media_pipeline.limits.thresholds import Profile

ADVICE = "请降低音量或加限幅器（−1 dBTP）后重新导出"


def judge(facts: Facts, profile: Profile) -> Judgement:
    """True peak and too high a loudness, EBU R 128."""
    peak, loudness = facts.sound.true_peak, facts.sound.integrated
    if peak is None or loudness is None:
        return Judgement(Verdict.PASS, "没有可听见的声音，不存在过冲。")
    found = f"真峰值 {peak:.1f} dBTP，平均响度 {loudness:.1f} LUFS"
    if loudness > profile.loud_fail:
        return Judgement(Verdict.FAIL, f"{found}，响度超过 {profile.loud_fail:g}，声音过响；{ADVICE}。", peak)
    if peak > profile.true_peak_warn:
        return Judgement(
            Verdict.WARN, f"{found}，峰值超过 {profile.true_peak_warn:g}，可能爆音；{ADVICE}。", peak
        )
    if loudness > profile.loud_warn:
        return Judgement(
            Verdict.WARN, f"{found}，比一般课程响（建议不高于 {profile.loud_warn:g} LUFS）。", peak
        )
    return Judgement(Verdict.PASS, f"{found}，没有过冲。", peak)


CHECK = Check(
    id="sound_overshoot",
    title="放音过冲",
    unit="dBTP",
    threshold=lambda profile: f"≤ {profile.true_peak_warn:g}；响度 ≤ {profile.loud_fail:g} LUFS",
    judge=judge,
    needs="audio",
)
