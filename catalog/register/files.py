"""The register in and out. All of a file is taken or nothing; what is wrong is said for all rows at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models, transaction

from catalog.models import Instrument, InstrumentAlias, InstrumentVersion, Succession
from catalog.register.reading import read_register
from catalog.register.row import Problem, Row

VERSION_FIELDS = (
    "title",
    "number",
    "issuer",
    "published",
    "effective",
    "expires",
    "status",
    "verified",
    "verified_by",
    "verified_on",
    "source",
    "note",
    "catalog_hint",
)
WORDS = ("title", "number", "issuer", "status", "source", "note")  # a flat file's never replace what stands


@dataclass(slots=True)
class Imported:
    """What was done, or with `problems` what would have to be mended first; then nothing was done."""

    created: list[InstrumentVersion] = field(default_factory=list)
    changed: list[InstrumentVersion] = field(default_factory=list)
    same: int = 0
    undated: list[tuple[str, list[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _Refused(Exception):
    """Takes the transaction back."""


def import_register(data: bytes, *, name: str) -> Imported:
    """Take a csv or json file in; raises `UnreadableRegister`. An empty cell never erases what stands."""
    rows, problems = read_register(data, name=name)
    _adopt(rows)
    done = Imported(problems=[*problems, *_unknown_ends(rows)])
    if done.problems:
        return done
    try:
        with transaction.atomic():
            _take(rows, done)
            if done.problems:
                raise _Refused
    except _Refused:
        return Imported(problems=done.problems)
    done.undated = [(f"{row.where}《{row.title}》", row.undated) for row in rows if row.undated]
    return done


def export_rows() -> Iterator[Row]:
    """A row for each version, as `import_register` reads it; five queries."""
    versions = InstrumentVersion.objects.select_related("instrument").order_by("instrument__slug", "slug")
    for version in versions.prefetch_related("instrument__aliases", "predecessions__older"):
        before = list(version.predecessions.all())
        yield Row(
            where="",
            instrument=version.instrument.slug,
            instrument_title=version.instrument.title,
            kind=version.instrument.kind,
            aliases=[alias.name for alias in version.instrument.aliases.all()],
            slug=version.slug,
            replaces=[each.older.slug for each in before if not each.partial],
            replaces_partly=[each.older.slug for each in before if each.partial],
            **{name: getattr(version, name) for name in VERSION_FIELDS},
        )


def _adopt(rows: list[Row]) -> None:
    """A flat row of a version that is registered belongs to the instrument it stands under here."""
    flat = [row for row in rows if row.is_flat]
    versions = InstrumentVersion.objects.select_related("instrument")
    known = versions.in_bulk([row.slug for row in flat], field_name="slug") if flat else {}
    for row in flat:
        if version := known.get(row.slug):
            row.instrument, row.instrument_title = version.instrument.slug, version.instrument.title


def _unknown_ends(rows: list[Row]) -> Iterator[Problem]:
    here = {row.slug for row in rows} | set(InstrumentVersion.objects.values_list("slug", flat=True))
    for row in rows:
        for slug in {*row.replaces, *row.replaces_partly} - here:
            yield Problem(row.where, f"被代替的版本「{slug}」既不在文件里，也没有登记过。")


def _take(rows: list[Row], done: Imported) -> None:
    for row in rows:
        try:
            _take_row(row, done)
        except ValidationError as error:
            done.problems.append(Problem(row.where, "；".join(error.messages)))
    if done.problems:
        return
    ends = {version.slug: version for version in InstrumentVersion.objects.all()}
    for row in rows:
        for slugs, partial in ((row.replaces, False), (row.replaces_partly, True)):
            for slug in slugs:
                Succession.objects.update_or_create(
                    older=ends[slug], newer=ends[row.slug], defaults={"partial": partial}
                )


def _take_row(row: Row, done: Imported) -> None:
    instrument = Instrument.objects.filter(slug=row.instrument).first() or Instrument(slug=row.instrument)
    _fill(instrument, {"title": row.instrument_title, "kind": row.kind})
    for name in row.aliases:
        if not InstrumentAlias.objects.filter(instrument=instrument, name=name).exists():
            _fill(InstrumentAlias(instrument=instrument), {"name": name})
    version = InstrumentVersion.objects.filter(slug=row.slug).first() or InstrumentVersion(slug=row.slug)
    is_new = version._state.adding
    known = {name: getattr(row, name) for name in VERSION_FIELDS if getattr(row, name) not in (None, "", [])}
    if row.is_flat:
        stands = {name for name in WORDS if getattr(version, name)}
        known = {name: told for name, told in known.items() if name not in stands}
    if not row.verified_by and not is_new and row.verified == "no":
        known.pop("verified")
    if not _fill(version, {"instrument": instrument, **known}):
        done.same += 1
    else:
        (done.created if is_new else done.changed).append(version)


def _fill(row: models.Model, values: dict) -> bool:
    """Set and save, checked; whether anything changed."""
    if instrument := values.get("instrument"):
        values = values | {"instrument_id": instrument.pk}
    plain = {name: value for name, value in values.items() if not isinstance(value, models.Model)}
    changed = row._state.adding or any(getattr(row, name) != value for name, value in plain.items())
    if changed:
        for name, value in values.items():
            setattr(row, name, value)
        row.full_clean()
        row.save()
    return changed
