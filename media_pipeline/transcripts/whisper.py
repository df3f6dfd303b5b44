"""Whisper by faster-whisper. Import this inside a job and nowhere else (docs/decisions/0061).

The options are those that lost the least text on hard Chinese sound; batches, prompts and hot words lost
most of it or invented citations.
"""

import os
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"  # before the import below reads it: a worker never downloads

from faster_whisper import WhisperModel
from faster_whisper.vad import VadOptions, get_speech_timestamps

from media_pipeline.transcripts.model_files import Verified
from media_pipeline.transcripts.speech import SAMPLE_RATE, Samples, Segment, Stretch, Word

DEVICE = {"device": "cpu", "compute_type": "int8", "cpu_threads": 1}
OPTIONS = {
    "language": "zh",  # guessing it gave Norwegian on noise
    "beam_size": 5,
    "temperature": [0.0, 0.4],  # hotter only makes up more, and a hopeless passage costs a decode each
    "condition_on_previous_text": False,
    "word_timestamps": True,
}
ALONE = {"temperature": 0.0}  # for the second hearing: the passage has had its hotter tries
TOKENS_PER_S = 12  # fast Mandarin needs 9; a decoder caught in a loop would go on to 448
FEWEST_TOKENS, MOST_TOKENS = 32, 400
LONGEST_SPEECH_S = 28.0  # a stretch fits into Whisper's window of 30 s


class Whisper:
    def __init__(self, model: Verified) -> None:
        self._verified = model
        self._model = WhisperModel(str(model.folder), local_files_only=True, **DEVICE)

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "engine": f"faster-whisper {version('faster-whisper')}",
            "model": self._verified.name,
            "model_sha256": self._verified.sha256,
            "vad": True,
            **DEVICE,
            **OPTIONS,
            "alone": ALONE,
        }

    def speech(self, samples: Samples) -> list[Stretch]:
        options = VadOptions(max_speech_duration_s=LONGEST_SPEECH_S, min_silence_duration_ms=500)
        found = get_speech_timestamps(samples, options)
        return [Stretch(each["start"] / SAMPLE_RATE, each["end"] / SAMPLE_RATE) for each in found]

    def hear(self, samples: Samples) -> Iterator[Segment]:
        spoken_s = sum(stretch.seconds for stretch in self.speech(samples))
        return self._hear(samples, vad_filter=True, max_new_tokens=_tokens(spoken_s))

    def hear_alone(self, samples: Samples) -> Iterator[Segment]:
        return self._hear(
            samples, vad_filter=False, max_new_tokens=_tokens(len(samples) / SAMPLE_RATE), **ALONE
        )

    def _hear(self, samples: Samples, **options: Any) -> Iterator[Segment]:
        segments, _ = self._model.transcribe(samples, **OPTIONS | options)
        return map(_segment, segments)


def _tokens(spoken_s: float) -> int:
    """As many as can have been said within one of Whisper's windows."""
    return min(MOST_TOKENS, FEWEST_TOKENS + round(TOKENS_PER_S * spoken_s))


def _segment(found: Any) -> Segment:
    words = tuple(Word(float(each.start), float(each.end), each.word) for each in found.words or ())
    text = "".join(word.text for word in words) or found.text
    return Segment(
        start_s=float(found.start),
        end_s=float(found.end),
        text=text,
        words=words,
        log_probability=float(found.avg_logprob),
        compression_ratio=float(found.compression_ratio),
    )
