from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from catalog.models.edition import EditionRow


class RowSuccession(models.Model):
    """A row of a newer edition stands for a row of an older one; entered by an admin, never guessed.

    One old row may be split over several new ones, several may be merged into one.
    """

    older = models.ForeignKey(
        EditionRow, models.CASCADE, related_name="followed_by", verbose_name="旧目录的条目"
    )
    newer = models.ForeignKey(EditionRow, models.CASCADE, related_name="follows", verbose_name="新目录的条目")
    note = models.CharField("依据和说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "新旧目录对照"
        ordering = ["older__edition", "older__order", "newer__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["older", "newer"],
                name="row_mapped_once",
                violation_error_message="这两个条目已经对照过了。",
            ),
            models.CheckConstraint(condition=~Q(older=F("newer")), name="no_row_follows_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.older} → {self.newer}"

    def clean(self) -> None:
        if self.older_id and self.newer_id and not self._leads_forward():
            raise ValidationError("新条目应当属于启用更晚的目录版本，请核对两个条目。")

    def _leads_forward(self) -> bool:
        return self.older.edition.valid_from < self.newer.edition.valid_from
