from media_pipeline.checks.one_sided import is_one_sided
from media_pipeline.checks.result import Check, Judgement, Verdict, evidence_of, known, stretches
from media_pipeline.facts import Facts, Series
from media_pipeline.limits.thresholds import Profile

FAR_BELOW_DB = 40  # what lies so far below speech is a break, not a pause in it
SPEECH_PART, PAUSES_PART = 0.8, 0.1  # of the seconds are quieter than that
NO_SIGNAL_DB = -90.0  # 16 bits reach no lower; digital silence has no level at all


def judge(facts: Facts, profile: Profile) -> Judgement:
    """How far speech rises above what is left in its pauses."""
    rms, floor = facts.sound.rms, facts.sound.floor
    if is_one_sided(facts, profile):
        return Judgement(Verdict.UNKNOWN, "有一个声道没有声音，先修好声道再判断底噪。")
    if len(known(rms)) < profile.noise_s_least or not floor:
        return Judgement(
            Verdict.UNKNOWN, "有声音的部分太短，测不出底噪；旧的测量没有此项，请点「重新检查」。"
        )
    speech_db = _at(SPEECH_PART, known(rms))
    over_db = speech_db - _at(PAUSES_PART, _pauses(rms, floor, speech_db))
    if over_db < profile.noise_db_least:
        return Judgement(Verdict.UNKNOWN, "声音几乎没有起伏，听不出讲话和停顿，测不出底噪。", over_db)
    if over_db >= profile.noise_db_warn:
        return Judgement(Verdict.PASS, f"讲话声比停顿时的底噪高 {over_db:.0f} dB，背景安静。", over_db)
    noisy = stretches(level is not None and level > speech_db - profile.noise_db_warn for level in floor)
    message = (
        f"讲话声只比背景声高 {over_db:.0f} dB，至少应高 {profile.noise_db_warn:g} dB；"
        "请关掉风扇、空调，让话筒靠近讲师重录，或降噪后重新导出。背景是配乐的，请调低配乐。"
    )
    return Judgement(Verdict.WARN, message, over_db, evidence_of(noisy, "背景声偏大"))


def _at(part: float, levels: list[float]) -> float:
    return sorted(levels)[int(part * len(levels))]


def _pauses(rms: Series, floor: Series, speech_db: float) -> list[float]:
    """The quietest moment of every second that belongs to the talk."""
    seconds = zip(rms, floor, strict=True)
    return [
        NO_SIGNAL_DB if quietest is None else max(quietest, NO_SIGNAL_DB)
        for level, quietest in seconds
        if level is not None and level > speech_db - FAR_BELOW_DB
    ]


CHECK = Check(
    id="noise",
    title="底噪",
    unit="dB",
    threshold=lambda profile: f"讲话声高出底噪 ≥ {profile.noise_db_warn:g}",
    judge=judge,
    needs="audio",
)
