"""Pictures of high dynamic range: their levels mean other light than those the limits were tried on."""

from collections.abc import Callable

from media_pipeline.checks.result import Judgement, Verdict
from media_pipeline.facts import Facts
from media_pipeline.limits.thresholds import Profile

type Judge = Callable[[Facts, Profile], Judgement]


def told(facts: Facts) -> str:
    """What the author should know and do; empty for a picture of the usual range."""
    if not (facts.picture and facts.picture.hdr):
        return ""
    return (
        f"这是 HDR 视频（{facts.picture.hdr}），在普通播放器和屏幕上会发灰；"
        "请在导出设置里选 SDR（BT.709）重新导出，用手机录的请先在相机设置里关掉 HDR 视频。"
    )


def of_usual_range(judge: Judge) -> Judge:
    """A check of light or colour that leaves such pictures to a person."""

    def judged(facts: Facts, profile: Profile) -> Judgement:
        if told(facts):
            message = f"画面是 HDR（{facts.picture.hdr}），亮度和颜色的记法不同，机器按 SDR 的阈值判不准；"
            return Judgement(Verdict.UNKNOWN, f"{message}导出为 SDR 重新上传后会判定。")
        return judge(facts, profile)

    return judged
