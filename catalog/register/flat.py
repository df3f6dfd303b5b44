"""The flat form of the register: one object for each text, with types and states in plain English.

`{"instruments": [{"id", "title", "number", "type", "publish_date", "effective_date", "status", "replaces",
"replaced_by", "verified", …}]}`. `replaces` names other texts of the file by id, `id (partly: which part)`
for a part, or a text that is not registered by its number (GB 2893-2008), which becomes another name.
"""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from catalog.citations.register import short_title

type Cells = dict[str, Any]

_PLAIN = {
    "id": "slug",
    "issuer": "issuer",
    "publish_date": "published",
    "effective_date": "effective",
    "source": "source",
    "note": "note",
    "catalog_hint": "catalog_hint",
}
_VERIFIED = {"verified": "text", "verified_third_party": "third_party", "unverified": "no"}
_ID = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
_NAMED = re.compile(r"(?P<part>annex of )?(?P<name>.+?)(?P<partly>\s*\(part[^()]*\))?")
_ENDED = re.compile(r"(?P<how>repealed|replaced|in force until) (?P<day>\d{4}-\d{2}-\d{2})")
_STATES = {
    "in force": "现行有效",
    "published, not yet effective": "已发布，尚未施行",
    "repealed": "自{day}起废止",
    "replaced": "自{day}起被代替",
    "in force until": "现行有效；至{day}",
}


def is_flat(entries: Sequence[Any]) -> bool:
    """Whether any entry is in this form."""
    return any(isinstance(entry, dict) and {"id", "type"} <= entry.keys() for entry in entries)


def flat_cells(entries: Sequence[Any]) -> Iterator[Cells]:
    """The cells of a row for each entry; texts that replace each other wholly are one instrument's."""
    entries = [entry if isinstance(entry, dict) else {} for entry in entries]
    heads = _instruments(entries)
    ids = {_text(entry, "id") for entry in entries}
    replaced = _replaced(entries)
    for entry, head, slug in zip(entries, heads, _slugs(heads), strict=True):
        cells = {column: entry[name] for name, column in _PLAIN.items() if entry.get(name)}
        cells |= {"instrument": slug, "instrument_title": _bare(head), "title": _wide(_text(entry, "title"))}
        cells |= {"kind": _text(entry, "type").replace(" ", "_"), "number": _wide(_text(entry, "number"))}
        verified = _text(entry, "verified")
        cells["verified"] = _VERIFIED.get(verified, verified)
        yield cells | _state(entry, ids) | _others(entry, replaced[_text(entry, "id")], ids)


def _instruments(entries: list[Cells]) -> list[Cells]:
    """The entry that names the instrument of each: the newest of those that replace each other wholly, else
    the first of those that share title and type."""
    by_id = {_text(entry, "id"): entry for entry in entries}
    newer: dict[str, Cells] = {}
    for entry in entries:
        older = [name for name in _list(entry, "replaces") if name in by_id]
        if len(older) == 1 and _text(by_id[older[0]], "type") == _text(entry, "type"):
            newer[older[0]] = entry
    first: dict[tuple[str, str], Cells] = {}
    found = []
    for entry in entries:
        seen = set()
        while (slug := _text(entry, "id")) in newer and slug not in seen:
            seen.add(slug)
            entry = newer[slug]
        found.append(first.setdefault((_bare(entry), _text(entry, "type")), entry))
    return found


def _slugs(heads: list[Cells]) -> list[str]:
    """The id of each instrument, without its year where that is still its own."""
    shorter = {(slug := _text(head, "id")): re.sub(r"-(?:19|20)\d\d$", "", slug) for head in heads}
    times = Counter(shorter.values())
    ids = [_text(head, "id") for head in heads]
    return [shorter[slug] if times[shorter[slug]] == 1 else slug for slug in ids]


def _replaced(entries: list[Cells]) -> dict[str, list[str]]:
    """What each replaces, told by itself or by the older one's `replaced_by`."""
    found = defaultdict(list)
    for entry in entries:
        found[_text(entry, "id")] += _list(entry, "replaces")
    for entry in entries:
        for newer in _list(entry, "replaced_by"):
            named = _NAMED.fullmatch(newer)
            older = f"{_text(entry, 'id')}{named['partly'] or ''}"
            told = {_NAMED.fullmatch(each)["name"] for each in found[named["name"]]}
            if _text(entry, "id") not in told:
                found[named["name"]].append(older)
    return found


def _others(entry: Cells, replaced: list[str], ids: set[str]) -> Cells:
    wholly, partly, aliases = [], [], []
    for each in replaced:
        named = _NAMED.fullmatch(each)
        if named["name"] in ids or _ID.fullmatch(named["name"]):
            (partly if named["part"] or named["partly"] else wholly).append(named["name"])
        elif re.sub(r"\s*(?:19|20)\d\d$", "", named["name"]) != short_title(_bare(entry)):
            aliases.append(named["name"])
    return {"replaces": wholly, "replaces_partly": partly, "aliases": aliases}


def _state(entry: Cells, ids: set[str]) -> Cells:
    """Its state in Chinese where the form is known, and the first day on which it no longer holds."""
    told = _text(entry, "status")
    ended = _ENDED.match(told)
    if not ended:
        return {"status": _STATES.get(told, told)}
    try:
        day = datetime.date.fromisoformat(ended["day"])
    except ValueError:
        return {"status": told, "expires": ended["day"]}
    has_successor = any(name in ids for name in _list(entry, "replaced_by"))
    if ended["how"] == "in force until" and not has_successor:
        day += datetime.timedelta(days=1)  # the day named is the last one; a successor's is its first
    return {"status": _STATES[ended["how"]].format(day=ended["day"]), "expires": day.isoformat()}


def _bare(entry: Cells) -> str:
    """The title without the year of its revision; (试行) and the like belong to the title."""
    return re.sub(r"\s*[(（](?:19|20)\d\d年?修[正订][)）]$", "", _text(entry, "title"))


def _wide(text: str) -> str:
    """Round brackets as Chinese text has them, around what is Chinese."""
    return re.sub(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)", r"（\1）", text)


def _text(entry: Cells, name: str) -> str:
    return str(entry.get(name) or "").strip()


def _list(entry: Cells, name: str) -> list[str]:
    told = entry.get(name) or []
    return [str(each).strip() for each in (told if isinstance(told, list) else [told]) if str(each).strip()]
