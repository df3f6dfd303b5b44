from media_pipeline.checks.result import Check, Judgement, Verdict
from media_pipeline.facts import Facts
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
    return Judgement(Verdict.PASS, f"{found}，音量足够。", loudness)


CHECK = Check(
    id="sound_weak",
    title="声音过弱",
    unit="LUFS",
    threshold=lambda profile: f"≥ {profile.loudness_fail:g}，建议 ≥ {profile.loudness_warn:g}",
    judge=judge,
    needs="audio",
)
