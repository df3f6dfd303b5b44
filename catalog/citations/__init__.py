"""Laws, rules and standards named in a text. A suggestion: a person confirms it."""

from catalog.citations.citation import Citation, CitationKind
from catalog.citations.finding import find_citations

__all__ = ["Citation", "CitationKind", "find_citations"]
