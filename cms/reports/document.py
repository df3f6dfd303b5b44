"""A video's report as Word: the verdict, findings with their pictures, the file."""

from datetime import date
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from cms.reports.report import Report
from cms.reports.rows import Row
from media_pipeline.facts import Unreadable
from media_pipeline.measuring import stills
from media_pipeline.models import Video

PICTURE_WIDTH = Mm(80)


def document_of(video: Video, report: Report, *, today: date) -> Document:
    """The report of an inspected video."""
    document = docx.Document()
    _set_fonts(document)
    document.add_heading(f"视频检查报告：{video.original_name}", 0)
    document.add_paragraph(
        f"{video.institution}　{video.uploaded_by} 上传　报告日期：{today.year}年{today.month}月{today.day}日"
    )
    document.add_paragraph(f"所用阈值：{video.measurement.profile}　SHA-256：{video.sha256}")
    document.add_heading(f"结论：{report.verdict.headline}", 1)
    document.add_paragraph(report.verdict.advice)
    for title, rows in _sections(report):
        document.add_heading(title, 1)
        for row in rows:
            _add_finding(document, video, row)
    _add_table(document, "合格和不适用的检查", [*report.passed, *report.not_applicable])
    _add_facts(document, report)
    return document


def _sections(report: Report) -> list[tuple[str, tuple[Row, ...]]]:
    named = [("要处理和查看的", report.urgent), ("经审核员复核通过的", report.settled)]
    return [(title, rows) for title, rows in named if rows]


def _add_finding(document: Document, video: Video, row: Row) -> None:
    document.add_heading(f"{row.title}：{row.chip.word}", 2)
    if row.measured:
        document.add_paragraph(f"实测 {row.measured}，限值 {row.limit}")
    document.add_paragraph(row.message)
    if row.ranges:
        document.add_paragraph("位置：" + "，".join(each.text for each in row.ranges))
    if row.is_settled:
        said = row.overruling
        people = "、".join(str(each) for each in (said.by, said.confirmed_by) if each)
        document.add_paragraph(f"复核：{said.reason}（{people}）")
    if row.still_ms is not None:
        _add_picture(document, video, row.still_ms)


def _add_picture(document: Document, video: Video, ms: int) -> None:
    try:
        document.add_picture(BytesIO(stills.still_of(video.sha256, ms)), width=PICTURE_WIDTH)
    except (Unreadable, FileNotFoundError):
        document.add_paragraph("（这一刻没有画面）")


def _add_table(document: Document, title: str, rows: list[Row]) -> None:
    document.add_heading(title, 1)
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("检查项", "结论", "实测", "限值"), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, (row.title, row.chip.word, row.measured, row.limit), strict=True):
            cell.text = text


def _add_facts(document: Document, report: Report) -> None:
    document.add_heading("文件", 1)
    for label, text in report.file_facts:
        document.add_paragraph(f"{label}：{text}")


def _set_fonts(document: Document) -> None:
    for style in (document.styles[name] for name in ("Normal", "Title", "Heading 1", "Heading 2")):
        style.font.name = "Times New Roman"
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    document.styles["Normal"].font.size = Pt(10.5)
