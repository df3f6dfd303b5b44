"""What other limits would change: every measured video judged by both, nothing decoded, nothing stored."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import User
from cms.models import Overruling
from cms.reports.courses import CourseLink, courses_showing
from cms.reports.rows import CHIPS
from cms.states import Chip
from media_pipeline.checks import CHECKS, CheckResult
from media_pipeline.facts import ENGINE_VERSION, Facts
from media_pipeline.limits import profiles
from media_pipeline.limits.thresholds import Profile
from media_pipeline.models import Measurement, Video

MOST_JUDGED = 500  # the newest; each takes some hundredths of a second
MOST_SHOWN = 50
ORDER = ("fail", "warn", "pass")

type Pair = tuple[CheckResult, CheckResult]
"""One check by the limits in force and by the others."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One check, or the whole video, before and after; verdicts as findings name them."""

    title: str
    before: str
    after: str

    @property
    def chips(self) -> tuple[Chip, Chip]:
        return CHIPS[self.before], CHIPS[self.after]


@dataclass(frozen=True, slots=True)
class ChangedVideo:
    """`whole` has the same verdict twice where only single checks turn."""

    measurement: Measurement
    whole: Turn
    checks: tuple[Turn, ...]
    videos: tuple[Video, ...] = ()
    courses: tuple[CourseLink, ...] = ()

    @property
    def kind(self) -> str:
        """worse: fails from now on; better: fails no longer; other: stays as good or as bad as it is."""
        before, after = self.whole.before == "fail", self.whole.after == "fail"
        return "other" if before == after else "worse" if after else "better"


@dataclass(frozen=True, slots=True)
class Preview:
    """`changed` are all that turn, those that newly fail first; `shown` the first of them, with links.

    Verdicts are the machine's; `lapsing` counts the overrulings in effect that other limits would void.
    """

    standing: Profile
    judged: int
    measured: int
    changed: tuple[ChangedVideo, ...]
    shown: tuple[ChangedVideo, ...]
    lapsing: int

    def count(self, kind: str) -> int:
        return sum(each.kind == kind for each in self.changed)

    @property
    def worse(self) -> int:
        return self.count("worse")

    @property
    def better(self) -> int:
        return self.count("better")

    @property
    def other(self) -> int:
        return self.count("other")

    @property
    def same(self) -> int:
        return self.judged - len(self.changed)


def preview_of(profile: Profile, *, user: User) -> Preview:
    """Hold what was measured against the limits in force and against `profile`; a fixed number of queries."""
    standing = profiles.active_profile()
    known = Measurement.objects.filter(engine_version=ENGINE_VERSION)
    rows = list(known.select_related("job").order_by("-created_at", "-pk")[:MOST_JUDGED])
    overruled = _overruled(rows)
    changed, lapsing = [], 0
    for row in rows:
        pairs = _judged(row, standing, profile)
        lapsing += sum(_lapses(each, pairs) for each in overruled[row.sha256])
        changed += _changed(row, pairs)
    changed.sort(key=lambda each: ("worse", "better", "other").index(each.kind))
    shown = tuple(_with_links(changed[:MOST_SHOWN], user))
    return Preview(standing, len(rows), known.count(), tuple(changed), shown, lapsing)


def _judged(measurement: Measurement, standing: Profile, profile: Profile) -> list[Pair]:
    facts = Facts.from_json(measurement.facts)
    return [(check.run(facts, standing), check.run(facts, profile)) for check in CHECKS]


def _overruled(rows: list[Measurement]) -> dict[str, list[Overruling]]:
    """What people have settled, by the bytes it was said about; one query."""
    found: dict[str, list[Overruling]] = defaultdict(list)
    said = Overruling.objects.open().filter(video__sha256__in={row.sha256 for row in rows})
    for each in said.select_related("video"):
        if each.is_in_effect:
            found[each.video.sha256].append(each)
    return found


def _lapses(overruling: Overruling, pairs: list[Pair]) -> bool:
    """Never for a check that there is no more."""
    return any(overruling.is_about(before) and not overruling.is_about(after) for before, after in pairs)


def _changed(measurement: Measurement, pairs: list[Pair]) -> Iterator[ChangedVideo]:
    """None or one."""
    turns = tuple(
        Turn(after.title, before.verdict.value, after.verdict.value)
        for before, after in pairs
        if before.verdict != after.verdict
    )
    whole = Turn("", _worst(before for before, _ in pairs), _worst(after for _, after in pairs))
    if turns:
        yield ChangedVideo(measurement, whole, turns)


def _worst(results: Iterator[CheckResult]) -> str:
    found = {result.verdict.value for result in results}
    return next((verdict for verdict in ORDER if verdict in found), "pass")


def _with_links(changed: list[ChangedVideo], user: User) -> Iterator[ChangedVideo]:
    """The uploads with these bytes and the courses that show them, as far as `user` may see them."""
    uploads = Video.objects.visible_to(user).filter(sha256__in={each.measurement.sha256 for each in changed})
    videos = list(uploads.order_by("created_at"))
    courses = courses_showing([video.pk for video in videos], user)
    for each in changed:
        own = tuple(video for video in videos if video.sha256 == each.measurement.sha256)
        links = {link.course_id: link for video in own for link in courses[video.pk]}
        yield ChangedVideo(each.measurement, each.whole, each.checks, own, tuple(links.values()))
