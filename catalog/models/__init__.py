from catalog.models.alias import InstrumentAlias
from catalog.models.article import VersionArticle
from catalog.models.edition import CatalogEdition, EditionRow, OperationItem, TrainingKind
from catalog.models.instrument import Instrument
from catalog.models.mapping import RowSuccession
from catalog.models.outline import OutlinePoint, TrainingOutline
from catalog.models.suggestion import CitationSuggestion, SuggestionState
from catalog.models.version import InstrumentVersion, Succession

__all__ = [
    "CatalogEdition",
    "CitationSuggestion",
    "EditionRow",
    "Instrument",
    "InstrumentAlias",
    "InstrumentVersion",
    "OperationItem",
    "OutlinePoint",
    "RowSuccession",
    "Succession",
    "SuggestionState",
    "TrainingKind",
    "TrainingOutline",
    "VersionArticle",
]
