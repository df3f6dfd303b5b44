"""The form of a version: its dates, who verified it, its sources, and what it replaces."""

from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from catalog.models import InstrumentVersion, Succession
from catalog.models.version import Verified


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
    )
    partly_replaced = forms.ModelMultipleChoiceField(
        InstrumentVersion.objects.none(), label="部分代替哪些旧版本", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = InstrumentVersion.objects.exclude(pk=self.instance.pk).order_by("title", "number")
        for name, partial in (("replaced", False), ("partly_replaced", True)):
            self.fields[name].queryset = others
            if self.instance.pk:
                rows = self.instance.predecessions.filter(partial=partial)
                self.initial[name] = list(rows.values_list("older", flat=True))
        self.initial["source_lines"] = "\n".join(self.instance.source)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        both = set(data.get("replaced", ())) & set(data.get("partly_replaced", ()))
        if both:
            self.add_error("partly_replaced", "同一个旧版本只能选一边：全部代替或者部分代替。")
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
