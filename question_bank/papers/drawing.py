"""Papers drawn from a blueprint: the same rules and the same seed make the same papers, once."""

import hashlib
import json
from datetime import date

from django.db import IntegrityError, transaction

from accounts.models import Institution, User
from catalog.models import OperationItem
from question_bank.models import Blueprint, Paper
from question_bank.papers.acts import keep_paper
from question_bank.papers.assembly import Assembly, assemble
from question_bank.papers.blueprints import Plan
from question_bank.papers.pools import candidates

MAX_FORMS = 20  # ours


def lot_of(plan: Plan, *, item: OperationItem, forms: int, seed: int, reviewed_only: bool = False) -> str:
    """The name of what these rules and this seed make, so that making it twice makes it once."""
    rules = {
        "rules": plan.as_rules(),
        "item": item.pk,
        "forms": forms,
        "seed": seed,
        "reviewed": reviewed_only,
    }
    return hashlib.sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest()


def draw(
    plan: Plan,
    *,
    item: OperationItem,
    today: date,
    institution: Institution | None = None,
    forms: int = 1,
    seed: int = 0,
    reviewed_only: bool = False,
) -> Assembly:
    """Choose the questions of `forms` papers; nothing is saved."""
    lot = lot_of(plan, item=item, forms=forms, seed=seed, reviewed_only=reviewed_only)
    pool = candidates(
        plan, item=item, today=today, institution=institution, reviewed_only=reviewed_only, lot=lot
    )
    return assemble(plan, pool, forms=forms, seed=seed)


@transaction.atomic
def save_lot(
    plan: Plan,
    assembly: Assembly,
    *,
    item: OperationItem,
    title: str,
    seed: int,
    blueprint: Blueprint | None = None,
    reviewed_only: bool = False,
    institution: Institution,
    by: User,
) -> list[Paper]:
    """Keep the forms as papers, each question at its version of now; a lot that was kept is returned."""
    lot = lot_of(plan, item=item, forms=len(assembly.forms), seed=seed, reviewed_only=reviewed_only)
    if kept := _papers_of(institution, lot):
        return kept
    common = {"item": item, "institution": institution, "minutes": plan.minutes, "created_by": by}
    origin = {"blueprint": blueprint, "lot": lot, "seed": seed}
    try:
        with transaction.atomic():
            return [
                keep_paper(Paper(title=name, form=form, **common, **origin), assembly.forms[form - 1])
                for form, name in enumerate(_names(title, len(assembly.forms)), start=1)
            ]
    except IntegrityError:
        if kept := _papers_of(institution, lot):  # somebody made the same lot in this moment
            return kept
        raise


def _papers_of(institution: Institution, lot: str) -> list[Paper]:
    return list(Paper.objects.filter(institution=institution, lot=lot).order_by("form"))


def _names(title: str, forms: int) -> list[str]:
    return [f"{title} 第 {form} 套" for form in range(1, forms + 1)] if forms > 1 else [title]
