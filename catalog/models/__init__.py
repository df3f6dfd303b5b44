from catalog.models.edition import CatalogEdition, EditionRow, OperationItem, TrainingKind
from catalog.models.instrument import Instrument
from catalog.models.version import InstrumentVersion, Succession

__all__ = [
    "CatalogEdition",
    "EditionRow",
    "Instrument",
    "InstrumentVersion",
    "OperationItem",
    "Succession",
    "TrainingKind",
]
