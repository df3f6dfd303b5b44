"""Acts on the limits that videos are judged by: change into a new version, activate, find, compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from wagtail.log_actions import log

from accounts.models import User
from media_pipeline.limits.shape import BadLimits, Limit, read_limits
from media_pipeline.limits.thresholds import (
    DEFAULT_PROFILE,
    FEWEST_LETTERS,
    LIMITS,
    LONGEST_NAME,
    ORDERED,
    Profile,
)
from media_pipeline.models import ProfileActivation, ThresholdProfile

NO_REASON = "请写明原因：以后查看检查结果的人要知道为什么改。"
TAKEN = "刚刚有人用这个名称存了新的一版。请先看那一版改了什么，再保存。"
LONGEST_TEXT = 300
TRIED_OUT = "未保存的阈值"


@dataclass(frozen=True, slots=True)
class Difference:
    """One limit that two profiles set differently."""

    name: str
    limit: Limit
    before: float
    after: float


def active_profile() -> Profile:
    """What videos are judged by now; the built-in profile until an admin activates another."""
    row = active_row()
    return row.profile if row else DEFAULT_PROFILE


def active_row() -> ThresholdProfile | None:
    """The stored version in force; None for the built-in one."""
    newest = ProfileActivation.objects.select_related("profile").first()
    return newest.profile if newest else None


def profile_labelled(label: str) -> Profile | None:
    """The profile that findings name; None when it is no more, as the built-in one of an older release."""
    if label == DEFAULT_PROFILE.label:
        return DEFAULT_PROFILE
    name, _, version = label.rpartition(" v")
    rows = ThresholdProfile.objects.filter(name=name)
    row = rows.filter(version=version).first() if version.isdecimal() else None
    return row.profile if row else None


def save_profile(
    *,
    name: str,
    numbers: Mapping[str, Any],
    sources: Mapping[str, str],
    why: str,
    based_on: ThresholdProfile | None,
    by: User,
    now: datetime,
) -> ThresholdProfile:
    """Keep the typed numbers as the next version of `name`; raises `BadLimits` with all that is wrong."""
    name, why = name.strip(), why.strip()
    row = ThresholdProfile(
        name=name,
        limits=_fit(name, numbers, sources, why, based_on),
        sources={each: text.strip() for each, text in sources.items() if _is_own_source(each, text)},
        based_on=based_on,
        why=why,
        created_by=by,
        created_at=now,
    )
    try:
        _add(row)
    except IntegrityError as meanwhile:
        raise BadLimits({"name": [TAKEN]}) from meanwhile
    return row


@transaction.atomic
def _add(row: ThresholdProfile) -> None:
    newest = ThresholdProfile.objects.filter(name=row.name).aggregate(newest=Max("version"))["newest"]
    row.version = (newest or 0) + 1
    row.save(force_insert=True)
    log(instance=row, action="wagtail.create", user=row.created_by, data={"why": row.why})


def read_profile(name: str, numbers: Mapping[str, Any]) -> Profile:
    """What is typed as limits to try out, not kept; raises `BadLimits`."""
    return Profile.of(name.strip() or TRIED_OUT, "试算", read_limits(Profile, numbers, ORDERED))


@transaction.atomic
def activate(row: ThresholdProfile | None, *, why: str, by: User, now: datetime) -> ProfileActivation:
    """From now on judge by `row`, or by the built-in profile; raises `BadLimits` without a reason."""
    if not why.strip():
        raise BadLimits({"why": [NO_REASON]})
    made = ProfileActivation.objects.create(profile=row, why=why.strip()[:LONGEST_TEXT], by=by, at=now)
    log(instance=made, action="media_pipeline.activate_profile", user=by, data={"why": made.why})
    return made


def source_of(row: ThresholdProfile | None, name: str) -> str:
    return (row.sources.get(name) if row else None) or LIMITS[name].source


def differences(before: Profile, after: Profile) -> list[Difference]:
    """The limits in which they differ, in the order of the checks."""
    return [
        Difference(name, limit, getattr(before, name), getattr(after, name))
        for name, limit in LIMITS.items()
        if getattr(before, name) != getattr(after, name)
    ]


def _fit(
    name: str,
    numbers: Mapping[str, Any],
    sources: Mapping[str, str],
    why: str,
    based_on: ThresholdProfile | None,
) -> dict[str, float]:
    problems = _problems_of_words(name, sources, why)
    try:
        read = read_limits(Profile, numbers, ORDERED)
    except BadLimits as bad:
        raise BadLimits(problems | bad.problems) from bad
    standing = based_on.profile if based_on else DEFAULT_PROFILE
    if not problems and read == standing.numbers and not _has_new_sources(sources, based_on):
        problems[""] = ["没有改动任何阈值或来源，不用另存。"]
    if problems:
        raise BadLimits(problems)
    return read


def _problems_of_words(name: str, sources: Mapping[str, str], why: str) -> dict[str, list[str]]:
    problems = {}
    if not FEWEST_LETTERS <= len(name) <= LONGEST_NAME:
        problems["name"] = [f"名称要有 {FEWEST_LETTERS} 到 {LONGEST_NAME} 个字。"]
    if name == DEFAULT_PROFILE.name:
        problems["name"] = [f"「{name}」是内置阈值的名称，请另起一个，例如「平台阈值」。"]
    if not why:
        problems["why"] = [NO_REASON]
    if len(why) > LONGEST_TEXT:
        problems["why"] = [f"原因不能超过 {LONGEST_TEXT} 字，现有 {len(why)} 字。"]
    for each, text in sources.items():
        if len(text) > LONGEST_TEXT:
            problems[each] = [f"来源不能超过 {LONGEST_TEXT} 字，现有 {len(text)} 字。"]
    return problems


def _is_own_source(name: str, text: str) -> bool:
    return name in LIMITS and bool(text.strip()) and text.strip() != LIMITS[name].source


def _has_new_sources(sources: Mapping[str, str], based_on: ThresholdProfile | None) -> bool:
    return any(
        text.strip() != source_of(based_on, each)
        for each, text in sources.items()
        if each in LIMITS and text.strip()
    )
