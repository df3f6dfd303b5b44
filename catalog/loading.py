"""Put the data files into the database. What people have mended is kept unless `overwrite` is true."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction

from catalog.models import (
    CatalogEdition,
    EditionRow,
    Instrument,
    InstrumentAlias,
    InstrumentVersion,
    OperationItem,
    Succession,
)

DATA = Path(__file__).parent / "data"
GD_2022 = DATA / "gd-2022.json"
INSTRUMENTS = DATA / "instruments.json"


class UnreadableData(Exception):
    """The file cannot be loaded; the message is one sentence for the person who named it."""


class Loader:
    """Saves rows by their key and counts what it did: `counts["created" | "overwritten" | "kept"]`."""

    def __init__(self, *, overwrite: bool) -> None:
        self.overwrite = overwrite
        self.counts: Counter[str] = Counter(created=0, overwritten=0, kept=0)

    def put(self, row: models.Model, *key: str) -> Any:
        """Save `row`, unless one with the same `key` fields stands; return what stands afterwards."""
        standing = type(row).objects.filter(**{name: getattr(row, name) for name in key}).first()
        if standing and not self.overwrite:
            self.counts["kept"] += 1
            return standing
        if standing:
            row.pk, row._state.adding = standing.pk, False
        row.full_clean()
        row.save()
        self.counts["overwritten" if standing else "created"] += 1
        return row


def load_catalog(path: Path = GD_2022, *, overwrite: bool = False) -> Counter[str]:
    """Load one edition with its items and rows; returns the counts of its rows. Raises UnreadableData."""
    with _reading(path) as data:
        items, rows = Loader(overwrite=overwrite), Loader(overwrite=overwrite)
        head = {name: value for name, value in data.items() if name != "rows"}
        edition = Loader(overwrite=overwrite).put(CatalogEdition(**head), "slug")
        for order, row in enumerate(data["rows"], start=1):
            slug, name_en = row.pop("item"), row.pop("name_en")
            item = items.put(OperationItem(slug=slug, name=row["name"], name_en=name_en), "slug")
            rows.put(EditionRow(edition=edition, item=item, order=order, **row), "edition", "item")
    return rows.counts


def load_instruments(path: Path = INSTRUMENTS, *, overwrite: bool = False) -> Counter[str]:
    """Load instruments, versions and successions; returns the counts of versions. Raises UnreadableData."""
    with _reading(path) as data:
        versions, others = Loader(overwrite=overwrite), Loader(overwrite=overwrite)
        for entry in data["instruments"]:
            texts, names = entry.pop("versions"), entry.pop("aliases", [])
            instrument = others.put(Instrument(**entry), "slug")
            for name in names:
                others.put(InstrumentAlias(instrument=instrument, name=name), "name")
            for text in texts:
                versions.put(InstrumentVersion(instrument=instrument, **text), "slug")
        for succession in data["successions"]:
            ends = {
                end: InstrumentVersion.objects.get(slug=succession.pop(end)) for end in ("older", "newer")
            }
            others.put(Succession(**ends, **succession), "older", "newer")
    return versions.counts


@contextmanager
def _reading(path: Path) -> Iterator[dict[str, Any]]:
    """All of the file or nothing of it, and one sentence for whatever is wrong with it."""
    try:
        with transaction.atomic():
            yield json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableData(f"读不到文件 {path}，请核对路径和权限。") from error
    except ValidationError as error:
        raise UnreadableData(f"{path.name} 中有一条内容不合要求：{'；'.join(error.messages)}") from error
    except ObjectDoesNotExist as error:
        raise UnreadableData(f"{path.name} 的代替关系指向不存在的版本，请核对 older 和 newer。") from error
    except ValueError as error:
        raise UnreadableData(f"{path.name} 不是 UTF-8 编码的 JSON 文件，请核对文件。") from error
    except (TypeError, KeyError, AttributeError) as error:
        raise UnreadableData(f"{path.name} 不是本命令的数据文件：字段缺少或多余（{error}）。") from error
