"""The register as it stands in the database, ready to look citations up in."""

import hashlib
from dataclasses import astuple, dataclass

from catalog.citations.matching import Entry, Register
from catalog.models import Instrument


@dataclass(frozen=True, slots=True)
class StandingRegister:
    """`stamp` changes whenever a title, a number or an alias does: then texts are searched again."""

    register: Register
    stamp: str


def standing_register() -> StandingRegister:
    """Three queries, whatever the size."""
    entries = [
        Entry(instrument.pk, version.pk, names, version.number)
        for instrument in Instrument.objects.prefetch_related("versions", "aliases").order_by("pk")
        for names in [_names(instrument)]
        for version in instrument.versions.all()
    ]
    told = repr([astuple(entry) for entry in entries])
    return StandingRegister(Register.of(entries), hashlib.sha256(told.encode()).hexdigest())


def _names(instrument: Instrument) -> tuple[str, ...]:
    titles = {instrument.title, *(version.title for version in instrument.versions.all())}
    return tuple(sorted(titles | {alias.name for alias in instrument.aliases.all()}))
