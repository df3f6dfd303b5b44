from media_pipeline.checks.lip_sync import judge_content, why_unknown
from media_pipeline.checks.result import Check, Evidence, Judgement, Verdict, clock
from media_pipeline.checks.stillness import is_screen
from media_pipeline.facts import Facts
from media_pipeline.limits.thresholds import Profile

LOOK_S = 5


def judge(facts: Facts, profile: Profile) -> Judgement:
    """What is seen and heard first; the container alone knows neither drift nor a wrong mux."""
    if facts.video is None:
        return Judgement(Verdict.NOT_APPLICABLE, "文件里没有画面，此项不适用。")
    content = judge_content(facts.sync, profile)
    if content and content.verdict != Verdict.PASS:
        return content
    start_ms = 1000 * (facts.audio.start_s - facts.video.start_s)
    start = None if content else _start(start_ms, profile)  # lips outweigh where the tracks begin
    if problem := start or _end(facts, profile) or _edit_lists(facts, profile):
        return Judgement(Verdict.WARN, problem, content.value if content else start_ms)
    return content or _left_to_a_person(facts, start_ms)


def _left_to_a_person(facts: Facts, start_ms: float) -> Judgement:
    points = _points(facts)
    places = "、".join(map(clock, points))
    message = f"封装里的时间正常，但{why_unknown(facts.sync)}，须由人确认：请在 {places} 三处对照口型或动作。"
    spots = (Evidence(round(at, 1), round(min(at + LOOK_S, facts.duration_s), 1), "抽查") for at in points)
    return Judgement(Verdict.UNKNOWN, message, start_ms, tuple(spots))


def _points(facts: Facts) -> list[float]:
    """Three places, where a face was seen if there was one."""
    windows = facts.sync.windows if facts.sync else ()
    if len(windows) >= 3:
        return [windows[at].start_s for at in (0, len(windows) // 2, -1)]
    return [facts.duration_s * part for part in (0.1, 0.5, 0.9)]


def _start(start_ms: float, profile: Profile) -> str | None:
    if abs(start_ms) <= profile.start_ms_warn:
        return None
    order = "晚" if start_ms > 0 else "早"
    return (
        f"声音比画面{order}开始 {abs(start_ms):.0f} 毫秒；请对照口型，不同步的请在剪辑软件里对齐后重新导出。"
    )


def _end(facts: Facts, profile: Profile) -> str | None:
    late_s = facts.audio.end_s - facts.video.end_s
    held = late_s > 0 and facts.video.variable_fps and is_screen(facts, profile)  # the last slide stays
    if abs(late_s) <= profile.end_s_warn or held:
        return None
    longer, shorter = ("声音", "画面") if late_s > 0 else ("画面", "声音")
    return (
        f"{longer}比{shorter}长 {abs(late_s):.1f} 秒；片尾有意留出的，可以忽略。"
        "声音越到后面偏得越多的，请按原始帧率和采样率重新合成后导出。"
    )


def _edit_lists(facts: Facts, profile: Profile) -> str | None:
    """Sound and picture part only in players that ignore edit lists."""
    container = facts.container
    if not profile.sync_early_ms <= -container.edit_drift_ms <= profile.sync_late_ms:
        return (
            f"文件靠编辑列表对齐，忽略它的播放器里声音会偏 {abs(container.edit_drift_ms):.0f} 毫秒；"
            "请在剪辑软件里重新编码导出（不要无损剪切）。"
        )
    if container.edit_hidden_s > profile.hidden_s_warn:
        return (
            f"编辑列表隐藏了 {container.edit_hidden_s:.1f} 秒已剪去的内容，有的播放器仍会播出；"
            "请在剪辑软件里重新编码导出（不要无损剪切）。"
        )
    return None


CHECK = Check(
    id="av_sync",
    title="音画同步",
    unit="毫秒",
    threshold=lambda profile: (
        f"{profile.sync_early_ms:g}…+{profile.sync_late_ms:g}（晚为正，ITU-R BT.1359-1）"
    ),
    judge=judge,
    needs="audio",
)
