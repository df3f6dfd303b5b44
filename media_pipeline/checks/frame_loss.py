from media_pipeline.checks import evenness
from media_pipeline.checks.result import Check, Judgement, Verdict, evidence_of
from media_pipeline.checks.stillness import is_camera
from media_pipeline.facts import Facts
from media_pipeline.limits.thresholds import Profile


def judge(facts: Facts, profile: Profile) -> Judgement:
    """Frames the decoder could not give, packets the container marks as damaged."""
    lost = facts.picture.decode_errors
    if lost:
        message = f"有 {lost} 处画面无法解码，会出现花屏或丢帧；请从原工程重新导出，不要只改扩展名或转封装。"
        return Judgement(Verdict.FAIL, message, lost)
    if _is_thin(facts, profile):
        message = (
            f"按每秒 {1 / _beat_s(facts):.4g} 帧的节拍缺少 {facts.video.missing_frames} 帧，动作会一跳一跳；"
            "请检查拍摄或录制设备是否卡顿，以固定帧率重新录制或导出。"
        )
        lacking = evidence_of(facts.video.missing, "缺帧")
        return Judgement(Verdict.WARN, message, facts.video.missing_frames, lacking)
    if jumped := evenness.jumps(facts, profile):
        message = (
            f"时间戳连续，但运动画面有 {jumped.frames} 处各少了至少一帧（占 {jumped.share:.0%}）；"
            "请检查拍摄或录制设备是否丢帧、导出帧率是否低于拍摄帧率，再重新录制或导出。"
        )
        return Judgement(Verdict.WARN, message, jumped.frames, evidence_of(jumped.seconds, "缺帧"))
    doubts = facts.video.corrupt_packets + facts.picture.decoder_complaints
    if doubts:
        message = f"画面都能解出，但解码时有 {doubts} 处数据异常；请播放全片看有无花屏，有则重新导出。"
        return Judgement(Verdict.WARN, message, doubts)
    return Judgement(Verdict.PASS, f"{facts.video.frames} 帧画面全部正常解码。", 0)


def _is_thin(facts: Facts, profile: Profile) -> bool:
    """A camera keeps its beat; a screen recorder writes when something changes."""
    missing, frames = facts.video.missing_frames, facts.video.frames
    many = missing >= profile.missing_warn and missing > profile.missing_share_warn * (missing + frames)
    return many and is_camera(facts, profile, all_the_time=True)


def _beat_s(facts: Facts) -> float:
    length_s = facts.video.end_s - facts.video.start_s
    return length_s / (facts.video.frames + facts.video.missing_frames)


CHECK = Check(
    id="frame_loss",
    title="失帧",
    unit="处",
    threshold=lambda profile: f"解码错误 0；缺帧 ≤ {profile.missing_share_warn:.0%}",
    judge=judge,
    needs="video",
)
