from media_pipeline.checks import evenness
from media_pipeline.checks.result import Check, Judgement, Verdict
from media_pipeline.checks.stillness import is_screen, is_still
from media_pipeline.facts import Facts
from media_pipeline.limits.thresholds import Profile


def judge(facts: Facts, profile: Profile) -> Judgement:
    """Frames per second on the average; slides and screen recordings need few."""
    fps = facts.video.fps
    found = f"平均每秒 {fps:.1f} 帧"
    twice = evenness.doubled(facts, profile)
    if fps >= profile.fps_warn and twice and fps * (1 - twice.share) < profile.fps_warn:
        seen = fps * (1 - twice.share)
        message = f"{found}，但有重复帧，实际约 {seen:.1f} 帧，动作不够流畅；请按拍摄的帧率重新导出。"
        return Judgement(Verdict.WARN, message, seen)
    if fps >= profile.fps_warn:
        return Judgement(Verdict.PASS, f"{found}，播放流畅。", fps)
    if is_screen(facts, profile):
        return Judgement(Verdict.PASS, f"{found}；画面以课件或录屏为主，帧率低属正常。", fps)
    if fps < profile.fps_fail and not facts.video.variable_fps and not is_still(facts, profile):
        return Judgement(Verdict.FAIL, f"{found}，动作会明显卡顿；请以 25 帧重新录制或导出。", fps)
    return Judgement(Verdict.WARN, f"{found}，略有卡顿的可能；有人物动作的画面请用 25 帧导出。", fps)


CHECK = Check(
    id="smoothness",
    title="播放流畅",
    unit="帧/秒",
    threshold=lambda profile: f"≥ {profile.fps_fail:g}，建议 ≥ {profile.fps_warn:g}（课件、录屏除外）",
    judge=judge,
    needs="video",
)
