"""What institutions find: published courses by catalog, kind and words, and how each stands for them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from catalog.models import CatalogEdition, EditionRow, TrainingKind
from cms.coverage.outlines import LessonOutline, Outline, outline_of
from cms.footage.players import POSTER, with_poster
from cms.models import CourseRelease, Selection
from cms.pictures.grouping import Qualification, grouped
from cms.states import Chip, due_chip, most_urgent_notices
from cms.validity import on_day


@dataclass(frozen=True, slots=True)
class Search:
    """What a person looks for; an empty field lets everything through."""

    words: str = ""
    kind: str = ""
    qualification: str = ""
    category: str = ""
    item: str = ""

    @property
    def is_active(self) -> bool:
        return any((self.words, self.kind, self.qualification, self.category, self.item))

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Search":
        """Read the address of the page; an unknown kind is no filter, a NUL no character."""
        query = {name: value.replace("\0", "") for name, value in query.items()}
        kind = query.get("kind", "")
        return cls(
            words=query.get("q", "").strip(),
            kind=kind if kind in TrainingKind else "",
            qualification=query.get("qualification", ""),
            category=query.get("category", ""),
            item=query.get("item", ""),
        )


@dataclass(frozen=True, slots=True)
class TreeRow:
    """An item of the catalog and how many courses of the search it holds."""

    row: EditionRow
    count: int


@dataclass(frozen=True, slots=True)
class Branch[T]:
    """A heading of the catalog, how many courses it holds, and what stands beneath it."""

    name: str
    count: int
    beneath: list[T]


@dataclass(frozen=True, slots=True)
class Card:
    """A course as it stands for one institution."""

    release: CourseRelease
    outline: Outline
    due: Chip | None
    is_chosen: bool
    poster: str

    @property
    def kind(self) -> str:
        return TrainingKind(self.release.kind).label


def readable_by(user: User) -> QuerySet[CourseRelease]:
    """Releases `user` may open: current ones; older ones when their institution chose them, or for staff."""
    releases = CourseRelease.objects.visible_to(user)
    if user.has_role(Role.REVIEWER, Role.ADMIN):
        return releases
    chosen = Selection.objects.filter(institution=user.institution_id).values("release")
    return releases.filter(Q(superseded_at=None, withdrawn_at=None) | Q(pk__in=chosen))


def find(search: Search, edition: CatalogEdition | None, user: User) -> QuerySet[CourseRelease]:
    """Current releases that fit `search`, newest first."""
    found = _by_words_and_kind(search, user)
    if search.item:
        found = found.filter(item=search.item)
    if edition and (search.qualification or search.category):
        found = found.filter(item__in=_rows(search, edition).values("item"))
    return found.select_related("item", "course__institution")


def tree(search: Search, edition: CatalogEdition | None, user: User) -> list[Branch[Branch[TreeRow]]]:
    """The whole catalog with the number of courses that fit the words and the kind: two queries."""
    counts = Counter(_by_words_and_kind(search, user).values_list("item", flat=True))
    rows = edition.rows.order_by("order") if edition else []
    entries = [TreeRow(row, counts[row.item_id]) for row in rows]
    return [_branch(heading) for heading in grouped(entries, lambda entry: entry.row)]


def _branch(heading: Qualification[TreeRow]) -> Branch[Branch[TreeRow]]:
    beneath = [
        Branch(category.name, sum(entry.count for entry in category.rows), category.rows)
        for category in heading.categories
    ]
    return Branch(heading.name, sum(branch.count for branch in beneath), beneath)


def cards(releases: Iterable[CourseRelease], *, user: User, today: date) -> list[Card]:
    """The releases of one page, with three queries."""
    releases = list(releases)
    outlines = [outline_of(on_day(release.manifest, today)) for release in releases]
    posters = with_poster(outline.cover.video_sha256 for outline in outlines if outline.cover)
    notices = most_urgent_notices(release.course_id for release in releases)
    chosen = chosen_releases(user)
    return [
        Card(
            release,
            outline,
            due_chip(notices[release.course_id], today) if release.course_id in notices else None,
            release.pk in chosen,
            _poster(release, outline.cover, posters),
        )
        for release, outline in zip(releases, outlines, strict=True)
    ]


def _poster(release: CourseRelease, cover: LessonOutline | None, posters: set[str]) -> str:
    """The address of the picture; empty while there is none."""
    if cover is None or cover.video_sha256 not in posters:
        return ""
    return reverse("site:rendition", args=[release.pk, cover.video_id, POSTER])


def chosen_releases(user: User) -> set:
    """Ids of the releases that the institution of `user` has chosen."""
    return set(Selection.objects.filter(institution=user.institution_id).values_list("release", flat=True))


def _by_words_and_kind(search: Search, user: User) -> QuerySet[CourseRelease]:
    found = CourseRelease.objects.offered().visible_to(user)
    for word in search.words.split():
        found = found.filter(Q(title__icontains=word) | Q(item__name__icontains=word))
    return found.filter(kind=search.kind) if search.kind else found


def _rows(search: Search, edition: CatalogEdition) -> QuerySet[EditionRow]:
    rows = edition.rows.all()
    if search.qualification:
        rows = rows.filter(qualification_type=search.qualification)
    return rows.filter(category=search.category) if search.category else rows
