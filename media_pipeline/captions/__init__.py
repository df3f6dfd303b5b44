"""Captions as rules and files: cues, how speech is cut into them, WebVTT and SRT in and out. No Django."""

from media_pipeline.captions.cue import Cue
from media_pipeline.captions.cutting import cut
from media_pipeline.captions.reading import CaptionsRefused, read_captions
from media_pipeline.captions.writing import srt, vtt

__all__ = ["CaptionsRefused", "Cue", "cut", "read_captions", "srt", "vtt"]
