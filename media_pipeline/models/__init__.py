from media_pipeline.models.captions import Captions
from media_pipeline.models.cut import Cut, Piece
from media_pipeline.models.finding import Finding
from media_pipeline.models.job import Job
from media_pipeline.models.measurement import Measurement
from media_pipeline.models.profile import ProfileActivation, ProfileIsFrozen, ThresholdProfile
from media_pipeline.models.rendition import Rendition
from media_pipeline.models.transcript import Transcript
from media_pipeline.models.upload import Upload
from media_pipeline.models.video import Video

__all__ = [
    "Captions",
    "Cut",
    "Finding",
    "Job",
    "Measurement",
    "Piece",
    "ProfileActivation",
    "ProfileIsFrozen",
    "Rendition",
    "ThresholdProfile",
    "Transcript",
    "Upload",
    "Video",
]
