"""Importing banks: each format against merely reading the file with the library used; very many questions.

    ./run bench bank_import [QUESTIONS]

Both sides of a ratio are CPU time of the same run, the least of some rounds. Questions by the ten thousand go
all the way into the database, at a tenth of the number and at all of it: time for each must stay the same.
"""

import csv
import io
import os
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django

django.setup()

import docx
import openpyxl
import xlrd
import xlwt
from defusedxml.ElementTree import fromstring
from django.db import connection, transaction
from django.test.utils import setup_test_environment
from django.utils import timezone

from accounts.roles import Role
from question_bank.content import Content
from question_bank.exporting.entry import Entry
from question_bank.exporting.writing import WRITERS
from question_bank.importing.judging import examine
from question_bank.importing.reading import read_bank
from question_bank.importing.verdicts import State
from question_bank.intake.at_once import Signatory, read_intake, save_intake
from question_bank.models import Question
from tests import makers

EACH, MANY, ROUNDS = 1_000, 100_000, 3
OPTIONS = ("断开电源", "验明无电", "挂接地线", "悬挂标示牌")
WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
HEAD = ("题型", "题目", "A", "B", "C", "D", "答案", "解析")


def entry(number: int) -> Entry:
    stem = f"第 {number} 种情形下进行停电检修时，作业人员首先应当（ ）。"
    return Entry(
        Content(
            type="single", stem=stem, options=OPTIONS, answer=("ABCD"[number % 4],), explanation="按规程。"
        )
    )


def rows(number: int) -> list[tuple[str, ...]]:
    entries = [entry(at).content for at in range(number)]
    return [HEAD] + [("单选题", c.stem, *c.options, c.answer[0], c.explanation) for c in entries]


def as_csv(number: int) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows(number))
    return stream.getvalue().encode()


def as_xls(number: int) -> bytes:
    workbook, stream = xlwt.Workbook(), io.BytesIO()
    sheet = workbook.add_sheet("x")
    for at, row in enumerate(rows(number)):
        for column, text in enumerate(row):
            sheet.write(at, column, text)
    workbook.save(stream)
    return stream.getvalue()


def as_txt(number: int) -> bytes:
    lettered = "\n".join(f"{letter}. {text}" for letter, text in zip("ABCD", OPTIONS, strict=True))
    asked = (entry(at).content for at in range(number))
    return "\n".join(
        f"{at}. {c.stem}\n{lettered}\n答案：{c.answer[0]}\n解析：{c.explanation}"
        for at, c in enumerate(asked, start=1)
    ).encode()


def read_docx(data: bytes) -> None:
    for paragraph in docx.Document(io.BytesIO(data)).paragraphs:
        _ = paragraph.text


def read_xlsx(data: bytes) -> None:
    for row in openpyxl.load_workbook(io.BytesIO(data), read_only=True).active.iter_rows(values_only=True):
        _ = row


def read_qti(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            fromstring(package.read(name))


READERS: dict[str, Callable[[bytes], object]] = {
    "docx": read_docx,
    "xlsx": read_xlsx,
    "xls": lambda data: xlrd.open_workbook(file_contents=data),
    "csv": lambda data: list(csv.reader(data.decode().splitlines())),
    "txt": lambda data: data.decode().splitlines(),
    "gift": lambda data: data.decode().splitlines(),
    "aiken": lambda data: data.decode().splitlines(),
    "moodle_xml": fromstring,
    "qti21": read_qti,
    "qti30": read_qti,
}
OTHERS = {"csv": as_csv, "xls": as_xls, "txt": as_txt}


def least(act: Callable[[], object]) -> float:
    """CPU seconds, the least of some rounds."""

    def one() -> float:
        before = time.process_time()
        act()
        return time.process_time() - before

    return min(one() for _ in range(ROUNDS))


def tell_formats() -> None:
    entries = [entry(number) for number in range(EACH)]
    for format, reader in READERS.items():
        data = OTHERS[format](EACH) if format in OTHERS else WRITERS[format](entries, "题库")
        tell_format(format, reader, data)


def tell_format(format: str, reader: Callable[[bytes], object], data: bytes) -> None:
    found = examine(read_bank(data)).verdicts
    assert len(found) == EACH, (format, len(found))
    merely, importing = least(lambda: reader(data)), least(lambda: examine(read_bank(data)))
    each = importing / EACH * 1e6
    print(f"{format:<12}{importing / merely:>8.1f} × reading it{each:>8.0f} µs a question")


def tell_many(number: int) -> None:
    """From a csv file to questions in the database, and again: then all are copies."""
    item, author = makers.make_item(), makers.make_user(Role.AUTHOR)
    signatory = Signatory(author, author.institution)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"bank{number}.csv")
        file.write_bytes(as_csv(number))
        own = {"item": item, "institution": author.institution}
        merely, _ = once(lambda: READERS["csv"](file.read_bytes()))
        reading, intake = once(lambda: read_intake(file, **own))
        saving, _ = once(lambda: save_intake(intake, item=item, signatory=signatory, now=timezone.now()))
        peak, reader = (resource.getrusage(who).ru_maxrss / 1024 for who in WHO)
        again, copies = once(lambda: read_intake(file, **own).examination)
    assert Question.objects.filter(item=item).count() == number == copies.count(State.DUPLICATE)
    steps = {"read and judged": reading, "saved": saving, "found to be copies when read again": again}
    each = ", ".join(f"{took / number * 1e6:.0f} µs {step}" for step, took in steps.items())
    print(f"{number:>8} questions: {each}, each;", flush=True)
    whole = f"{(reading + saving) / merely:.0f} × reading the csv file"
    print(f"{'':>18} {whole}; at most {peak:.0f} MB, its reader {reader:.0f}", flush=True)


def once[T](act: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds, those of the process that reads the file too, and what came out."""
    before = spent()
    made = act()
    return spent() - before, made


def spent() -> float:
    return time.process_time() + sum(os.times()[2:4])  # children by hundredths, ourselves finer


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    tell_formats()
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    for size in (number // 10, number):
        with transaction.atomic():
            makers.make_edition()
            tell_many(size)
            transaction.set_rollback(True)


if __name__ == "__main__":
    main()
