"""A file in, its questions as found out."""

from collections.abc import Callable

from question_bank.importing.formats import (
    aiken,
    csv_text,
    doc,
    docx,
    gift,
    moodle_xml,
    qti,
    txt,
    word_xml,
    xls,
    xlsx,
)
from question_bank.importing.raw import RawQuestion, Reading, Unreadable
from question_bank.importing.sniffing import sniff

READERS: dict[str, Callable[[bytes], list[RawQuestion]]] = {
    "docx": docx.read,
    "doc": doc.read,
    "word_xml": word_xml.read,
    "xlsx": xlsx.read,
    "xls": xls.read,
    "csv": csv_text.read,
    "txt": txt.read,
    "gift": gift.read,
    "aiken": aiken.read,
    "moodle_xml": moodle_xml.read,
    "qti": qti.read,
}


def read_bank(data: bytes) -> Reading:
    """All questions of a file. Raises Unreadable, also when there is no question in it."""
    format = sniff(data)
    questions = READERS[format](data)
    if not questions:
        raise Unreadable("文件里没有找到题目；请核对文件，或对照手册中的写法调整后再导入。")
    return Reading(format, questions)
