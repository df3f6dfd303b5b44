"""Outlines from an Excel sheet: the template reads back, every wrong row is named, nothing is half saved."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from accounts.roles import Role
from catalog.models import TrainingOutline
from catalog.outlines.importing import import_outlines
from catalog.outlines.sheet import COLUMNS, UnreadableSheet, rows_of, template
from tests import makers

pytestmark = pytest.mark.django_db
ROW = ["1.1 低压电工", "新取证", "2018 年版", 48, date(2018, 1, 1), None, "安监总局大纲", "触电\n1. 验电"]


@pytest.fixture(autouse=True)
def edition():
    return makers.make_edition()


def sheet(*rows, heading=COLUMNS, above=()):
    book = Workbook()
    for row in (*above, heading, *rows):
        book.active.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def changed(**cells):
    return [cells.get(name, value) for name, value in zip(COLUMNS, ROW, strict=True)]


def messages(*rows):
    return [(each.row, each.message) for each in import_outlines(sheet(*rows), dry_run=False).problems]


def test_a_sheet_beneath_a_title_is_saved_with_its_points_in_order():
    done = import_outlines(sheet(ROW, above=[["某省培训大纲"], []]), dry_run=False)
    outline = TrainingOutline.objects.get()
    assert (len(done.created), done.changed, done.same, done.problems) == (1, [], 0, [])
    assert (outline.item_id, outline.kind, outline.hours) == ("so-elec-lv", "new", 48)
    assert (outline.valid_from, outline.valid_to) == (date(2018, 1, 1), None)
    assert [point.name for point in outline.points.all()] == ["触电", "验电"]


@pytest.mark.parametrize("name", ["so-elec-lv", "低压电工", "1.1", "1.1低压电工"])
@pytest.mark.parametrize(("kind", "means"), [("初训", "new"), ("复审", "renewal"), ("renewal", "renewal")])
def test_an_item_and_a_kind_go_by_all_their_names(name, kind, means):
    import_outlines(sheet(changed(操作项目=name, 培训类型=kind)), dry_run=False)
    assert TrainingOutline.objects.filter(item="so-elec-lv", kind=means).count() == 1


def test_a_second_import_changes_what_differs_and_a_dry_run_saves_nothing():
    import_outlines(sheet(ROW, changed(培训类型="复审或换证")), dry_run=False)
    more = sheet(changed(应有学时=56, 知识点="验电"), changed(培训类型="复审或换证"))
    tried = import_outlines(more, dry_run=True)
    assert (len(tried.created), len(tried.changed), tried.same) == (0, 1, 1)
    assert TrainingOutline.objects.get(kind="new").hours == 48
    import_outlines(more, dry_run=False)
    outline = TrainingOutline.objects.get(kind="new")
    assert (outline.hours, [point.name for point in outline.points.all()]) == (56, ["验电"])


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"操作项目": "潜水"}, "操作项目「潜水」不在目录里"),
        ({"培训类型": "进修"}, "培训类型「进修」不认识"),
        ({"版本": ""}, "版本没有填"),
        ({"来源": None}, "来源没有填"),
        ({"应有学时": "很多"}, "应有学时「很多」不是数字"),
        ({"应有学时": 0}, "0.5"),
        ({"启用日期": "五月"}, "启用日期「五月」不是日期"),
        ({"停用日期": "2017-01-01"}, "停用日期不能早于启用日期"),
        ({"知识点": "长" * 101}, "最多 100 个"),
    ],
)
def test_a_wrong_row_is_named_and_the_right_one_beside_it_is_not_saved(cells, said):
    [(row, message)] = messages(changed(培训类型="复审或换证"), changed(**cells))
    assert (row, said in message) == (3, True), message
    assert not TrainingOutline.objects.exists()


def test_one_outline_twice_in_a_sheet_is_refused():
    assert messages(ROW, ROW)[0][1].startswith("和第 2 行是同一个")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"not a sheet", "不是能打开的 Excel"),
        (sheet(), "没有一行大纲"),
        (sheet(["x"], heading=["操作项目", "学时"]), "缺这些列：培训类型、版本、应有学时、启用日期、来源"),
    ],
)
def test_a_file_that_is_no_sheet_of_outlines_says_why(data, said):
    with pytest.raises(UnreadableSheet, match=said):
        rows_of(data)


def test_the_template_has_every_cell_of_the_catalog_and_its_example_is_never_taken_in(client):
    client.force_login(makers.make_user(Role.ADMIN))
    data = client.get(reverse("cms:outline_template")).content
    book = load_workbook(BytesIO(data))
    assert [cell.value for cell in book.worksheets[0][1]] == list(COLUMNS)
    assert book.worksheets[1].max_row == 1 + 96
    with pytest.raises(UnreadableSheet, match="没有一行大纲"):
        rows_of(template([]))


def test_an_admin_tries_a_sheet_and_then_takes_it_in(client):
    client.force_login(makers.make_user(Role.ADMIN))
    url = reverse("cms:import_outlines")

    def send(data, act):
        return client.post(url, {"file": SimpleUploadedFile("大纲.xlsx", data), act: "1"}).content.decode()

    assert "将新增 1 份大纲" in send(sheet(ROW), "try") and not TrainingOutline.objects.exists()
    assert "新增 1 份大纲" in send(sheet(ROW), "import") and TrainingOutline.objects.count() == 1
    assert "第 2 行：操作项目「潜水」不在目录里" in send(sheet(changed(操作项目="潜水")), "import")
    assert "请先选择" in client.post(url, {"import": "1"}).content.decode()
