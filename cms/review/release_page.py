"""What the page of one release shows beside its frozen content: what has happened since."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from accounts.models import User
from accounts.roles import Role
from catalog.models import Succession, TrainingKind
from cms.coverage.outlines import Cited, LessonOutline, Outline, outline_of
from cms.footage.players import Player, SitePlace, players_of
from cms.library import readable_by
from cms.models import CourseRelease, Selection, UpdateNotice, Withholding
from cms.reminding.rights import Licence, licence_of
from cms.states import PUBLISHED, WITHHELD, Chip, due_chip, most_urgent_notices, release_chip
from cms.validity import changes_after, on_day
from media_pipeline.models import Finding, Video


@dataclass(frozen=True, slots=True)
class Law:
    """A cited text, and those that have replaced it or will."""

    cited: Cited
    replaced_by: list[Succession]


@dataclass(frozen=True, slots=True)
class ReleasePage:
    release: CourseRelease
    today: date
    outline: Outline
    changes_on: list[date]
    lessons: list[tuple[LessonOutline, Player | None]]
    chips: list[Chip]
    laws: list[Law]
    versions: list[tuple[CourseRelease, Chip]]
    newest: CourseRelease | None
    selection: Selection | None
    withheld: Withholding | None
    notice: UpdateNotice | None
    licence: Licence | None
    may_choose: bool
    may_take_down: bool

    @property
    def is_late(self) -> bool:
        """Whether the course should have been brought up to date by now."""
        return self.notice is not None and self.notice.due is not None and self.notice.due < self.today

    @property
    def kind(self) -> str:
        return TrainingKind(self.release.kind).label

    @property
    def is_heard(self) -> bool:
        """Whether the release froze captions, so that what is said can be searched."""
        return any((lesson["video"] or {}).get("captions") for lesson in self.release.manifest["lessons"])

    @property
    def checks(self) -> list[tuple[str, int]]:
        """How many checks ended with each verdict, over all videos."""
        counts = self.outline.checks
        return [(verdict.label, counts[verdict]) for verdict in Finding.Verdict if counts[verdict]]


def release_page(release: CourseRelease, *, user: User, today: date) -> ReleasePage:
    """Everything the page needs, with a fixed number of queries."""
    siblings = readable_by(user).filter(course=release.course_id).defer("manifest").order_by("-number")
    versions = [(sibling, release_chip(sibling)) for sibling in siblings]
    outline = outline_of(on_day(release.manifest, today))
    is_current = release_chip(release) is PUBLISHED
    notice = _notice(release) if is_current else None
    withheld = release.withholdings.filter(until=None).select_related("notice__version").first()
    may_choose = is_current and not withheld
    return ReleasePage(
        release=release,
        today=today,
        outline=outline,
        changes_on=changes_after(release.manifest, today),
        lessons=_lessons(release, outline),
        chips=_chips(release, notice, today) + ([WITHHELD] if withheld else []),
        laws=_laws(outline.citations),
        versions=versions,
        newest=next((row for row, chip in versions if chip is PUBLISHED and row != release), None),
        selection=Selection.objects.filter(institution=user.institution_id, release=release).first(),
        withheld=withheld,
        notice=notice,
        licence=licence_of(release, today) if is_current else None,
        may_choose=may_choose and user.has_role(Role.INSTITUTION) and user.institution_id is not None,
        may_take_down=is_current and user.has_role(Role.ADMIN),
    )


def _lessons(release: CourseRelease, outline: Outline) -> list[tuple[LessonOutline, Player | None]]:
    """Each lesson with its player; the files are those of the release, whatever the draft shows by now."""
    videos = Video.objects.with_inspection().filter(
        pk__in=[each.video_id for each in outline.lessons if each.video_id]
    )
    players = {str(pk): player for pk, player in players_of(videos, SitePlace(release)).items()}
    return [(lesson, players.get(lesson.video_id)) for lesson in outline.lessons]


def _notice(release: CourseRelease) -> UpdateNotice | None:
    """The open notice that is due first; it concerns only what can still be chosen."""
    return most_urgent_notices([release.course_id]).get(release.course_id)


def _chips(release: CourseRelease, notice: UpdateNotice | None, today: date) -> list[Chip]:
    """Where something is overdue, nothing beside it says that all is well."""
    if notice is None:
        return [release_chip(release)]
    late = notice.due is not None and notice.due < today
    return [due_chip(notice, today)] if late else [release_chip(release), due_chip(notice, today)]


def _laws(citations: list[Cited]) -> list[Law]:
    slugs = [cited.version for cited in citations]
    successions = (
        Succession.objects.filter(older__slug__in=slugs)
        .select_related("newer")
        .annotate(cited=F("older__slug"))
    )
    replaced: dict[str, list[Succession]] = {slug: [] for slug in slugs}
    for succession in successions:
        replaced[succession.cited].append(succession)
    return [Law(cited, replaced[cited.version]) for cited in citations]
