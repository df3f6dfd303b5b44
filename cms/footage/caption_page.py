"""What the page of captions shows: the version in force, its history, what was heard and what removed."""

from dataclasses import dataclass
from typing import Any

from cms.pictures.timeline import Range
from media_pipeline import captioning
from media_pipeline.captions import limits
from media_pipeline.models import Captions, Transcript, Video

SHOWN_VERSIONS = 25
UNSURE = -1.0  # mean log-probability of a token at which Whisper itself counts a decoding as failed


@dataclass(frozen=True, slots=True)
class Doubt:
    range: Range
    text: str


@dataclass(frozen=True, slots=True)
class CaptionPage:
    """`editor` is what the script needs, as JSON."""

    current: Captions | None
    versions: list[Captions]
    transcript: Transcript | None
    thin: list[Doubt]
    unsure: list[Doubt]
    removed: list[Doubt]
    editor: dict[str, Any]

    @property
    def engine(self) -> str:
        """faster-whisper 1.2.1 · base (d01c3014…)"""
        told = self.transcript.settings if self.transcript else {}
        return f"{told['engine']} · {told['model']}（{told['model_sha256'][:8]}…）" if told else ""


def caption_page(video: Video) -> CaptionPage:
    """Three queries whatever the number of versions."""
    current = captioning.captions_of([video]).get(video.pk)
    transcript = Transcript.objects.filter(job__kind="transcribe", job__key=video.sha256).first()
    versions = video.captions.select_related("created_by").defer("rows")[:SHOWN_VERSIONS]
    return CaptionPage(
        current=current,
        versions=list(versions),
        transcript=transcript,
        thin=_thin(transcript) if transcript else [],
        unsure=_unsure(transcript, current),
        removed=_doubts(transcript.removed, "{why}：{text}") if transcript else [],
        editor=_editor(video, current),
    )


def _editor(video: Video, current: Captions | None) -> dict[str, Any]:
    return {
        "video": str(video.pk),
        "duration": video.duration_s,
        "number": current.number if current else 0,
        "cues": current.rows if current else [],
        "limits": {
            "width": limits.LINE_WIDTH,
            "lines": limits.LINES,
            "longest": limits.LONGEST_S,
            "fastest": limits.FASTEST,
        },
    }


def _doubts(rows: list[dict[str, Any]], words: str) -> list[Doubt]:
    return [Doubt(Range(row["start_s"], row["end_s"]), words.format(**row)) for row in rows]


def _thin(transcript: Transcript) -> list[Doubt]:
    """`again` is absent in transcripts from before there was a limit to hearing again: all were."""
    rows = [row | {"how": "重听过" if row.get("again", True) else "没有重听"} for row in transcript.thin]
    return _doubts(rows, "每秒 {per_second} 个字，{how}")


def _unsure(transcript: Transcript | None, current: Captions | None) -> list[Doubt]:
    """What was heard without confidence, as long as nobody has gone over it."""
    if transcript is None or current is None or current.origin != Captions.Origin.HEARD:
        return []
    return _doubts([each for each in transcript.segments if each["log_probability"] < UNSURE], "{text}")
