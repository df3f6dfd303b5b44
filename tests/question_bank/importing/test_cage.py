"""Files that grow when they are read meet the limits of a process of their own, in production as here."""

import os
import select
import subprocess
import sys

import pytest

from question_bank.importing import cage
from question_bank.importing.raw import Unreadable
from question_bank.importing.second_file import read_with_keys
from tests.question_bank.importing.reading import archive, word, workbook
from tests.question_bank.importing.test_limits import changed

ROW = "<w:tr>" + "<w:tc><w:p><w:r><w:t>1. 甲</w:t></w:r></w:p></w:tc>" * 10 + "</w:tr>"


def test_a_packed_bank_is_read_in_the_cage_as_it_is_without():
    reading = cage.read_safely(workbook([("题目", "答案"), ("甲。", "对")]))
    assert [(question.stem, question.answer) for question in reading.questions] == [("甲。", "对")]


def test_a_refusal_comes_out_of_the_cage_as_it_is():
    with pytest.raises(Unreadable, match="压缩包里没有题库"):
        cage.tables_safely(archive(**{"readme.txt": "x"}))


def test_a_fault_of_ours_in_the_cage_is_no_fault_of_the_file():
    with pytest.raises(RuntimeError, match="AttributeError"):
        cage._caged([b"PK"], read_with_keys, None)


def table(rows):
    return changed(word("1. 甲。"), "word/document.xml", "<w:sectPr", f"<w:tbl>{ROW * rows}</w:tbl><w:sectPr")


@pytest.mark.parametrize(
    ("limit", "amount", "bomb"),
    [
        ("MEMORY_BYTES", 250 << 20, b"<?xml version='1.0'?><quiz>" + b"<x/>" * 2_000_000 + b"</quiz>"),
        ("CPU_S", 1, table(5_000)),
    ],
    ids=["memory", "time"],
)
def test_a_file_that_takes_too_much_is_ended_with_one_sentence(monkeypatch, limit, amount, bomb):
    monkeypatch.setattr(cage, limit, amount)
    with pytest.raises(Unreadable) as refusal:
        cage.read_safely(bomb)
    assert str(refusal.value) == cage.EXCEEDED


def test_a_reader_and_what_it_started_end_with_the_worker_that_was_killed(tmp_path):
    os.mkfifo(tmp_path / "begun")
    said = ["sh", "-c", f"exec > {tmp_path}/begun; echo begun; sleep 30"]
    program = (
        "import subprocess; from question_bank.importing import cage; cage._caged([b'PK'], subprocess.run"
    )
    worker = subprocess.Popen([sys.executable, "-c", f"{program}, {said})"], cwd=cage.PROJECT)
    with (tmp_path / "begun").open("rb", buffering=0) as heard:
        assert heard.read(6) == b"begun\n"
        worker.kill()
        worker.wait()
        assert select.select([heard], [], [], 15)[0], "it goes on"
        assert heard.read(1) == b""
