"""The form of a version: its dates, who verified it, its sources, and what it replaces."""

from datetime import date
from itertools import count
from typing import Any

from django import forms
from django.db.models import Case, QuerySet, When
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from catalog.models import Instrument, InstrumentVersion, Succession
from catalog.models.version import Verified
from catalog.picking import PickList


class VersionForm(WagtailAdminModelForm):
    """Sources one a line; the replaced texts are saved as successions with the version."""

    source_lines = forms.CharField(
        label="依据来源",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="网址、公报、文件名，一行一个。",
    )
    replaced = forms.ModelMultipleChoiceField(
        InstrumentVersion.objects.none(),
        label="代替哪些旧版本",
        required=False,
        help_text="可以选几个。选了才知道影响哪些课程。",
        widget=PickList,
    )
    partly_replaced = forms.ModelMultipleChoiceField(
        InstrumentVersion.objects.none(), label="部分代替哪些旧版本", required=False, widget=PickList
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, partial in (("replaced", False), ("partly_replaced", True)):
            rows = self.instance.predecessions.filter(partial=partial) if self.instance.pk else ()
            self.initial[name] = [row.older_id for row in rows]
            self.fields[name].queryset = self._others(self.initial[name])
        self.initial["source_lines"] = "\n".join(self.instance.source)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = "导入导出时认这个版本用的字母和数字；留空则自动取名。"

    def _others(self, chosen: list[int]) -> QuerySet[InstrumentVersion]:
        """What is chosen, then the versions of the same instrument, then all others by name."""
        near = Case(
            When(pk__in=chosen, then=0), When(instrument=self.instance.instrument_id, then=1), default=2
        )
        return InstrumentVersion.objects.exclude(pk=self.instance.pk).order_by(near, "title", "number")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        both = set(data.get("replaced", ())) & set(data.get("partly_replaced", ()))
        if both:
            self.add_error("partly_replaced", "同一个旧版本只能选一边：全部代替或者部分代替。")
        if not data.get("slug") and data.get("instrument"):
            data["slug"] = _free_slug(data["instrument"], data.get("effective") or data.get("published"))
        if data.get("verified") != Verified.NO and not data.get("verified_by"):
            data["verified_by"] = str(self.for_user or "")[:60]
        if data.get("verified_by") and not data.get("verified_on"):
            data["verified_on"] = timezone.localdate()
        return data

    def save(self, commit: bool = True) -> InstrumentVersion:
        lines = self.cleaned_data["source_lines"].splitlines()
        self.instance.source = [line.strip() for line in lines if line.strip()]
        version = super().save(commit=commit)
        if commit:
            self._save_successions(version)
        return version

    def _save_successions(self, version: InstrumentVersion) -> None:
        chosen = dict.fromkeys(self.cleaned_data["replaced"], False)
        chosen |= dict.fromkeys(self.cleaned_data["partly_replaced"], True)
        version.predecessions.exclude(older__in=chosen).delete()
        for older, partial in chosen.items():
            Succession.objects.update_or_create(older=older, newer=version, defaults={"partial": partial})


def _free_slug(instrument: Instrument, day: date | None) -> str:
    """law-fire-2026, and law-fire-2026-2 where that is taken."""
    stem = f"{instrument.slug[:48]}-{day.year if day else 'undated'}"
    taken = set(InstrumentVersion.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)
