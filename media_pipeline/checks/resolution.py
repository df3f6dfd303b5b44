from media_pipeline.checks.result import Check, Judgement, Verdict
from media_pipeline.facts import Facts
from media_pipeline.limits.thresholds import Profile


def judge(facts: Facts, profile: Profile) -> Judgement:
    """Lines of the shorter side, so that a portrait picture counts like a landscape one."""
    lines = min(facts.video.width, facts.video.height)
    found = f"画面为 {facts.video.width}×{facts.video.height}，短边 {lines} 线"
    if lines < profile.lines_fail:
        advice = "请以 1280×720 或更高分辨率重新录制或导出（仅放大旧文件没有用）"
        return Judgement(Verdict.FAIL, f"{found}，低于最低要求 {profile.lines_fail} 线；{advice}。", lines)
    if lines < profile.lines_warn:
        return Judgement(Verdict.WARN, f"{found}，达到最低要求，但不足高清 {profile.lines_warn} 线。", lines)
    return Judgement(Verdict.PASS, f"{found}，达到高清。", lines)


CHECK = Check(
    id="resolution",
    title="分辨率",
    unit="线",
    threshold=lambda profile: f"≥ {profile.lines_fail}，建议 ≥ {profile.lines_warn}",
    judge=judge,
    needs="video",
)
