from media_pipeline.checks.high_range import told
from media_pipeline.checks.result import Check, Judgement, Verdict
from media_pipeline.facts import Container, Facts
from media_pipeline.limits.thresholds import Profile

PLAYABLE = {  # what Chromium, Firefox and Safari all play
    "mov": {"h264", "av1", "vp9", "aac", "mp3", "opus", "flac"},
    "webm": {"vp8", "vp9", "av1", "opus", "vorbis"},
}


def judge(facts: Facts, profile: Profile) -> Judgement:
    """Is the file whole, is there a picture, can a browser play it as it is?"""
    container = facts.container
    if facts.video is None:
        return Judgement(Verdict.FAIL, "文件里只有声音，没有画面；请在导出时选择视频轨道。", 0)
    if container.duration_s < profile.duration_s_fail:
        found = f"视频只有 {container.duration_s:.2f} 秒，不成一段课程"
        return Judgement(Verdict.FAIL, f"{found}；请重新录制或导出。", container.duration_s)
    if _is_cut(container, profile):
        message = (
            f"文件头标明 {container.declared_duration_s:.0f} 秒，"
            f"实际只有 {container.duration_s:.0f} 秒的内容，文件被截断；请重新上传或重新导出。"
        )
        return Judgement(Verdict.FAIL, message, container.duration_s)
    return _playable(facts)


def _is_cut(container: Container, profile: Profile) -> bool:
    declared_s = container.declared_duration_s or 0.0
    missing_s = declared_s - container.duration_s
    return missing_s > max(profile.cut_s, profile.cut_share * declared_s)


def _playable(facts: Facts) -> Judgement:
    codecs = [track.codec for track in (facts.video, facts.audio) if track]
    found = f"封装 {facts.container.format}，编码 {' + '.join(codecs)}"
    if problems := "".join((_unplayable(facts, codecs), told(facts), _tracks(facts))):
        return Judgement(Verdict.WARN, f"{found}。{problems}", facts.container.duration_s)
    return Judgement(Verdict.PASS, f"{found}，文件完整，浏览器可直接播放。", facts.container.duration_s)


def _unplayable(facts: Facts, codecs: list[str]) -> str:
    if set(codecs) <= PLAYABLE.get(facts.container.demuxer, set()):
        return ""
    return "有的浏览器不能直接播放，需转码后使用；建议提交 MP4（H.264 + AAC）。"


def _tracks(facts: Facts) -> str:
    if facts.container.video_tracks <= 1 and facts.container.audio_tracks <= 1:
        return ""
    return "文件有多条画面或声音轨道，只检查了各自的第一条，请确认学员听到的是这一条。"


CHECK = Check(
    id="container",
    title="文件封装",
    unit="秒",
    threshold=lambda profile: f"完整、含画面、不短于 {profile.duration_s_fail:g} 秒",
    judge=judge,
)
