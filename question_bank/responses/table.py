"""Responses in a csv, by our names of the columns."""

import csv
from io import StringIO

from question_bank.importing.encoding import decode
from question_bank.importing.raw import Unreadable

MAX_BYTES = 50_000_000
_COLUMNS = {
    "attempt": ("attempt", "测试编号", "试卷编号", "考试编号"),
    "question": ("question", "题目编号", "题号", "试题编号"),
    "version": ("version", "版本", "题目版本"),
    "answer": ("answer", "作答", "答案", "学员答案"),
    "correct": ("correct", "是否正确", "答对", "正误"),
}
_NEEDED = ("attempt", "question", "version")


class BadResponses(ValueError):
    """The whole of what was sent cannot be read; the message is one sentence."""


def read_csv(data: bytes) -> list[dict[str, str]]:
    """Rows by our names of the columns; raises `BadResponses`.

    A column that is not known is refused by name: contact data of learners must not come here (附件3第14项).
    """
    if len(data) > MAX_BYTES:
        raise BadResponses(f"文件超过 {MAX_BYTES // 1_000_000} MB，请分几个文件上传。")
    try:
        lines = csv.reader(StringIO(decode(data) if data.strip() else ""))
        names = _names(next(lines, []))
        rows = [dict(zip(names, line, strict=False)) for line in lines if any(cell.strip() for cell in line)]
    except (Unreadable, csv.Error) as error:
        raise BadResponses("文件不是 csv，请另存为 csv 再上传。") from error
    return rows


def _names(head: list[str]) -> list[str]:
    found = []
    for cell in head:
        known = (name for name, spellings in _COLUMNS.items() if cell.strip().lower() in spellings)
        name = next(known, None)
        if name is None:
            raise BadResponses(
                f"不认得“{cell.strip()[:20]}”这一列。只收测试编号、题目编号、版本、作答或是否正确；"
                "不要带姓名、电话等学员信息。（附件3第14项）"
            )
        found.append(name)
    lacking = [_COLUMNS[name][1] for name in _NEEDED if name not in found]
    if lacking or not {"answer", "correct"} & set(found):
        lacking = lacking or ["作答或是否正确"]
        raise BadResponses(f"缺少{'、'.join(lacking)}这一列，第一行应是列名。")
    return found
