"""What a file leaves open, asked once above its questions: which digit is right, where the keys are."""

import re
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.pages import back_with
from accounts.roles import Role
from question_bank.content import QuestionType
from question_bank.importing.hints import BadHints
from question_bank.importing.sniffing import MAX_BYTES
from question_bank.intake import receiving
from question_bank.intake.turns import begin
from question_bank.models import ImportBatch
from question_bank.views.import_batches import batch_of

_DIGIT = re.compile(r"写作 [01]，")  # a letter may be guessed too; no digit helps there
_MANY = 3  # of the same kind: worth one answer for all


@dataclass(frozen=True, slots=True)
class Openings:
    """How many questions wait for one answer: `digits` have 0 or 1 for right and wrong, `keyless` no key."""

    digits: int = 0
    keyless: int = 0


def openings_of(batch: ImportBatch, doubts: dict[str, int]) -> Openings:
    """What could be settled at once by reading the file another way."""
    digits = 0 if batch.hints.get("true_digit") else _digits(batch)
    keyless = 0 if batch.keys_file or batch.hints.get("first_is_right") else doubts.get("answer_empty", 0)
    return Openings(*(count if count >= _MANY else 0 for count in (digits, keyless)))


def _digits(batch: ImportBatch) -> int:
    guessed = Q(codes__contains="|answer_ambiguous|") | Q(codes__contains="|answer_assumed|")
    said = batch.rows.filter(guessed, type=QuestionType.TRUE_FALSE).values_list("defects", flat=True)
    return sum(any(_DIGIT.search(defect["message"]) for defect in defects) for defects in said)


@require_POST
@transaction.non_atomic_requests
def read_as(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the file anew: a digit means right, the first option is the key, or a file holds the keys."""
    batch = batch_of(request, pk)
    here = reverse("bank:import", args=[pk])
    if not request.user.has_role(Role.AUTHOR):
        return back_with(request, here, error="只有本机构的课程作者可以改导入的读法。")
    keys = request.FILES.get("keys")
    if keys is not None and keys.size > MAX_BYTES:
        return back_with(request, here, error=f"答案文件最大 {MAX_BYTES // 1024**2} MB，请分开导入。")
    try:
        receiving.read_again(batch, hints={**batch.hints, **_said(request)}, keys=_named(keys))
    except (BadHints, receiving.ImportRefused) as refusal:
        return back_with(request, here, error=str(refusal))
    begin(batch, size=len(receiving.bytes_of(batch.file)), now=timezone.now())
    return redirect("bank:import", pk)


def _said(request: HttpRequest) -> dict[str, object]:
    said: dict[str, object] = {}
    if request.POST.get("true_digit") in ("0", "1"):
        said["true_digit"] = request.POST["true_digit"]
    if "first_is_right" in request.POST:
        said["first_is_right"] = True
    return said


def _named(keys: UploadedFile | None) -> tuple[str, bytes] | None:
    return (keys.name, keys.read()) if keys else None
