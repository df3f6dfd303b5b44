"""A bank of somebody's into ours from the command line: read, judged against what stands, saved as drafts."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from accounts.models import Institution, User
from accounts.roles import Role
from catalog.models import OperationItem
from question_bank.importing.cage import read_safely
from question_bank.importing.hints import Hints
from question_bank.importing.judging import examine
from question_bank.importing.raw import Unreadable
from question_bank.importing.sniffing import MAX_BYTES
from question_bank.importing.verdicts import Examination, State
from question_bank.intake.looking import accept_rest
from question_bank.intake.reading import with_kept_pictures, write_rows
from question_bank.intake.receiving import bank_name, receive
from question_bank.intake.saving import save
from question_bank.models import BatchState, ImportBatch
from question_bank.questions.standing import standing_questions

COMMAND_LINE = "command-line"
PLATFORM_BANK = "平台题库"
_ADVICE = "请用 --by 用户名 指定"


class NoSignatory(Exception):
    """Nobody can be named as the one who imports; the message is one sentence that says what to give."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who imports, and whose the questions will be."""

    user: User
    institution: Institution


@dataclass(frozen=True, slots=True)
class Intake:
    """A file read and judged, nothing saved."""

    file: Path
    format: str
    examination: Examination
    data: bytes


def read_intake(
    file: Path,
    *,
    item: OperationItem,
    institution: Institution | None,
    keys: Path | None = None,
    hints: Hints | None = None,
) -> Intake:
    """Judge a file against the bank of the item; of one institution, when it is known. Raises Unreadable."""
    data = _bytes(file)
    reading = read_safely(data, hints, (keys.name, _bytes(keys)) if keys else None)
    if institution is None:
        for question in reading.questions:
            question.origin = ""  # whose number it would be is not known yet
    bank = standing_questions(item=item, institution=institution, bank=bank_name(file.name))
    examination = examine(with_kept_pictures(reading), bank=bank, hints=hints)
    return Intake(file, reading.format, examination, data)


@transaction.atomic
def save_intake(intake: Intake, *, item: OperationItem, signatory: Signatory, now: datetime) -> ImportBatch:
    """Write what was accepted, doubts included, all or nothing; the batch remembers what the file said."""
    batch = receive(
        item=item,
        institution=signatory.institution,
        name=intake.file.name,
        data=intake.data,
        by=signatory.user,
    )
    write_rows(batch, intake.examination.verdicts)
    ImportBatch.objects.filter(pk=batch.pk).update(
        state=BatchState.REVIEW, format=intake.format, found=len(intake.examination.verdicts)
    )
    accept_rest(batch)
    save(batch, by=signatory.user, now=now)
    return batch


def counts(examination: Examination) -> dict[str, int]:
    """found = accepted + duplicates + refused; the refused are not named, they follow."""
    return {
        "found": len(examination.verdicts),
        "accepted": examination.count(State.ACCEPTED),
        "duplicates": examination.count(State.DUPLICATE),
    }


def find_signatory(*, username: str | None, institution: str | None) -> Signatory | None:
    """The one named, else the only author there is (of that institution); None without any author.

    Raises NoSignatory when a name is unknown, or several authors could be meant.
    """
    unit = find_institution(institution) if institution else None
    user = _user(username) if username else _only_author(unit)
    if user is None:
        return None
    if not (unit or user.institution):
        raise NoSignatory(f"用户 {user.username} 没有所属机构，请用 --institution 机构名称 指定。")
    return Signatory(user, unit or user.institution)


def command_line_signatory(institution: str | None) -> Signatory:
    """An account nobody can log in with, made when an installation without authors first imports."""
    unit = find_institution(institution or PLATFORM_BANK, create=not institution)
    user, is_new = User.objects.get_or_create(
        username=COMMAND_LINE, defaults={"last_name": "命令行", "institution": unit, "is_active": False}
    )
    if is_new:
        user.set_unusable_password()
        user.save()
    return Signatory(user, unit)


def find_institution(name: str, *, create: bool = False) -> Institution:
    """The institution of this name, made when `create`; else raises NoSignatory."""
    if create:
        return Institution.objects.get_or_create(name=name)[0]
    if unit := Institution.objects.filter(name=name).first():
        return unit
    raise NoSignatory(f"没有名为“{name}”的机构，请核对 --institution。")


def _user(username: str) -> User:
    if user := User.objects.filter(username=username).select_related("institution").first():
        return user
    raise NoSignatory(f"没有用户名为“{username}”的用户，请核对 --by。")


def _only_author(unit: Institution | None) -> User | None:
    authors = User.objects.filter(
        is_active=True, groups__name=Role.AUTHOR.group_name, institution__isnull=False
    )
    if unit:
        authors = authors.filter(institution=unit)
    found = list(authors.select_related("institution")[:2])
    if len(found) > 1:
        raise NoSignatory(f"有多位课程作者，看不出由谁导入，{_ADVICE}。")
    return found[0] if found else None


def _bytes(file: Path) -> bytes:
    """The file, but never more than is worth looking at."""
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"读不到文件 {file.name}，请核对路径和权限。") from error
