"""The form of an outline: its points as one text, one a line, or from a file."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from catalog.models import OutlinePoint, TrainingOutline
from catalog.outlines.point_lists import BadPoints, points_of
from catalog.texts import UnreadableText, text_of

MAX_FILE = 5 * 1024**2


class OutlineForm(WagtailAdminModelForm):
    points_text = forms.CharField(
        label="知识点",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="一行一个，可以从 Word 或 Excel 里整列粘贴；前面的编号会去掉。题目的知识点要用同样的名称。",
    )
    points_file = forms.FileField(
        label="从文件读入知识点",
        required=False,
        help_text="Word（docx）、文本或 csv 文件，一行一个；接在上面的后面，请核对后保存。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            names = self.instance.points.values_list("name", flat=True)
            self.fields["points_text"].initial = "\n".join(names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        try:
            text = f"{cleaned.get('points_text', '')}\n{_text(cleaned.get('points_file'))}"
            self.points = points_of(text)
        except (BadPoints, UnreadableText) as refusal:
            self.add_error("points_text", str(refusal))
        return cleaned

    def save(self, commit: bool = True) -> TrainingOutline:
        rows = [OutlinePoint(name=name, sort_order=order) for order, name in enumerate(self.points)]
        self.instance.points.set(rows)
        return super().save(commit)


def _text(file: Any) -> str:
    """The lines of an uploaded file; of a csv the first column, as of a pasted table."""
    if file is None:
        return ""
    if file.size > MAX_FILE:
        raise BadPoints(f"文件有 {file.size / 1024**2:.1f} MB，最多 {MAX_FILE // 1024**2} MB，请只留知识点。")
    text = text_of(file.read(), name=file.name)
    return text.replace(",", "\t") if file.name.lower().endswith(".csv") else text
