"""Every address of our own, filled with rows of one institution."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver, reverse

from tests.doors.world import World

_OURS = {"cms", "bank", "site", "media_pipeline", "question", "institution"}
_OUR_SNIPPETS = ("_cms_", "_catalog_")


def is_ours(namespace: str) -> bool:
    return namespace in _OURS or any(app in namespace for app in _OUR_SNIPPETS)


def doors() -> dict[str, tuple[str, set[str]]]:
    """The route and the arguments of each name of ours."""
    return {name: (route, names) for name, route, names in _walk(get_resolver(), "", "", set())}


def _walk(
    resolver: URLResolver, before: str, namespace: str, outer: set[str]
) -> Iterator[tuple[str, str, set[str]]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        names = outer | set(entry.pattern.converters) | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, route, entry.namespace or namespace, names)
        elif entry.name and (is_ours(namespace) or entry.name == "receive_responses"):
            name = f"{namespace}:{entry.name}" if namespace else entry.name
            yield name, route, names


def address(name: str, route: str, names: set[str], world: World) -> str:
    given: dict[str, Any] = _COMMON | form(route, world)
    return reverse(name, kwargs={name: given[name] for name in names})


def form(route: str, world: World) -> dict[str, Any]:
    """What is posted to a door: what all share, and the row that stands behind this one."""
    plain = route.replace("snippets/choose/", "snippets/")
    known = next((row for start, row in _rows(world) if plain.startswith(start)), {})
    return world.common | known


_COMMON: dict[str, Any] = {
    "number": 1,
    "place": 0,
    "kind": "vtt",
    "ms": 1500,
    "role": "author",
    "name": "01.svg",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
    "action_name": "approve",
}


def _rows(world: World) -> list[tuple[str, dict[str, Any]]]:
    """What `pk` means below each route; the longer ones first."""
    made = {start: row if isinstance(row, dict) else {"pk": row} for start, row in world.rows.items()}
    return sorted(made.items(), key=lambda pair: -len(pair[0]))
