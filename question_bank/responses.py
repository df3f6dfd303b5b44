"""What learners answered on delivering platforms: taken in once, whoever sends it how often, and reckoned."""

import csv
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from question_bank.entry import read_answer
from question_bank.importing.encoding import decode
from question_bank.importing.raw import Unreadable
from question_bank.marking import is_right
from question_bank.models import DeliveryToken, Question, QuestionFigures, QuestionVersion, Response
from question_bank.statistics import figures

MAX_BYTES = 50_000_000
MAX_ROWS = 200_000
BATCH = 1000
SHOWN = 20  # problems that are told one by one
_COLUMNS = {
    "attempt": ("attempt", "测试编号", "试卷编号", "考试编号"),
    "question": ("question", "题目编号", "题号", "试题编号"),
    "version": ("version", "版本", "题目版本"),
    "answer": ("answer", "作答", "答案", "学员答案"),
    "correct": ("correct", "是否正确", "答对", "正误"),
}
_NEEDED = ("attempt", "question", "version")
_TRUE, _FALSE = {"1", "true", "对", "正确", "是", "√"}, {"0", "false", "错", "错误", "否", "×"}


class BadResponses(ValueError):
    """The whole of what was sent cannot be read; the message is one sentence."""


@dataclass(slots=True)
class Taken:
    """found = accepted + duplicates + refused; each refused row with its sentence."""

    found: int = 0
    accepted: int = 0
    duplicates: int = 0
    refused: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, row: int, message: str) -> None:
        self.refused += 1
        if len(self.problems) < SHOWN:
            self.problems.append({"row": row, "message": message})


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


@transaction.atomic
def take(rows: Iterable[Mapping[str, Any]], *, source: str, questions: QuerySet[Question]) -> Taken:
    """Record responses to `questions`; a row that was recorded already is a duplicate and changes nothing."""
    rows = list(rows)
    if len(rows) > MAX_ROWS:
        raise BadResponses(f"一次最多 {MAX_ROWS} 行，现有 {len(rows)} 行，请分几次。")
    taken = Taken(found=len(rows))
    versions = _versions(rows, questions)
    read = [(place, _response(row, source, versions)) for place, row in enumerate(rows, start=1)]
    known = _known(source, {response.attempt for _, response in read if isinstance(response, Response)})
    new = []
    for place, response in read:
        if isinstance(response, str):
            taken.refuse(place, response)
        elif (response.attempt, response.question_id) in known:
            taken.duplicates += 1
        else:
            known.add((response.attempt, response.question_id))
            new.append(response)
    Response.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    taken.accepted = len(new)
    return taken


def _response(row: Mapping[str, Any], source: str, versions: Mapping) -> Response | str:
    """The response a row tells of, or the sentence that says what is wrong with it."""
    if not isinstance(row, Mapping):
        return "这一行不是一个对象。"
    attempt = str(row.get("attempt", "")).strip()
    version = versions.get((_number(row.get("question")), _number(row.get("version"))))
    if not 0 < len(attempt) <= 100:
        return "没有测试编号，或超过 100 个字符。"
    if version is None:
        return "没有这道题的这一版，或不属于您的机构。"
    right = _right(row, version)
    if right is None:
        return "看不出答对没有：作答写字母或“对”“错”，是否正确写 1 或 0。"
    return Response(
        source=source, attempt=attempt, question_id=version.question_id, number=version.number, right=right
    )


def _right(row: Mapping[str, Any], version: QuestionVersion) -> bool | None:
    told = str(row.get("correct", "")).strip().lower()
    if told:
        return True if told in _TRUE else False if told in _FALSE else None
    if "answer" not in row:
        return None
    given = row["answer"]
    text = "".join(map(str, given)) if isinstance(given, list) else str(given)
    return is_right(version.answer, read_answer(text, version.type))


def _number(value: Any) -> int | None:
    text = str(value).strip()
    return int(text) if text.isdecimal() and len(text) <= 18 else None


def _versions(rows: list, questions: QuerySet[Question]) -> dict[tuple[int, int], QuestionVersion]:
    wanted = {_number(row.get("question")) for row in rows if isinstance(row, Mapping)} - {None}
    found: dict[tuple[int, int], QuestionVersion] = {}
    for batch in _batches(sorted(wanted)):
        own = questions.filter(pk__in=batch).order_by().values("pk")
        for version in QuestionVersion.objects.filter(question__in=own).order_by():
            found[version.question_id, version.number] = version
    return found


def _known(source: str, attempts: set[str]) -> set[tuple[str, int]]:
    known: set[tuple[str, int]] = set()
    for batch in _batches(sorted(attempts)):
        rows = Response.objects.filter(source=source, attempt__in=batch)
        known.update(rows.values_list("attempt", "question"))
    return known


def _batches(values: list) -> list[list]:
    return [values[start : start + BATCH] for start in range(0, len(values), BATCH)]


@transaction.atomic
def reckon() -> int:
    """Write the figures of every version anew from all responses; returns how many versions have some."""
    rows = list(
        Response.objects.values_list("source", "attempt", "question", "number", "right").iterator(5000)
    )
    attempts = {key: place for place, key in enumerate({(source, attempt) for source, attempt, *_ in rows})}
    versions = list({(question, number) for _, _, question, number, _ in rows})
    places = {version: place for place, version in enumerate(versions)}
    reckoned = figures(
        [attempts[source, attempt] for source, attempt, *_ in rows],
        [places[question, number] for _, _, question, number, _ in rows],
        [right for *_, right in rows],
    )
    QuestionFigures.objects.all().delete()
    QuestionFigures.objects.bulk_create(
        (
            QuestionFigures(
                question_id=versions[place][0],
                number=versions[place][1],
                responses=each.responses,
                right=each.right,
                discrimination=each.discrimination,
                flag=each.flag or "",
            )
            for place, each in reckoned.items()
        ),
        batch_size=BATCH,
    )
    return len(reckoned)


def reckon_when_new() -> None:
    """Reckon when responses came in after the last time."""
    newest = Response.objects.order_by("-pk").values_list("created_at", flat=True).first()
    last = QuestionFigures.objects.order_by("-reckoned_at").values_list("reckoned_at", flat=True).first()
    if newest and (last is None or last < newest):
        reckon()


def make_token(name: str, *, by: User) -> str:
    """A new secret for a delivering platform; it is shown once and kept as its hash."""
    secret = secrets.token_urlsafe(32)
    DeliveryToken.objects.create(name=name, digest=_digest(secret), created_by=by)
    return secret


def revoke(token: DeliveryToken) -> None:
    DeliveryToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def token_of(header: str) -> DeliveryToken | None:
    """The valid token that `Authorization: Bearer …` names."""
    kind, _, secret = header.partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        return None
    return DeliveryToken.objects.filter(digest=_digest(secret.strip()), revoked_at=None).first()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
