"""Pictures that files bring along: floating over a sheet, in a cell of WPS, in a data address of GIFT."""

import base64
import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.drawing.image import Image as Floating
from PIL import Image

from question_bank.importing.album import name_of
from question_bank.importing.raw import Unreadable
from tests.question_bank.importing.reading import codes, judged


def png(colour="red"):
    stream = io.BytesIO()
    Image.new("RGB", (3, 3), colour).save(stream, "PNG")
    return stream.getvalue()


def book(pictures, formula=None):
    """A sheet with one question; `pictures` are (cell, bytes)."""
    made, stream = Workbook(), io.BytesIO()
    made.active.append(("题目", "答案", "备注", "配图2"))
    made.active.append((formula or "看〔图2〕。", "对"))
    for cell, data in pictures:
        made.active.add_image(Floating(io.BytesIO(data)), cell)
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("cell", "stem"),
    [("A2", "看〔图2〕。"), ("C2", "看〔图2〕。"), ("D2", "看〔图1〕。"), ("H9", "看〔图2〕。")],
)
def test_a_picture_over_a_cell_belongs_to_its_question(cell, stem):
    [verdict] = judged(book([(cell, png())])).verdicts
    assert (verdict.content.stem, verdict.content.images) == (stem, (name_of(png()),))


def test_a_picture_in_a_cell_of_wps_is_no_formula():
    data, stream = book([], '=_xlfn.DISPIMG("ID_1",1)'), io.BytesIO()
    space = 'xmlns:a="a" xmlns:r="r" xmlns:x="x"'
    image = '<x:cellImage><x:cNvPr name="ID_1"/><a:blip r:embed="rId1"/></x:cellImage>'
    relation = '<Relationship Id="rId1" Type="x/image" Target="media/1.png"/>'
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/cellimages.xml", f"<x:cellImages {space}>{image}</x:cellImages>")
        new.writestr("xl/_rels/cellimages.xml.rels", f"<Relationships>{relation}</Relationships>")
        new.writestr("xl/media/1.png", png())
    [verdict] = judged(stream.getvalue()).verdicts
    assert (verdict.content.images, [d.code for d in verdict.defects]) == ((name_of(png()),), [])
    assert codes(data) == [["cell_formula"]]


def test_a_picture_in_a_data_address_of_gift_is_kept():
    address = f"data:image/png;base64,{base64.b64encode(png()).decode()}"
    escaped = address.replace(":", r"\:").replace("=", r"\=")
    [verdict] = judged(f'[html]看<img src\\="{escaped}">图。{{T}}').verdicts
    assert (verdict.content.stem, verdict.content.images) == ("看〔图1〕图。", (name_of(png()),))


def test_tags_of_gift_are_points_difficulty_and_validity():
    [verdict] = judged("// [id:7] [tag:急救] [tag:难度:难] [tag:最后有效日:2030-01-31]\n甲对。{T}").verdicts
    assert (verdict.knowledge_points, verdict.content.difficulty, str(verdict.content.valid_to)) == (
        ("急救",),
        3,
        "2030-01-31",
    )


def test_a_gift_file_of_descriptions_has_no_question():
    with pytest.raises(Unreadable, match="没有找到题目"):
        judged("::说明::请用铅笔。\n")
