"""The laws that a course was confirmed to rest on: in a lesson with its seconds, or in the course."""

from collections import defaultdict
from typing import Any

from catalog.models import SuggestionState
from cms.models import Course, CourseSuggestion

type Named = dict[str, Any]

WHOLE_COURSE = ""  # where a lesson's key stands for what the course itself or a document says


def confirmed_laws(draft: Course) -> dict[str, list[Named]]:
    """By lesson key, as a manifest keeps them: one query. `version` is None where only the law is named."""
    rows = CourseSuggestion.objects.filter(
        course=draft.pk, state=SuggestionState.CONFIRMED, is_present=True
    ).select_related("instrument", "version")
    found = defaultdict(list)
    for row in rows.order_by("lesson", "start_s", "pk"):
        found[row.lesson].append(_named(row))
    return dict(found)


def cited_versions(manifest: dict[str, Any]) -> set[str]:
    """The slugs of all versions that a manifest names, of the course and of its lessons."""
    named = [*manifest["citations"], *manifest.get("confirmed", [])]
    for lesson in manifest["lessons"]:
        named += lesson.get("citations", [])
    return {row["version"] for row in named if row["version"]}


def _named(row: CourseSuggestion) -> Named:
    version = row.version
    said = {} if row.start_s is None else {"start_s": row.start_s, "end_s": row.end_s}
    return said | {
        "instrument": row.instrument.slug,
        "version": version and version.slug,
        "title": version.title if version else row.instrument.title,
        "number": version.number if version else "",
        "article": row.article,
        "place": row.place,
        "words": row.words,
    }
