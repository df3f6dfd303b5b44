from dataclasses import dataclass
from enum import StrEnum


class CitationKind(StrEnum):
    INSTRUMENT = "instrument"
    STANDARD = "standard"
    DOCUMENT_NUMBER = "document_number"


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention, where `text` is exactly the characters from `start` to `end` of what was read.

    An instrument has a `title` (without 《》) and the `number` printed in brackets after it; when that number
    is a standard's it has `code` and `year` too. A standard has a `code` such as GB/T 13869 and its `year`.
    `articles` are normalised: 第7条第（二）项 → 第七条第二项, a list is taken apart, a range stays one
    entry (第三条至第五条).
    """

    text: str
    kind: CitationKind
    start: int
    end: int
    title: str | None = None
    code: str | None = None
    number: str | None = None
    year: int | None = None
    articles: tuple[str, ...] = ()
