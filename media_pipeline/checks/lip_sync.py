"""What the content itself says of sound and picture: flashes with beeps, or lips with a voice."""

from media_pipeline.checks.result import Evidence, Judgement, Verdict
from media_pipeline.facts import Sync
from media_pipeline.limits.thresholds import Profile

MARGIN_MS = {"lips": 40.0, "test_signals": 20.0}
"""How far a measured offset may be off: own measure (docs/decisions/0025); half a frame for a flash."""
SHORT_S, SHORT_MARGIN_MS = 30.0, 100.0
"""With less of a face in view, lips were off by more in 2 of 468 tries (by 115 ms): not to pass on."""

WHAT = {"lips": "口型", "test_signals": "闪光"}
WHY_UNKNOWN = {
    "": "内容是否同步",
    "no_face": "画面里没有看到讲师的脸，机器无从对照口型，内容是否同步",
    "small_face": "画面里的人脸太小，看不清口型，内容是否同步",
    "too_short": "看得清人脸又有讲话的片段不足 18 秒，内容是否同步",
    "no_match": "口型和声音之间没有找到可靠的对应（旁白、配音、侧脸或遮挡都会这样），内容是否同步",
    "no_models": "内容是否同步",
}


def judge_content(sync: Sync | None, profile: Profile) -> Judgement | None:
    """None where the content says nothing for certain."""
    if sync is None or sync.offset_ms is None or sync.confidence < profile.sync_confidence:
        return None
    ends_ms = _ends_ms(sync)
    drifts = abs(ends_ms[1] - ends_ms[0]) > profile.sync_drift_ms_warn
    worst_ms = max(ends_ms, key=abs) if drifts else sync.offset_ms
    message = _drift_message(ends_ms) if drifts else _message(worst_ms, sync)
    margin_ms = MARGIN_MS[sync.method]
    early_ms, late_ms = profile.sync_early_ms, profile.sync_late_ms
    if (
        not min(early_ms - margin_ms, -profile.sync_gross_ms)
        < worst_ms
        < max(late_ms + margin_ms, profile.sync_gross_ms)
    ):
        return Judgement(Verdict.FAIL, message, worst_ms, _evidence(sync))
    if drifts or not early_ms - margin_ms <= worst_ms <= late_ms + margin_ms:
        return Judgement(Verdict.WARN, message, worst_ms, _evidence(sync))
    margin_ms = max(margin_ms, SHORT_MARGIN_MS) if _is_short(sync) else margin_ms
    if not early_ms + margin_ms <= worst_ms <= late_ms - margin_ms:
        return Judgement(Verdict.UNKNOWN, _edge_message(worst_ms, margin_ms), worst_ms, _evidence(sync))
    found = f"{WHAT[sync.method]}与声音相符，{_words(sync.offset_ms)}（误差约 ±{margin_ms:g} 毫秒）。"
    return Judgement(Verdict.PASS, found, worst_ms)


def _is_short(sync: Sync) -> bool:
    return sync.method == "lips" and sum(each.end_s - each.start_s for each in sync.windows) < SHORT_S


def why_unknown(sync: Sync | None) -> str:
    """The middle of a sentence."""
    if sync is None:
        return WHY_UNKNOWN[""]
    return f"{sync.note}{WHY_UNKNOWN[sync.reason]}" if sync.note else WHY_UNKNOWN[sync.reason]


def _ends_ms(sync: Sync) -> tuple[float, float]:
    """The offset at the start and at the end; it was measured over the whole, so in the middle."""
    half_ms = (sync.drift_ms or 0.0) / 2
    return sync.offset_ms - half_ms, sync.offset_ms + half_ms


def _words(offset_ms: float) -> str:
    if abs(offset_ms) < 0.5:
        return "声音和画面同时"
    return f"声音比画面{'晚' if offset_ms > 0 else '早'} {abs(offset_ms):.0f} 毫秒"


def _message(offset_ms: float, sync: Sync) -> str:
    way = "前" if offset_ms > 0 else "后"
    return (
        f"{WHAT[sync.method]}与声音对不上：{_words(offset_ms)}（置信度 {int(100 * sync.confidence)}%）；"
        f"请在剪辑软件里解除音画链接，把声音整体往{way}移 {abs(offset_ms):.0f} 毫秒，再重新导出。"
    )


def _drift_message(ends_ms: tuple[float, float]) -> str:
    return (
        f"声音逐渐偏离画面：片头{_words(ends_ms[0])}，片尾{_words(ends_ms[1])}；多半是录音和画面的"
        "采样率或帧率设置不一致，请按原始帧率和采样率重新合成，或在剪辑软件里调整声音的速度后重新导出。"
    )


def _edge_message(offset_ms: float, margin_ms: float) -> str:
    return (
        f"{_words(offset_ms)}，误差可达 ±{margin_ms:g} 毫秒，不能断定在允许范围内；"
        "请在列出的几处对照口型确认。"
    )


def _evidence(sync: Sync) -> tuple[Evidence, ...]:
    """The windows that speak for themselves; all of them where none does."""
    clear = [window for window in sync.windows if window.offset_ms is not None] or sync.windows
    return tuple(
        Evidence(
            window.start_s, window.end_s, "对照口型" if window.offset_ms is None else _words(window.offset_ms)
        )
        for window in clear
    )
