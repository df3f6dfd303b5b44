"""From where faces were seen to what their lips say of the sound: a second, sampled pass of the file."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from media_pipeline.facts import Probed, Sync, SyncWindow, Unreadable
from media_pipeline.sync import drifting
from media_pipeline.sync.faces import FaceFinder
from media_pipeline.sync.listening import measure_signals
from media_pipeline.sync.matching import FRAMES_PER_S, LEAST, SMOOTH, Series
from media_pipeline.sync.mesh import LipReader
from media_pipeline.sync.places import Looked, Place, Sighting, places_to_watch
from media_pipeline.sync.watching import upright, watch

SMALLEST = 48  # pixels across a face: below, lips are a guess
FRAMES_LEAST = 2 * SMOOTH
LEAST_S = LEAST / FRAMES_PER_S


def measure_sync(
    path: Path, probed: Probed, lookout: Looked, *, on_progress: Callable[[float], None] = lambda done: None
) -> Sync:
    """What the content itself says of sound and picture; `reason` tells why it says nothing."""
    if signals := measure_signals(path, probed, lookout.flashes, on_tick=lambda: on_progress(0.0)):
        return signals
    if lookout.missing:
        return Sync(reason="no_models", note=lookout.missing)
    if not lookout.sightings:
        return Sync(reason="no_face")
    longer = max(upright(probed.video))
    large = [each for each in lookout.sightings if each.size * longer >= SMALLEST]
    if not large:
        return Sync(reason="small_face")
    places = _places(large, lookout.every_s, probed)
    if sum(place.span.length_s for place in places) < LEAST_S:
        return Sync(reason="too_short")
    watched = list(_watched(path, probed, places, on_progress))
    return _sync_of(watched) if watched else Sync(reason="too_short")


def _places(sightings: Sequence[Sighting], every_s: float, probed: Probed) -> list[Place]:
    width, height = upright(probed.video)
    end_s = min(probed.video.end_s, probed.audio.end_s)
    return places_to_watch(sightings, every_s=every_s, end_s=end_s, aspect=width / height)


def _watched(
    path: Path, probed: Probed, places: Sequence[Place], on_progress: Callable[[float], None]
) -> Iterator[tuple[Place, Series]]:
    """Each stretch with what was seen and heard there; a part that cannot be decoded is left out."""
    finder = FaceFinder()
    for done, place in enumerate(places):
        share = done / len(places)
        on_progress(share)
        tick = lambda share=share: on_progress(share)  # noqa: E731
        try:
            series = watch(path, probed, place, LipReader(finder), on_tick=tick)
        except Unreadable:
            continue
        if len(series.lips) > FRAMES_LEAST:
            yield place, series


def _sync_of(watched: Sequence[tuple[Place, Series]]) -> Sync:
    places, stretches = zip(*watched, strict=True)
    found = drifting.find(stretches, [place.span.start_s for place in places])
    if found is None:
        return Sync(reason="too_short")
    match = found.match
    is_sure = match.confidence >= drifting.SURE
    return Sync(
        method="lips",
        offset_ms=match.offset_ms if is_sure else None,
        confidence=match.confidence,
        drift_ms=found.drift_ms,
        windows=tuple(
            SyncWindow(round(place.span.start_s, 2), round(place.span.end_s, 2), offset_ms)
            for place, offset_ms in zip(places, found.offsets_ms, strict=True)
        ),
        reason="" if is_sure else "no_match",
        null=match.null,
        heights=match.heights,
    )
