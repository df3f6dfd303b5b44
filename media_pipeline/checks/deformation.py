from media_pipeline.checks.result import Check, Judgement, Verdict
from media_pipeline.facts import Facts
from media_pipeline.limits.thresholds import Profile


def judge(facts: Facts, profile: Profile) -> Judgement:
    """Square pixels, a usual shape, one size from start to end."""
    video, pixel = facts.video, facts.video.pixel_aspect
    shape = video.width * pixel / video.height
    if facts.picture.size_changes:
        message = f"画面尺寸中途改变了 {facts.picture.size_changes} 次；请统一尺寸后重新导出。"
        return Judgement(Verdict.WARN, message, pixel)
    if abs(pixel - 1) > profile.pixel_aspect_tolerance:
        message = f"像素不是正方形（{pixel:g}:1），有的播放器会把画面拉伸；请按「像素宽高比 1:1」重新导出。"
        return Judgement(Verdict.WARN, message, pixel)
    if not 1 / profile.aspect_most <= shape <= profile.aspect_most:
        message = f"画面宽高比 {shape:.2f}:1 很不寻常，可能被拉伸；请检查工程的画面尺寸。"
        return Judgement(Verdict.WARN, message, pixel)
    message = "像素为正方形，画面宽高比正常；内容导出前是否被拉伸，机器看不出，请看截图。"
    return Judgement(Verdict.PASS, message, pixel)


CHECK = Check(
    id="deformation",
    title="变形",
    unit="像素宽高比",
    threshold=lambda profile: f"1 ± {profile.pixel_aspect_tolerance:g}",
    judge=judge,
    needs="video",
)
