"""The content checklist of the notice as a Word document."""

import docx
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cms.coverage.checklist import HEADINGS, checklist
from cms.coverage.matrix import coverage
from tests import makers

pytestmark = pytest.mark.django_db


def filled():
    edition, today = makers.make_edition(), timezone.localdate()
    return checklist(edition, coverage(edition, today=today), today=today)


def rows_of(document):
    table = document.tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_an_empty_platform_fills_48_rows_without_a_tick():
    head, *rows = rows_of(filled())
    assert head == ["资格类型", "作业类别", "操作项目", "新取证", "复审或换证", "备注"] == list(HEADINGS)
    assert rows[0] == [
        "特种作业操作证",
        "电工作业",
        "1.1 低压电工",
        "☐",
        "☐",
        "没有课程",
    ]
    assert [row[2] for row in rows] == [str(row) for row in makers.make_edition().rows.order_by("order")]
    assert {(row[3], row[4]) for row in rows} == {("☐", "☐")}


def test_the_first_two_columns_are_merged_as_in_the_notice():
    table = filled().tables[0]
    merged = [len({id(cell._tc): cell for cell in table.columns[column].cells[1:]}) for column in range(3)]
    assert merged == [2, 12, 48]


def test_a_published_course_is_ticked_and_one_that_is_overdue_says_so():
    makers.make_released_course(kind="renewal")
    makers.make_due_release(days_left=-3)
    row = rows_of(filled())[1]
    assert row[3:5] == ["☑", "☑"]
    assert row[5] == "新取证：逾期 3 天"


def test_what_only_one_kind_lacks_is_named_by_its_kind():
    makers.make_released_course()
    row = rows_of(filled())[1]
    assert row[3:] == ["☑", "☐", "复审或换证：没有课程"]


def test_the_gap_list_names_every_cell_that_lacks_something_and_what():
    makers.make_due_release(days_left=-3)
    head, first, *others = [[cell.text for cell in row.cells] for row in filled().tables[1].rows]
    assert head == ["操作项目", "培训类型", "情况", "缺什么"]
    assert first[:3] == ["1.1 低压电工", "新取证", "已逾期"]
    assert others[0] == ["1.1 低压电工", "复审或换证", "没有课程", "还没有课程"]
    assert len(others) == 95


def test_the_head_tells_edition_and_day_and_is_repeated_on_every_page_of_a4():
    document = filled()
    today = timezone.localdate()
    assert [paragraph.text for paragraph in document.paragraphs[:2]] == [
        "安全生产资格考试网络平台理论课程内容检查表",
        f"目录版本：gd-2022　　填表日期：{today.year}年{today.month}月{today.day}日　　"
        "96 格中 0 格已有发布的课程",
    ]
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in document.tables[0].rows] == [
        True,
        *[False] * 48,
    ]


def test_the_command_writes_the_document_and_falls_short_while_a_cell_is_empty(tmp_path, capsys):
    makers.make_edition()
    path = tmp_path / "检查 表.docx"
    with pytest.raises(SystemExit) as exit_:
        call_command("coverage", "--docx", str(path))
    assert (exit_.value.code, len(rows_of(docx.Document(str(path))))) == (1, 49)
    assert capsys.readouterr().out.startswith("gd-2022：96 格中 0 格已有发布的课程。\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--docx", "x.docx", "--json"], "--docx 和 --json 不能同时使用，请分两次运行。"),
        (["--docx", "/没有这个文件夹/x.docx"], "写不了文件 /没有这个文件夹/x.docx，请核对文件夹和权限。"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(arguments, said):
    makers.make_edition()
    with pytest.raises(CommandError) as refusal:
        call_command("coverage", *arguments)
    assert (str(refusal.value), refusal.value.returncode) == (said, 2)
