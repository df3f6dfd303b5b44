"""The data file against the notice it was taken from."""

import json
import re
from pathlib import Path

import pytest

from catalog.cells import cells
from catalog.loading import GD_2022, load_catalog
from catalog.models import CatalogEdition, EditionRow, OperationItem, TrainingKind

NOTICE = Path(__file__).parents[2] / "docs" / "notice" / "notice.txt"
CODE = re.compile(r"^(\d+\.\d+(?:-\d+)?) ")


def unwrapped(cell: str) -> str:
    """A cell without the blanks that only stand for a line break in print."""
    return re.sub(r"\s", "", cell)


def printed_rows() -> list[tuple[str, str, str]]:
    """(category, code, name) of each row of the content checklist, an empty category carried down."""
    text = NOTICE.read_text(encoding="utf-8")
    table = text[text.index("资格类型\t作业类别") :].splitlines()[1:]
    rows, category, part = [], "", []
    for line in table:
        part.append(line)
        if "<input" not in line:
            continue
        before = "\n".join(part).split("<input")[0].rstrip("\t").split("\t")
        part = []
        category = unwrapped(before[-2]) or category
        code = CODE.match(before[-1])
        rows.append((category, code[1] if code else "", unwrapped(CODE.sub("", before[-1], count=1))))
    return rows


def test_the_data_file_holds_the_48_rows_of_the_notice():
    data = json.loads(GD_2022.read_text(encoding="utf-8"))
    loaded = [(row["category"], row["code"], row["name"]) for row in data["rows"]]
    # The notice prints no category of its own for the row on fireworks trade; see docs/decisions/0030.
    printed = [("烟花爆竹", *row[1:]) if row[2].startswith("烟花爆竹经营") else row for row in printed_rows()]
    assert (len(loaded), loaded) == (48, printed)


@pytest.mark.django_db
def test_an_edition_of_48_rows_has_96_cells_in_one_query(django_assert_num_queries):
    load_catalog()
    edition = CatalogEdition.objects.get(slug="gd-2022")
    with django_assert_num_queries(1):
        found = [(cell.item.slug, cell.kind) for cell in cells(edition)]
    assert (len(found), len(set(found))) == (96, 96)
    assert found[:2] == [("so-elec-lv", TrainingKind.NEW), ("so-elec-lv", TrainingKind.RENEWAL)]


@pytest.mark.django_db
def test_a_row_that_asks_for_one_kind_has_one_cell():
    load_catalog()
    EditionRow.objects.filter(item="so-elec-lv").update(applies_renewal=False)
    assert len(cells(CatalogEdition.objects.get())) == 95


@pytest.mark.django_db
def test_loading_twice_adds_nothing_and_keeps_what_people_mended():
    assert load_catalog()["created"] == 48
    OperationItem.objects.filter(slug="so-elec-lv").update(name="低压电工作业")
    assert load_catalog() == {"created": 0, "overwritten": 0, "kept": 48}
    assert OperationItem.objects.get(slug="so-elec-lv").name == "低压电工作业"


@pytest.mark.django_db
def test_overwriting_takes_the_words_of_the_file():
    load_catalog()
    OperationItem.objects.filter(slug="so-elec-lv").update(name="低压电工作业")
    assert load_catalog(overwrite=True) == {"created": 0, "overwritten": 48, "kept": 0}
    assert OperationItem.objects.get(slug="so-elec-lv").name == "低压电工"
