from media_pipeline.checks.result import Check, Judgement, Verdict
from media_pipeline.facts import Facts
from media_pipeline.thresholds import Profile


def judge(facts: Facts, profile: Profile) -> Judgement:
    """Frames the decoder could not give, packets the container marks as damaged."""
    lost = facts.picture.decode_errors
    if lost:
        message = f"有 {lost} 处画面无法解码，会出现花屏或丢帧；请从原工程重新导出，不要只改扩展名或转封装。"
        return Judgement(Verdict.FAIL, message, lost)
    doubts = facts.video.corrupt_packets + facts.picture.decoder_complaints
    if doubts:
        message = f"画面都能解出，但解码时有 {doubts} 处数据异常；请播放全片看有无花屏，有则重新导出。"
        return Judgement(Verdict.WARN, message, doubts)
    return Judgement(Verdict.PASS, f"{facts.video.frames} 帧画面全部正常解码。", 0)


CHECK = Check(
    id="frame_loss",
    title="失帧",
    unit="处",
    threshold=lambda profile: "0",
    judge=judge,
    needs="video",
)
