"""The form of a question with its pictures."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from question_bank.images import MAX_IMAGES, BadImage, is_kept, keep_image
from question_bank.questions.forms import QuestionForm


class _Pictures(forms.ClearableFileInput):
    allow_multiple_selected = True


class _Files(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Each file of several; whether it is a picture is judged where it is kept."""
        return list(data or [])


class IllustratedQuestionForm(QuestionForm):
    """With pictures under the stem. One that was uploaded stays when the rest is refused."""

    pictures = _Files(
        label="添加配图",
        required=False,
        widget=_Pictures(attrs={"accept": "image/*"}),
        help_text=f"显示在题干下面，最多 {MAX_IMAGES} 张；会转存为 PNG，去掉拍摄地点等信息。",
    )

    def clean(self) -> dict[str, Any]:
        self._images = self._kept() + self._uploaded()
        if len(self._images) > MAX_IMAGES:
            self.add_error(
                "pictures", f"一道题最多 {MAX_IMAGES} 张配图，现有 {len(self._images)} 张，请取消几张。"
            )
        return super().clean()

    @property
    def images(self) -> tuple[str, ...]:
        return getattr(self, "_images", super().images)

    @property
    def shown_images(self) -> list[tuple[str, int | None]]:
        """Each picture with its place in the saved question; None when it is not saved yet."""
        saved = {name: place for place, name in enumerate(super().images)}
        return [(name, saved.get(name)) for name in self.images]

    def _kept(self) -> tuple[str, ...]:
        named = self.data.getlist("kept") if hasattr(self.data, "getlist") else self.data.get("kept", [])
        return tuple(name for name in dict.fromkeys(named) if is_kept(name))

    def _uploaded(self) -> tuple[str, ...]:
        try:
            return tuple(
                keep_image(file, name=file.name)
                for file in self.cleaned_data.get("pictures", [])[: MAX_IMAGES + 1]
            )
        except BadImage as problem:
            self.add_error("pictures", str(problem))
            return ()
