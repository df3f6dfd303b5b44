from statistics import median

from media_pipeline.checks.result import Check, Judgement, Verdict, clock, evidence_of, known
from media_pipeline.checks.silence import silent_spans
from media_pipeline.checks.stillness import is_camera
from media_pipeline.facts import Facts, Span
from media_pipeline.limits.thresholds import Profile

CUT = 8.0  # levels of luma from one second to the next, beyond what the scene does anyway
SAME = 0.6  # share of repeated frames: an encoder polishes a frame for a while before it repeats it


def judge(facts: Facts, profile: Profile) -> Judgement:
    """A still picture is a slide being explained; without sound it is a recording that stopped."""
    silent = silent_spans(facts, profile) if facts.sound else ()
    dead = [both for freeze in facts.picture.freezes for span in silent if (both := _overlap(freeze, span))]
    long = [span for span in dead if span.length_s > profile.freeze_s_warn]
    if long:
        worst = max(long, key=lambda span: span.length_s)
        message = (
            f"有 {len(long)} 段画面静止且没有声音，最长 {worst.length_s:.0f} 秒（{clock(worst.start_s)}）；"
            "可能是录制中断，请确认，多余的请剪去。"
        )
        return Judgement(Verdict.WARN, message, worst.length_s, evidence_of(long, "画面静止且无声"))
    if stuck := _stuck(facts, profile):
        worst = max(stuck, key=lambda span: span.length_s)
        message = (
            f"摄像画面有 {len(stuck)} 处定格而声音继续，"
            f"最长 {worst.length_s:.0f} 秒（{clock(worst.start_s)}）；"
            "请检查摄像机或采集卡是否卡住，并重拍或补上该段。有意插入的图片可以忽略。"
        )
        return Judgement(Verdict.WARN, message, worst.length_s, evidence_of(stuck, "画面定格"))
    return Judgement(Verdict.PASS, "没有画面静止又无声的长段（讲解课件时画面静止属正常）。", 0)


def _stuck(facts: Facts, profile: Profile) -> list[Span]:
    """A camera that stops in mid-scene. A slide put in begins with a cut, a title card at the start."""
    if not is_camera(facts, profile):
        return []
    motion = facts.picture.motion
    usual = _usual_motion(facts)
    return [
        span
        for span in facts.picture.freezes
        if span.length_s >= profile.freeze_camera_s_warn
        and span.start_s >= 1
        and not any(
            step > CUT + 3 * usual for step in known(motion[int(span.start_s) : int(span.start_s) + 2])
        )
        and _is_repeated(facts, span)
    ]


def _usual_motion(facts: Facts) -> float:
    """Of the seconds in which the camera works: it may be stuck for half of the video."""
    freezes = ((int(span.start_s), int(span.end_s)) for span in facts.picture.freezes)
    frozen = {second for start, end in freezes for second in range(start, end)}
    moving = [step for at, step in enumerate(facts.picture.motion) if at not in frozen]
    return median(known(tuple(moving)) or [0.0])


def _is_repeated(facts: Facts, span: Span) -> bool:
    """The very same frame, most of the time: a still scene before a camera is never quite the same."""
    inside = known(facts.picture.repeats[int(span.start_s) + 1 : int(span.end_s)])
    return bool(inside) and sum(inside) / len(inside) > SAME


def _overlap(one: Span, other: Span) -> Span | None:
    both = Span(max(one.start_s, other.start_s), min(one.end_s, other.end_s))
    return both if both.length_s > 0 else None


CHECK = Check(
    id="freeze",
    title="静帧",
    unit="秒",
    threshold=lambda profile: (
        f"静止且无声 ≤ {profile.freeze_s_warn:g}；摄像画面定格 < {profile.freeze_camera_s_warn:g}"
    ),
    judge=judge,
    needs="video",
)
