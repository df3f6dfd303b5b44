from catalog.models.edition import CatalogEdition, EditionRow, OperationItem, TrainingKind
from catalog.models.instrument import Instrument
from catalog.models.mapping import RowSuccession
from catalog.models.outline import OutlinePoint, TrainingOutline
from catalog.models.version import InstrumentVersion, Succession

__all__ = [
    "CatalogEdition",
    "EditionRow",
    "Instrument",
    "InstrumentVersion",
    "OperationItem",
    "OutlinePoint",
    "RowSuccession",
    "Succession",
    "TrainingKind",
    "TrainingOutline",
]
