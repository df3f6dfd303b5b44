"""The register of laws and standards as people read it: the list, one instrument, who rests on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from catalog.kinds import InstrumentKind
from catalog.models import Instrument, InstrumentVersion, SuggestionState
from catalog.models.version import Verified, VersionState
from cms.law.lineage import lineage
from cms.models import Course, CourseCitation, CourseSuggestion, Lesson
from cms.states import Chip
from question_bank.models import Question, QuestionCitation, QuestionSuggestion

ROWS = 25
CHIPS = {
    VersionState.IN_FORCE: ("✓", "good"),
    VersionState.UPCOMING: ("◷", "busy"),
    VersionState.EXPIRED: ("✕", ""),
    VersionState.UNKNOWN: ("?", "warn"),
}


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    text: str = ""
    kind: str = ""
    state: str = ""
    verified: str = ""
    undated: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "RegisterFilter":
        return cls(
            text=query.get("q", "").replace("\0", "").strip(),
            kind=query.get("kind", "") if query.get("kind") in set(InstrumentKind) else "",
            state=query.get("state", "") if query.get("state") in VersionState else "",
            verified=query.get("verified", "") if query.get("verified") in Verified else "",
            undated=bool(query.get("undated")),
        )

    def apply(self, today: date) -> QuerySet[InstrumentVersion]:
        """The versions that fit, the instruments by name, the newest version first."""
        rows = InstrumentVersion.objects.select_related("instrument").prefetch_related("replaced_by")
        for word in self.text.split():
            named = (
                Q(title__icontains=word) | Q(number__icontains=word) | Q(instrument__title__icontains=word)
            )
            rows = rows.filter(named | Q(instrument__aliases__name__icontains=word))
        fields = {"instrument__kind": self.kind, "verified": self.verified}
        rows = rows.filter(**{name: value for name, value in fields.items() if value})
        if self.undated:
            rows = rows.filter(Q(published=None) | Q(effective=None))
        return _in_state(rows, self.state, today).distinct().order_by("instrument__title", "-effective", "pk")


def _in_state(rows: QuerySet[InstrumentVersion], state: str, today: date) -> QuerySet[InstrumentVersion]:
    """As `InstrumentVersion.state_on` says for one."""
    match state:
        case VersionState.EXPIRED:
            return rows.filter(expires__lte=today)
        case VersionState.IN_FORCE:
            return rows.in_force_on(today)
        case VersionState.UPCOMING:
            return rows.not_expired_on(today).filter(effective__gt=today)
        case VersionState.UNKNOWN:
            return rows.not_expired_on(today).filter(effective=None)
    return rows


@dataclass(frozen=True, slots=True)
class VersionRow:
    version: InstrumentVersion
    chip: Chip

    @property
    def missing(self) -> list[str]:
        return self.version.missing_dates


def version_row(version: InstrumentVersion, today: date) -> VersionRow:
    state = version.state_on(today)
    sign, look = CHIPS[state]
    return VersionRow(version, Chip(sign, state.label, look))


def register_context(query: Mapping[str, str], today: date) -> dict[str, Any]:
    shown = RegisterFilter.from_query(query)
    page = Paginator(shown.apply(today), ROWS).get_page(query.get("p"))
    counts = InstrumentVersion.objects.aggregate(
        versions=Count("pk"), undated=Count("pk", filter=Q(published=None) | Q(effective=None))
    )
    return {
        "filter": shown,
        "page_obj": page,
        "rows": [version_row(version, today) for version in page.object_list],
        "kinds": [(kind.value, kind.label) for kind in InstrumentKind],
        "states": VersionState.choices,
        "verifications": Verified.choices,
        "counts": counts,
    }


def instrument_context(instrument: Instrument, user: User, today: date, page: str) -> dict[str, Any]:
    """Its versions with what replaces what, and every use the user may see; a fixed number of queries."""
    versions = instrument.versions.prefetch_related(
        "successions__newer__instrument", "predecessions__older__instrument"
    ).annotate(held=Count("articles"))
    rows = [version_row(version, today) for version in versions]
    return {
        "instrument": instrument,
        "rows": rows,
        "lineage": lineage(instrument, [row.version for row in rows], today=today),
        "aliases": list(instrument.aliases.all()),
        "pairs": text_pairs(rows),
        "uses": _uses(instrument, user, page),
    }


def text_pairs(rows: list[VersionRow]) -> list[tuple[InstrumentVersion, InstrumentVersion]]:
    """Old and new texts that can be compared: successions, also to other instruments."""
    return [(succession.older, row.version) for row in rows for succession in row.version.predecessions.all()]


def _uses(instrument: Instrument, user: User, page: str) -> Page:
    """Confirmed ones first. Authors see those of their institution."""
    courses = Course.objects.visible_to(user)
    questions = Question.objects.visible_to(user)
    cited = CourseCitation.objects.filter(version__instrument=instrument, course__in=courses)
    said = CourseSuggestion.objects.standing().filter(instrument=instrument, course__in=courses)
    asked = QuestionCitation.objects.filter(instrument=instrument, question__in=questions)
    named = QuestionSuggestion.objects.waiting().filter(instrument=instrument, question__in=questions)
    found = [("cited", pk) for pk in cited.values_list("pk", flat=True)]
    found += [("said", pk) for pk in said.order_by("state", "pk").values_list("pk", flat=True)]
    found += [("asked", pk) for pk in asked.values_list("pk", flat=True)]
    found += [("named", pk) for pk in named.values_list("pk", flat=True)]
    shown = Paginator(found, ROWS).get_page(page)
    tables = {
        "cited": cited.select_related("course", "version"),
        "said": said.select_related("course", "version"),
        "asked": asked.select_related("question"),
        "named": named.select_related("question"),
    }
    rows = {
        name: table.in_bulk([pk for kind, pk in shown.object_list if kind == name])
        for name, table in tables.items()
    }
    titles = _lesson_titles(row.lesson for row in rows["said"].values())
    shown.object_list = [_use(kind, rows[kind][pk], titles) for kind, pk in shown.object_list]
    return shown


def _lesson_titles(keys: Any) -> dict[str, str]:
    return {
        str(key): title
        for key, title in Lesson.objects.filter(key__in=set(filter(None, keys))).values_list("key", "title")
    }


def _use(kind: str, row: Any, titles: dict[str, str]) -> dict[str, Any]:
    if kind in ("asked", "named"):
        return {
            "is_confirmed": kind == "asked",
            "question": row.question,
            "place": "题目" if kind == "asked" else f"题目{row.place}",
            "article": row.article,
            "words": row.question.stem if kind == "asked" else row.context,
        }
    return {
        "is_confirmed": kind == "cited" or row.state == SuggestionState.CONFIRMED,
        "course": row.course,
        "place": "课程依据" if kind == "cited" else " ".join([titles.get(row.lesson, ""), row.place]).strip(),
        "clock": "" if kind == "cited" else row.clock,
        "article": row.article,
        "words": str(row.version) if kind == "cited" else row.context,
    }
