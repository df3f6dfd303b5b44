"""The time line of an instrument: its versions, and those of others before and after them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from catalog.models import Instrument, InstrumentVersion
from cms.pictures.version_line import Lane, Link, Text, VersionLine, version_line


@dataclass(frozen=True, slots=True)
class LineRow:
    version: InstrumentVersion
    lane: Lane
    is_own: bool


@dataclass(frozen=True, slots=True)
class Lineage:
    picture: VersionLine
    rows: list[LineRow]

    @property
    def links(self) -> list[tuple[Link, str]]:
        """Each with what it says to those who do not see it."""
        return [(link, self._told(link)) for link in self.picture.links]

    def _told(self, link: Link) -> str:
        older, newer = self.rows[link.older].version, self.rows[link.newer].version
        return f"{newer} {'部分代替' if link.is_partial else '代替'} {older}"


def lineage(instrument: Instrument, versions: Iterable[InstrumentVersion], *, today: date) -> Lineage:
    """The oldest on top. The versions come with their successions; no query."""
    versions = list(versions)
    successions = {
        (each.older_id, each.newer_id): each
        for version in versions
        for each in [*version.predecessions.all(), *version.successions.all()]
    }
    every = {version.pk: version for version in versions}
    for each in successions.values():
        every |= {one.pk: one for one in (each.older, each.newer) if one.pk not in every}
    ordered = sorted(every.values(), key=_begins)
    places = {version.pk: place for place, version in enumerate(ordered)}
    picture = version_line(
        [Text(version.published, version.effective, version.expires) for version in ordered],
        [(places[each.older_id], places[each.newer_id], each.partial) for each in successions.values()],
        today=today,
    )
    rows = zip(ordered, picture.lanes, strict=True)
    return Lineage(picture, [LineRow(one, lane, one.instrument_id == instrument.pk) for one, lane in rows])


def _begins(version: InstrumentVersion) -> tuple[date, int]:
    return version.effective or version.published or date.min, version.pk
