from media_pipeline.checks.result import Check, Judgement, Verdict, clock, evidence_of
from media_pipeline.checks.silence import silent_spans
from media_pipeline.facts import Facts, Span
from media_pipeline.thresholds import Profile


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
    return Judgement(Verdict.PASS, "没有画面静止又无声的长段（讲解课件时画面静止属正常）。", 0)


def _overlap(one: Span, other: Span) -> Span | None:
    both = Span(max(one.start_s, other.start_s), min(one.end_s, other.end_s))
    return both if both.length_s > 0 else None


CHECK = Check(
    id="freeze",
    title="静帧",
    unit="秒",
    threshold=lambda profile: f"静止且无声 ≤ {profile.freeze_s_warn:g}",
    judge=judge,
    needs="video",
)
