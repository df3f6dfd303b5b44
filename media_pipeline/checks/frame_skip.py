from media_pipeline.checks import evenness
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
from media_pipeline.checks.stillness import is_screen
from media_pipeline.facts import Facts, Span
from media_pipeline.limits.thresholds import Profile


def judge(facts: Facts, profile: Profile) -> Judgement:
    """The longest pause between frames. Frames shown twice and steps over missing ones have no length."""
    gaps = [gap for gap in facts.video.gaps if gap.length_s > profile.gap_s_warn]
    longest = max(gaps, key=lambda gap: gap.length_s, default=Span(0, 0))
    if facts.video.variable_fps or is_screen(facts, profile):
        message = "录屏或课件只在画面变化时写入新帧，帧间隔不固定属正常。"
        return Judgement(Verdict.PASS, message, longest.length_s)
    if not gaps:
        return _repeating(facts, profile)
    message = (
        f"画面有 {len(gaps)} 处中断，最长 {longest.length_s:.2f} 秒（{clock(longest.start_s)}）；"
        "请检查录制电脑是否卡顿，并重新录制或导出该段。"
    )
    severe = longest.length_s > profile.gap_s_fail and _sound_runs_on(facts, longest)
    verdict = Verdict.FAIL if severe else Verdict.WARN
    return Judgement(verdict, message, longest.length_s, evidence_of(gaps, "画面中断"))


def _repeating(facts: Facts, profile: Profile) -> Judgement:
    """Fewer frames than the file claims: the missing ones were filled with the one before."""
    repeats = known(facts.picture.repeats)
    idle = share(part >= profile.idle_repeats for part in repeats)
    stuck = [profile.repeats_warn <= part < profile.idle_repeats for part in repeats]
    often = sum(stuck) >= profile.repeats_s_warn and share(stuck) > profile.repeats_share_warn
    if not often or idle > profile.idle_share:
        return _uneven(facts, profile)
    message = (
        f"画面有 {sum(stuck)} 秒反复停顿（同一帧重复显示）；"
        "请检查录制电脑是否卡顿、导出帧率是否高于拍摄帧率，并重新录制或导出。"
    )
    return Judgement(Verdict.WARN, message, evidence=evidence_of(stretches(stuck), "重复帧"))


def _uneven(facts: Facts, profile: Profile) -> Judgement:
    """Single frames, which leave the timestamps regular."""
    if jumped := evenness.jumps(facts, profile):
        message = (
            f"运动画面有 {jumped.frames} 处跳过了一帧或几帧（占 {jumped.share:.0%}），动作会一跳一跳；"
            "多半是导出帧率低于拍摄帧率（如 30 帧转 25 帧）或录制丢帧，请按拍摄的帧率重新导出或重录。"
        )
        return Judgement(Verdict.WARN, message, evidence=evidence_of(jumped.seconds, "跳帧"))
    if doubled := evenness.doubled(facts, profile):
        message = (
            f"运动画面有 {doubled.frames} 帧是前一帧的重复（占 {doubled.share:.0%}），动作会一顿一顿；"
            "多半是导出帧率高于拍摄帧率（如 24 帧转 30 帧）或录制丢帧，请按拍摄的帧率重新导出或重录。"
        )
        return Judgement(Verdict.WARN, message, evidence=evidence_of(doubled.seconds, "重复帧"))
    return Judgement(Verdict.PASS, f"没有超过 {profile.gap_s_warn} 秒的画面中断，运动均匀。", 0)


def _sound_runs_on(facts: Facts, gap: Span) -> bool:
    return facts.audio is not None and facts.audio.start_s <= gap.start_s and gap.end_s <= facts.audio.end_s


CHECK = Check(
    id="frame_skip",
    title="跳帧",
    unit="秒",
    threshold=lambda profile: f"中断 ≤ {profile.gap_s_warn}，声音继续时超过 {profile.gap_s_fail:g} 为不合格",
    judge=judge,
    needs="video",
)
