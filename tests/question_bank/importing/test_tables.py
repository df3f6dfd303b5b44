"""Spreadsheets as people keep them: columns under many names, options in one cell or in many."""

import io

import pytest
import xlwt
from docx import Document

from tests.question_bank.importing.reading import codes, judged, saved, short, workbook

CUT = ("single", "触电后首先应（ ）。", ["切断电源", "拨打电话", "泼水"], "A")
LIVE = ("true_false", "可以带电作业。", [], "F")


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("类型", "题目", "选项A", "选项B", "选项C", "答案"),
            ("单选", "触电后首先应（ ）。", "切断电源", "拨打电话", "泼水", "A"),
            ("判断", "可以带电作业。", "正确", "错误", None, "B"),
        ],
        [
            ("作业种类", "试题类型(判断题、单选题)", "题目内容", "题目选项(选项之间用##隔开)", "题目答案"),
            ("低压电工", "单选题", "1.触电后首先应（ ）。", "##A.切断电源##B.拨打电话##C.泼水", "A "),
            ("低压电工", "判断题", "2.可以带电作业。", "##A.正确##B.错误", "Ｂ"),
        ],
        [
            ("作业种类", "试题类型", "题目内容", "题目选项", "题目答案"),
            ("电工", "单选题", "1触电后首先应（ ）。", "**A切断电源**B拨打电话**C泼水", "a"),
            ("电工", "判断题", "2\t可以带电作业。", "**A.正确**B.错误", "B"),
        ],
        [
            ("一、低压电工题库",),
            ("序号", "题干", "A", "B", "C", "正确答案", "题型"),
            (1, "触电后首先应（ ）。", "A.切断电源", "B.拨打电话", "C.泼水", "切断电源", "单项选择题"),
            (2, "可以带电作业。", None, None, None, "×", "是非题"),
        ],
        [
            ("题型", "试题内容", "选项", "答案"),
            ("单选题", "触电后首先应（ ）。", "切断电源|拨打电话|泼水", "A"),
            ("判断题", "可以带电作业。", None, "错误"),
        ],
        [
            ("题型", "试题内容", "选项", "答案"),
            ("单选题", "触电后首先应（ ）。", "A．切断电源\nB．拨打电话\nC．泼水", "答案：A"),
            ("判断题", "可以带电作业。", None, False),
        ],
    ],
)
def test_the_same_questions_in_six_layouts_are_the_same(rows):
    assert short(workbook(rows)) == [CUT, LIVE]


@pytest.mark.parametrize("mark", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_separated_values_are_read_with_any_separator(mark, encoding):
    rows = [("题型", "题目", "A", "B", "答案"), ("判断题", "可以带电作业。", "", "", "错")]
    text = "\r\n".join(mark.join(row) for row in rows)
    assert short(text.encode(encoding)) == [LIVE]


def test_an_old_workbook_is_read():
    book, stream = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    sheet = book.add_sheet("题库")
    for at, row in enumerate([("序号", "题目", "A", "B", "答案"), (1, "安全电压为（ ）V。", 36, 220.5, "A")]):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    book.save(stream)
    assert short(stream.getvalue()) == [("single", "安全电压为（ ）V。", ["36", "220.5"], "A")]


def test_a_table_in_word_is_read_as_a_table():
    document = Document()
    table = document.add_table(rows=0, cols=4)
    for row in [("题目", "选项A", "选项B", "答案"), ("甲（ ）。", "子", "丑", "B")]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    assert short(saved(document)) == [("single", "甲（ ）。", ["子", "丑"], "B")]


def test_chapter_point_difficulty_and_explanation_columns_are_kept():
    rows = [
        ("章节", "题目", "选项A", "选项B", "答案", "试题解析", "难易程度", "知识点"),
        ("第一章", "甲（ ）。", "子", "丑", "A", "因为。", "较难", "急救；断电"),
    ]
    [verdict] = judged(workbook(rows)).verdicts
    content = verdict.content
    assert (verdict.section, content.explanation, content.difficulty, verdict.knowledge_points) == (
        "第一章",
        "因为。",
        3,
        ("急救", "断电"),
    )


def test_every_sheet_is_read_and_its_row_is_named():
    rows = [("题目", "答案"), ("甲。", "对")]
    verdicts = judged(workbook(rows, [("题目", "答案"), ("乙。", "错")])).verdicts
    assert [(v.where, v.content.stem) for v in verdicts] == [
        ("Sheet1 第 2 行", "甲。"),
        ("Sheet2 第 2 行", "乙。"),
    ]


def test_a_table_without_headings_is_read_by_what_stands_in_it():
    rows = [("电压的单位是（ ）。", "V", "kW", "J"), ("电流的单位是（ ）。", "A", "W", "F")]
    assert short(workbook(rows)) == [
        ("single", "电压的单位是（ ）。", ["V", "kW", "J"], ""),
        ("single", "电流的单位是（ ）。", ["A", "W", "F"], ""),
    ]
    assert codes(workbook([("可以带电作业。", 1), ("先断电再救人。", 0)])) == [["answer_ambiguous"]] * 2


@pytest.mark.parametrize(
    ("key", "others", "answer"),
    [
        ("0", "3", "A"),
        ("3", "4", "C"),
        ("0;2", "3", "AC"),
        ("切断", "4", "A"),
        ("A,C", "A", "AC"),
        ("2", "2", ""),
    ],
)
def test_numbers_as_keys_count_from_where_the_file_shows(key, others, answer):
    head = ("题目", "选项A", "选项B", "选项C", "选项D", "答案")
    options = ("切断", "拨打", "泼水", "等待")
    rows = [head, ("甲（ ）。", *options, key), ("乙（ ）。", *options, others)]
    assert short(workbook(rows))[0][3] == answer


def test_an_option_that_slipped_into_a_further_column_comes_back():
    rows = [("题目", "选项", "答案", "图片"), ("甲（ ）。", "**A.子**B.丑", "C", "C．寅")]
    assert short(workbook(rows)) == [("single", "甲（ ）。", ["子", "丑", "寅"], "C")]


def test_a_missing_separator_inside_the_cell_is_mended():
    rows = [("题目", "选项", "答案"), ("甲（ ）。", "**A.1～3t**B.3～5t C.5～15t", "C")]
    assert short(workbook(rows)) == [("single", "甲（ ）。", ["1～3t", "3～5t", "5～15t"], "C")]


def test_decimals_and_years_at_the_beginning_of_a_stem_are_not_numbers():
    stems = ["1.5 mm² 的导线可用。", "2021年起施行。", "甲。"]
    rows = [("题目", "答案"), *((stem, "对") for stem in stems)]
    assert [question[1] for question in short(workbook(rows))] == stems


def test_a_formula_is_refused_and_a_text_that_looks_like_one_is_kept():
    head = ("题目", "选项A", "选项B", "答案")
    rows = [head, ("甲（ ）。", "=1+1", "丑", "A"), ("乙（ ）。", "-1", "+1", "A")]
    assert codes(workbook(rows)) == [["cell_formula"], []]


def test_what_is_missing_or_wrong_in_a_row_is_named():
    rows = [
        ("题型", "题目", "选项A", "选项B", "选项C", "答案"),
        ("单选题", "甲（ ）。", "子", "丑", None, "C"),
        ("单选题", "乙（ ）。", "子", "丑", None, None),
        ("单选题", "丙（ ）。", "子", "丑", "寅", "AB"),
        ("单选题", "丁（ ）。", "子", None, "寅", "A"),
        ("数字类选择题", "戊（ ）m。", None, None, None, 1.5),
        ("单选题", "己（ ）。", "子", "丑", None, "Z"),
    ]
    assert codes(workbook(rows)) == [
        ["answer_unknown"],
        ["answer_empty"],
        ["answer_too_many"],
        ["option_empty"],
        ["type_unknown"],
        ["answer_unknown"],
    ]


def test_options_in_the_stem_are_taken_from_there_unless_there_are_others():
    stem = "甲（ ）。 A.子  B.丑  C.寅"
    assert short(workbook([("题目", "答案"), (stem, "C")])) == [
        ("single", "甲（ ）。", ["子", "丑", "寅"], "C")
    ]
    mixed = [("题目", "选项", "答案"), ("A.1个月  B.3个月", "**A.子**B.丑", "B"), (stem, "**A.卯**B.辰", "A")]
    assert codes(workbook(mixed)) == [["options_in_stem"]] * 2
