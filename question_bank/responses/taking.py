"""What learners answered on delivering platforms, taken in once, whoever sends it how often."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from question_bank.entry import read_answer
from question_bank.models import Question, QuestionVersion, Response
from question_bank.papers.marking import is_right
from question_bank.questions.bulk import BATCH
from question_bank.responses.table import BadResponses

MAX_ROWS = 200_000
SHOWN = 20  # problems that are told one by one
_TRUE, _FALSE = {"1", "true", "对", "正确", "是", "√"}, {"0", "false", "错", "错误", "否", "×"}


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
    attempt = _told(row, "attempt")
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
    told = _told(row, "correct").lower()
    if told:
        return True if told in _TRUE else False if told in _FALSE else None
    given = row.get("answer")
    if given is None:
        return None
    text = "".join(map(str, given)) if isinstance(given, list) else str(given)
    return is_right(version.answer, read_answer(text, version.type))


def _told(row: Mapping[str, Any], name: str) -> str:
    """What a row says under a name; a JSON null says nothing."""
    value = row.get(name)
    return "" if value is None else str(value).strip()


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
