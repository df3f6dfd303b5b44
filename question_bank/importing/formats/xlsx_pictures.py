"""Pictures of a workbook by the cell they begin in: those that float over it, and those WPS puts into it."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable
from zipfile import ZipFile

from question_bank.importing.album import Album
from question_bank.importing.formats.word_lines import attribute, local
from question_bank.importing.formats.xml_text import parse

WPS = re.compile(r'=(?:_xlfn\.)?DISPIMG\("(?P<name>[^"]+)"')
_IN_CELLS = "xl/cellimages.xml"

Cell = tuple[int, int]  # row and column from 0


class Pictures:
    """All pictures of one workbook; each is kept once, however often it is shown."""

    def __init__(self, archive: ZipFile, album: Album) -> None:
        self._archive, self._album = archive, album
        self._kept: dict[str, str] = {}
        self._names = self._in_cells() if _IN_CELLS in archive.NameToInfo else {}

    def of_sheet(self, path: str) -> dict[Cell, str]:
        """The characters for what floats over each cell of a sheet."""
        found: dict[Cell, str] = defaultdict(str)
        for drawing in self._related(path, "/drawing"):
            parts = self._relations(drawing)
            for anchor in parse(self._archive.read(drawing)):
                at = next((e for e in anchor if local(e) == "from"), None)
                if at is not None and (picture := _embedded(anchor, parts.get)):
                    found[_cell(at)] += self._keep(picture)
        return dict(found)

    def named(self, formula: str) -> str:
        """The character for a picture that WPS keeps in the cell of this formula; empty for any other."""
        shown = WPS.match(formula)
        path = self._names.get(shown["name"]) if shown else None
        return self._keep(path) if path else ""

    def _in_cells(self) -> dict[str, str]:
        parts = self._relations(_IN_CELLS)
        found = {}
        for image in parse(self._archive.read(_IN_CELLS)):
            name = next((e.get("name") for e in image.iter() if local(e) == "cNvPr"), None)
            if name and (path := _embedded(image, parts.get)):
                found[name] = path
        return found

    def _keep(self, path: str) -> str:
        if path not in self._kept:
            member = self._archive.NameToInfo.get(path)
            self._kept[path] = self._album.add(self._archive.read(member) if member else None)
        return self._kept[path]

    def _related(self, path: str, kind: str) -> list[str]:
        return [
            target for target in self._relations(path, kind).values() if target in self._archive.NameToInfo
        ]

    def _relations(self, path: str, kind: str = "") -> dict[str, str]:
        """Relation id → path within the package; what lies outside of it is left out."""
        folder, name = posixpath.split(path)
        member = f"{folder}/_rels/{name}.rels"
        if member not in self._archive.NameToInfo:
            return {}
        return {
            relation.get("Id", ""): _within(folder, relation.get("Target", ""))
            for relation in parse(self._archive.read(member))
            if relation.get("TargetMode") != "External" and relation.get("Type", "").endswith(kind)
        }


def _within(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")


def _embedded(element, path: Callable[[str], str | None]) -> str | None:  # noqa: ANN001
    blip = next((e for e in element.iter() if local(e) == "blip"), None)
    return None if blip is None else path(attribute(blip, "embed") or "")


def _cell(at) -> Cell:  # noqa: ANN001
    values = {local(child): int(child.text or 0) for child in at}
    return values.get("row", 0), values.get("col", 0)
