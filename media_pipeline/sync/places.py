"""Which stretches are watched closely: those with a face, spread over the file. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from media_pipeline.facts import Span

USUAL_S = 15.0  # one stretch
MOST = 8  # stretches: two minutes of face tell enough, whatever the length of the file
SHORTEST_S = 5.0
NEXT_LOOK_S = 0.5  # from the end: the last frame of a file may be missing at 5 frames a second
AROUND = 1.2  # sizes of the face, to each side of where it was seen: it moves between two looks


@dataclass(frozen=True, slots=True)
class Sighting:
    """A face at a second; centre in shares of width and height, size in shares of the longer side."""

    at_s: float
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Looked:
    """Where faces were seen, with one look every `every_s`; `missing` says why there was no look.

    `flashes` are the seconds at which the whole picture flashes.
    """

    sightings: tuple[Sighting, ...] = ()
    flashes: tuple[float, ...] = ()
    every_s: float = 0.0
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """Shares of width and height."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    span: Span
    box: Box
    size: float  # of the face, in shares of the longer side


def places_to_watch(
    sightings: Sequence[Sighting], *, every_s: float, end_s: float, aspect: float
) -> list[Place]:
    """At most `MOST` stretches, evenly over the time a face was seen. `aspect` is width over height."""
    pieces = [piece for run in _runs(sightings, every_s) for piece in _pieces(run, every_s, end_s)]
    count = min(MOST, len(pieces))
    chosen = [pieces[round(index * (len(pieces) - 1) / max(count - 1, 1))] for index in range(count)]
    return [Place(span, _box(seen, aspect), max(each.size for each in seen)) for span, seen in chosen]


def _runs(sightings: Sequence[Sighting], every_s: float) -> list[list[Sighting]]:
    """Sightings without a look between them that saw no face."""
    runs: list[list[Sighting]] = []
    for each in sightings:
        if runs and each.at_s - runs[-1][-1].at_s < 1.5 * every_s:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _pieces(run: list[Sighting], every_s: float, end_s: float) -> list[tuple[Span, list[Sighting]]]:
    """A run, half a step longer at both ends, cut into stretches of nearly one length."""
    start_s = max(0.0, run[0].at_s - every_s / 2)
    stop_s = min(end_s, run[-1].at_s + every_s / 2)
    if run[-1].at_s + every_s >= end_s - NEXT_LOOK_S:  # no look came after the last
        stop_s = end_s
    count = max(1, round((stop_s - start_s) / USUAL_S))
    step_s = (stop_s - start_s) / count
    spans = [Span(start_s + index * step_s, start_s + (index + 1) * step_s) for index in range(count)]
    return [(span, _seen_in(span, run, every_s)) for span in spans if span.length_s >= SHORTEST_S]


def _seen_in(span: Span, run: list[Sighting], every_s: float) -> list[Sighting]:
    middle_s = (span.start_s + span.end_s) / 2
    near = [each for each in run if span.start_s - every_s < each.at_s < span.end_s + every_s]
    return near or [min(run, key=lambda each: abs(each.at_s - middle_s))]


def _box(seen: list[Sighting], aspect: float) -> Box:
    wide = max(each.size for each in seen) * max(1.0, 1 / aspect) * AROUND
    high = max(each.size for each in seen) * max(1.0, aspect) * AROUND
    return Box(
        max(0.0, min(each.x for each in seen) - wide),
        max(0.0, min(each.y for each in seen) - high),
        min(1.0, max(each.x for each in seen) + wide),
        min(1.0, max(each.y for each in seen) + high),
    )
