"""What the pages of the check limits show: versions with who and why, limits by check, what differs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404

from cms.states import Chip
from media_pipeline.checks import CHECKS
from media_pipeline.jobs import rejudging
from media_pipeline.limits import profiles
from media_pipeline.limits.shape import Limit
from media_pipeline.limits.thresholds import DEFAULT_PROFILE, LIMITS, Profile
from media_pipeline.models import Job, ThresholdProfile

BUILT_IN = 0  # stands for the profile without a row in addresses and choices
IN_FORCE = Chip("✓", "使用中", "good")
TITLES = {"kind": "课件、录屏与摄像的区分"} | {check.id: check.title for check in CHECKS}


@dataclass(frozen=True, slots=True)
class Version:
    """A version as the list shows it; `row` is None for the built-in one."""

    row: ThresholdProfile | None
    chip: Chip | None
    changes: tuple[profiles.Difference, ...]

    @property
    def pk(self) -> int:
        return self.row.pk if self.row else BUILT_IN

    @property
    def profile(self) -> Profile:
        return self.row.profile if self.row else DEFAULT_PROFILE


@dataclass(frozen=True, slots=True)
class Entry:
    """One limit on a page; `value` and `source` as typed or stored, `standard` where the built-in differs."""

    name: str
    limit: Limit
    value: Any
    source: str
    problems: tuple[str, ...] = ()

    @property
    def standard(self) -> float | None:
        built_in = getattr(DEFAULT_PROFILE, self.name)
        return None if str(self.value) == str(built_in) else built_in


@dataclass(frozen=True, slots=True)
class Group:
    check: str
    title: str
    entries: tuple[Entry, ...]

    @property
    def changed(self) -> int:
        return sum(entry.standard is not None for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Judging:
    """How far the videos are held against the limits in force."""

    profile: Profile
    waiting: int
    job: Job | None

    @property
    def moves(self) -> bool:
        return self.job is not None and self.job.is_open

    @property
    def percent(self) -> int:
        return int(100 * self.job.progress) if self.job else 0


def row_of(pk: int) -> ThresholdProfile | None:
    """The row behind an address; 404 for none."""
    rows = ThresholdProfile.objects.select_related("created_by", "based_on")
    return None if pk == BUILT_IN else get_object_or_404(rows, pk=pk)


def version_of(row: ThresholdProfile | None, active: ThresholdProfile | None) -> Version:
    before = row.based_on.profile if row and row.based_on else DEFAULT_PROFILE
    changes = tuple(profiles.differences(before, row.profile)) if row else ()
    return Version(row, IN_FORCE if row == active else None, changes)


def groups_of(
    numbers: Mapping[str, Any], sources: Mapping[str, str], problems: Mapping[str, list[str]] | None = None
) -> tuple[Group, ...]:
    """Every limit below the check it belongs to, in the order of the checks."""
    entries: dict[str, list[Entry]] = {}
    for name, limit in LIMITS.items():
        wrong = tuple((problems or {}).get(name, ()))
        entry = Entry(name, limit, numbers.get(name, ""), sources.get(name) or limit.source, wrong)
        entries.setdefault(limit.check, []).append(entry)
    return tuple(
        Group(check, title, tuple(entries[check])) for check, title in TITLES.items() if check in entries
    )


def judging() -> Judging:
    profile = profiles.active_profile()
    return Judging(profile, rejudging.pending(profile).count(), rejudging.latest_job(profile))


def put_in_force(row: ThresholdProfile | None, *, why: str, by: Any, now: datetime) -> None:
    """Activate, and judge by it what was measured already."""
    profiles.activate(row, why=why, by=by, now=now)
    judge_waiting(now=now)


def judge_waiting(*, now: datetime) -> None:
    """Hold against the limits in force whatever was judged by others."""
    rejudging.request(profiles.active_profile(), now=now)
