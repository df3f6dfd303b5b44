from media_pipeline.checks.one_sided import balance_db, is_one_sided, one_sided_spans
from media_pipeline.checks.result import (
    Check,
    Judgement,
    Verdict,
    clock,
    evidence_of,
    known,
    share,
    stretches,
)
from media_pipeline.facts import Facts
from media_pipeline.limits.thresholds import Profile


def judge(facts: Facts, profile: Profile) -> Judgement:
    """Clipped waves (little between loudness and peak), channels dead or opposed, sound that is damaged."""
    sound = facts.sound
    if sound.decode_errors:
        severe = sound.decode_errors > profile.audio_errors_fail
        message = f"有 {sound.decode_errors} 处声音无法解码，会出现爆音或断续；请从原工程重新导出。"
        return Judgement(Verdict.FAIL if severe else Verdict.WARN, message)
    if problem := _cancelling(facts, profile) or _one_sided(facts, profile):
        return problem
    if sound.true_peak is None or sound.integrated is None:
        return Judgement(Verdict.PASS, "没有可听见的声音，不存在失真。")
    return _clipping(sound.true_peak, sound.true_peak - sound.integrated, profile)


def _cancelling(facts: Facts, profile: Profile) -> Judgement | None:
    phase = known(facts.sound.phase)
    if share(each < profile.phase_fail for each in phase) <= profile.phase_share_fail:
        return None
    message = (
        f"左右声道相位相反（最低 {min(phase):.2f}），用一个喇叭播放时人声会消失；"
        "请把其中一个声道反相后重新导出。"
    )
    opposed = stretches(each is not None and each < profile.phase_fail for each in facts.sound.phase)
    return Judgement(Verdict.FAIL, message, evidence=evidence_of(opposed, "相位相反"))


def _one_sided(facts: Facts, profile: Profile) -> Judgement | None:
    spans = one_sided_spans(facts, profile)
    if not spans and not is_one_sided(facts, profile):
        return None
    balance = (
        balance_db(facts) if is_one_sided(facts, profile) else facts.sound.balance[int(spans[0].start_s)]
    )
    dead, good = ("右", "左") if balance > 0 else ("左", "右")
    found = f"{dead}声道几乎没有声音"
    if not is_one_sided(facts, profile):
        total_s = sum(span.length_s for span in spans)
        found = f"从 {clock(spans[0].start_s)} 起共 {total_s:.0f} 秒{found}"
    message = f"{found}，用一只耳机的学员听不到；请把{good}声道复制到{dead}声道后重新导出。"
    return Judgement(Verdict.WARN, message, evidence=evidence_of(spans, f"{dead}声道无声"))


def _clipping(true_peak: float, plr_db: float, profile: Profile) -> Judgement:
    found = f"峰值与响度之差 {plr_db:.1f} dB"
    if plr_db >= profile.clipped_plr_db or true_peak <= profile.true_peak_warn:
        return Judgement(Verdict.PASS, f"{found}，没有削波失真的迹象。", plr_db)
    advice = "声音被削平，听感发破；请降低录音电平重新录制，后期调低音量不能恢复"
    severe = true_peak > profile.clipped_true_peak
    return Judgement(Verdict.FAIL if severe else Verdict.WARN, f"{found}，{advice}。", plr_db)


CHECK = Check(
    id="sound_distortion",
    title="声音失真",
    unit="dB",
    threshold=lambda profile: f"峰值高时 ≥ {profile.clipped_plr_db:g}",
    judge=judge,
    needs="audio",
)
