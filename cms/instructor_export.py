"""所有网络课程师资简介 (附件1第五项): one Word document of everybody who teaches a published course."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from docx.document import Document
from docx.shared import Mm
from PIL import Image, UnidentifiedImageError

from cms.models import Course, CourseRelease, Instructor
from cms.words import add_title, mark, new_document, set_widths

CLAUSE = "附件1第五项"
PHOTO_WIDTH = Mm(28)
WIDTHS = (Mm(24), Mm(118), Mm(32))
MAX_PHOTO = 5 * 1024**2
MAX_PIXELS = 40_000_000
FORMATS = {"JPEG": "jpg", "PNG": "png"}


@dataclass(frozen=True, slots=True)
class Profile:
    """An instructor and the published courses they teach, in order of title."""

    instructor: Instructor
    courses: list[str]


def profiles() -> list[Profile]:
    """Everybody who teaches a published course, by name: two queries."""
    published = Course.objects.filter(releases__in=CourseRelease.objects.current()).order_by("title")
    rows = Instructor.objects.filter(courses__in=published).distinct()
    rows = rows.prefetch_related(Prefetch("courses", published)).order_by("name", "pk")
    return [Profile(row, [course.title for course in row.courses.all()]) for row in rows]


def instructor_document(found: Iterable[Profile], *, today: date) -> Document:
    found = list(found)
    document = new_document()
    beneath = f"{CLAUSE}　　截至 {today.year}年{today.month}月{today.day}日　　共 {len(found)} 人"
    add_title(document, "网络课程师资简介", beneath)
    if not found:
        document.add_paragraph("还没有已发布的课程。")
    for number, profile in enumerate(found, start=1):
        _add(document, number, profile)
    return document


def check_photo(file: io.IOBase) -> str:
    """The extension for what the file really is; ValidationError with a sentence for anything but a photo."""
    try:
        with Image.open(file) as image:
            kind, size = image.format, image.width * image.height
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError("这不是能打开的照片，请选 JPG 或 PNG 文件。") from error
    finally:
        file.seek(0)
    if kind not in FORMATS or size > MAX_PIXELS:
        raise ValidationError("照片只收 JPG 或 PNG，最多 4000 万像素，请另存为 JPG 再传。")
    return FORMATS[kind]


def _add(document: Document, number: int, profile: Profile) -> None:
    row = profile.instructor
    document.add_heading(f"{number}. {row.name}", level=1)
    facts = [
        ("职称", row.title),
        ("工作单位", row.unit),
        ("专业领域", row.field),
        ("从业年数", f"{row.years_of_practice} 年"),
        ("简介", row.introduction or "—"),
        ("授课课程", "\n".join(f"《{title}》" for title in profile.courses)),
    ]
    table = document.add_table(rows=len(facts), cols=3, style="Table Grid")
    set_widths(table, WIDTHS)
    for line, (name, value) in zip(table.rows, facts, strict=True):
        mark(line, "w:cantSplit")
        line.cells[0].paragraphs[0].add_run(name).bold = True
        line.cells[1].paragraphs[0].add_run(value)
    photo = table.cell(0, 2).merge(table.cell(len(facts) - 1, 2))
    if row.photo:
        with row.photo.open() as file:
            photo.paragraphs[0].add_run().add_picture(io.BytesIO(file.read()), width=PHOTO_WIDTH)
