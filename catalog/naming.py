"""Which registered instruments a text names: what `catalog.citations` found, looked up in the register."""

from dataclasses import dataclass

from catalog.citations import Citation, find_citations
from catalog.citations.register import short_title
from catalog.models import Instrument, InstrumentVersion


@dataclass(frozen=True, slots=True)
class Named:
    """An instrument that a text names; `article` is empty when it names none."""

    instrument: Instrument
    article: str
    text: str


def instruments_named(text: str) -> list[Named]:
    """Each registered instrument and article that `text` names, once, in order; one query."""
    versions = list(InstrumentVersion.objects.select_related("instrument"))
    by_title = {short_title(version.title): version.instrument for version in versions}
    by_number = {_bare(version.number): version.instrument for version in versions if version.number}
    found = [
        Named(instrument, article, citation.text)
        for citation in find_citations(text, register=by_title.keys())
        if (instrument := _lookup(citation, by_title, by_number))
        for article in citation.articles or ("",)
    ]
    return list({(named.instrument.pk, named.article): named for named in reversed(found)}.values())[::-1]


def _lookup(
    citation: Citation, by_title: dict[str, Instrument], by_number: dict[str, Instrument]
) -> Instrument | None:
    numbers = (citation.code, f"{citation.code}-{citation.year}", citation.number)
    for number in filter(None, numbers):
        if instrument := by_number.get(_bare(number)):
            return instrument
    if citation.code:
        kept = (held for number, held in by_number.items() if number.startswith(f"{_bare(citation.code)}-"))
        return next(kept, None)
    return by_title.get(short_title(citation.title)) if citation.title else None


def _bare(number: str) -> str:
    return "".join(number.split()).upper().replace("/T", "").replace("—", "-").replace("–", "-")
