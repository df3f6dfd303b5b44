"""Update notices: which course a changed text makes due, by when (平台承诺书第九项、机构承诺书第三项)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Value
from django.db.models.functions import Replace

from catalog.deadlines import Deadline, NoDeadline, update_due
from catalog.models import InstrumentVersion, Succession
from cms.law.uses import approved_on, uses_of
from cms.models.impact import Basis, ImpactDecision
from cms.models.notice import UpdateNotice

BATCH = 500  # rows a statement


def open_notices(today: date) -> int:
    """Open what is missing for published courses that rest on a replaced text; returns how many are new.

    Safe to repeat, also after days of standstill: a notice stands once per course and new version. What an
    admin decided in the impact preview is kept (`cms.law.impact_opening`); what nobody looked at opens here.
    """
    before = UpdateNotice.objects.count()
    UpdateNotice.objects.bulk_create(notices_to_come(today), ignore_conflicts=True, batch_size=BATCH)
    _set_dates_found_since()
    return UpdateNotice.objects.count() - before


def notices_to_come(today: date) -> list[UpdateNotice]:
    """What `open_notices` would open on `today`, unsaved: a day ahead, or one whose sweep has not run."""
    stored = set(UpdateNotice.objects.values_list("course", "version"))
    return [notice for notice in _wanted(today) if (notice.course_id, notice.version_id) not in stored]


def _set_dates_found_since() -> None:
    """Notices opened without a base date get their due date once that date has been recorded."""
    undated = UpdateNotice.objects.filter(closed_at=None, due=None)
    versions = InstrumentVersion.objects.filter(pk__in=undated.values("version"))
    for version in versions.select_related("instrument"):
        deadline = _deadline(version)
        if isinstance(deadline, Deadline):
            reason = Replace("reason", Value(f"；{_missing(version)}"))
            dates = {"base_date": deadline.base, "due": deadline.due}
            undated.filter(version=version).update(reason=reason, **dates)


def _wanted(today: date) -> list[UpdateNotice]:
    """One for each course and new text: by what somebody confirmed, else by what the words seem to name."""
    successions = [
        succession
        for succession in Succession.objects.select_related("older", "newer__instrument").order_by("pk")
        if not _is_upcoming(succession.newer, today)
    ]
    settled, wanted = _settled(), {}
    for course, basis, succession in _touched(successions):
        key = (course, succession.newer_id)
        stronger = key not in wanted or wanted[key][0] < basis
        if stronger and settled.get(key, 0) < basis:
            wanted[key] = (basis, _notice(course, basis, succession))
    return [notice for _, notice in wanted.values()]


def _touched(successions: list[Succession]) -> Iterator[tuple[int, Basis, Succession]]:
    """Which published course rests on which replaced text; catalog items alone open nothing by themselves."""
    by_version, by_instrument = defaultdict(list), defaultdict(list)
    for succession in successions:
        by_version[succession.older_id].append(succession)
        by_instrument[succession.older.instrument_id].append(succession)
    approved = approved_on()
    for use in uses_of(versions=by_version.keys(), instruments=by_instrument.keys(), texts=False):
        found = by_version[use.version] if use.version else by_instrument[use.instrument]
        for succession in found if use.basis > Basis.ITEM else ():
            if use.version or _predates(approved[use.course], succession.newer):
                yield use.course, use.basis, succession


def _predates(approved: date, newer: InstrumentVersion) -> bool:
    """Whether a release that names no version was approved before the new text: else it means the new one."""
    known = [day for day in (newer.effective, newer.published) if day]
    return not known or approved < max(known)


def _settled() -> dict[tuple[int, int], Basis]:
    """What an admin found not touched, and on what basis; a stronger one that came later counts again."""
    rows = ImpactDecision.objects.filter(touch=ImpactDecision.Touch.NOT_TOUCHED)
    columns = ("course", "version", "basis")
    return {(course, version): basis for course, version, basis in rows.values_list(*columns)}


def _is_upcoming(version: InstrumentVersion, today: date) -> bool:
    deadline = _deadline(version)
    return isinstance(deadline, Deadline) and deadline.base > today


def _deadline(version: InstrumentVersion) -> Deadline | NoDeadline:
    return update_due(version.instrument.kind, published=version.published, effective=version.effective)


def _missing(version: InstrumentVersion) -> str:
    """The sentence that asks for the date which a deadline of this kind runs from."""
    return update_due(version.instrument.kind, published=None, effective=None).reason


def _notice(course: int, basis: Basis, succession: Succession) -> UpdateNotice:
    deadline = _deadline(succession.newer)
    dates = {"base_date": deadline.base, "due": deadline.due} if isinstance(deadline, Deadline) else {}
    reason = _reason(basis, succession, deadline)
    return UpdateNotice(course_id=course, version=succession.newer, reason=reason, **dates)


def _reason(basis: Basis, succession: Succession, deadline: Deadline | NoDeadline) -> str:
    verb = "部分代替" if succession.partial else "代替"
    names = "引用的" if basis == Basis.CONFIRMED else "提到（尚未确认）的"
    older, newer = succession.older, succession.newer
    change = f"课程{names}《{older.title}》（{older.number}）已由{newer.number or newer}{verb}"
    return change if isinstance(deadline, Deadline) else f"{change}；{deadline.reason}"
