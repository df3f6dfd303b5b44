"""The form of an instructor: a photo is looked into, and kept under a name of our own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.admin.forms import WagtailAdminModelForm

from cms.instructor_export import MAX_PHOTO, check_photo


class InstructorForm(WagtailAdminModelForm):
    def clean_photo(self) -> Any:
        photo = self.cleaned_data.get("photo")
        if not isinstance(photo, UploadedFile):
            return photo
        if photo.size > MAX_PHOTO:
            found = f"照片有 {photo.size / 1024**2:.1f} MB"
            raise ValidationError(f"{found}，最多 {MAX_PHOTO // 1024**2} MB，请缩小后再传。")
        photo.name = f"photo.{check_photo(photo)}"
        return photo
