"""What Whisper is known to make up, taken out and kept for people to see. Nothing else is touched."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from media_pipeline.transcripts.speech import Segment

MOST_COMPRESSED = 2.4  # zlib ratio of the text; Whisper's own limit for a decoder caught in a loop
FEWEST_REPEATS = 5
UNSURE = -0.7  # mean log-probability of a token; what was really said is mostly above it
HOPELESS = -1.5  # Whisper itself counts −1 as failed; sounds that are no words gave −1.8 to −2.5
# Sentences of subtitle makers that the model learned from the web and puts where nobody speaks.
ADVERTISING = re.compile(
    r"点赞.{0,4}订阅|订阅.{0,4}转发|打赏支持|明镜与点点|字幕(?:由|志愿者|组|提供|制作|by)|Amara\.?org|优优独播剧场"
    r"|(?:谢谢|感谢)(?:大家)?(?:的)?(?:收看|观看|收听)|请订阅我的频道|下(?:次|期)(?:节目|视频)?再见",
    re.IGNORECASE,
)
_REPEATED = re.compile(rf"(.{{1,8}}?)\1{{{FEWEST_REPEATS - 1},}}\1?")
_NOT_SPOKEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Removed:
    start_s: float
    end_s: float
    text: str
    why: str

    def later(self, by_s: float) -> "Removed":
        return replace(self, start_s=self.start_s + by_s, end_s=self.end_s + by_s)


def why_not(segment: Segment) -> str | None:
    """The reason to leave a segment out; None for what is kept."""
    spoken = _NOT_SPOKEN.sub("", segment.text)
    if not spoken:
        return "没有文字"
    if segment.compression_ratio > MOST_COMPRESSED:
        return f"内容反复（压缩比 {segment.compression_ratio:.1f}，超过 {MOST_COMPRESSED}）"
    if _REPEATED.fullmatch(spoken):
        return "同一个词反复出现"
    if segment.log_probability < HOPELESS:
        return f"几乎没有识别出来（把握 {segment.log_probability:.1f}，低于 {HOPELESS}）"
    if ADVERTISING.search(segment.text) and segment.log_probability < UNSURE:
        return "像是字幕广告语，而且识别没有把握"
    return None


def sift(segments: Iterable[Segment]) -> tuple[list[Segment], list[Removed]]:
    """What is kept and what is not, both in order."""
    kept, removed = [], []
    for segment in segments:
        why = why_not(segment)
        if why:
            removed.append(Removed(segment.start_s, segment.end_s, segment.text, why))
        else:
            kept.append(segment)
    return kept, removed
