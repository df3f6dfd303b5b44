"""Cells that a spreadsheet would take for formulas, kept as text (CSV injection)."""


def protected(cell: str) -> str:
    """A leading apostrophe makes it text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell


def unprotected(cell: str) -> str:
    """The cell as it was before `protected`."""
    return cell[1:] if cell[:1] == "'" and protected(cell[1:]) == cell else cell
