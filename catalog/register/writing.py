"""The register as csv and json, so that it can be read again."""

import csv
import datetime
import io
import json
from collections.abc import Iterable
from typing import Any

from catalog.register.protecting import protected
from catalog.register.row import COLUMNS, Row


def write_csv(rows: Iterable[Row]) -> str:
    """With a byte order mark, so that Excel reads the Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS.values())
    for row in rows:
        writer.writerow([protected(_cell(getattr(row, name))) for name in COLUMNS])
    return "\ufeff" + out.getvalue()


def write_json(rows: Iterable[Row]) -> str:
    told = [{name: _plain(getattr(row, name)) for name in COLUMNS} for row in rows]
    return json.dumps({"versions": told}, ensure_ascii=False, indent=1)


def _cell(value: Any) -> str:
    return " | ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
