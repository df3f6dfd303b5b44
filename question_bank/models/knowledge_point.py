from django.db import models

from catalog.models import OperationItem


class KnowledgePoint(models.Model):
    """A point of an item's outline that questions are written to (附件3第32项：教学知识点)."""

    item = models.ForeignKey(
        OperationItem, models.PROTECT, related_name="knowledge_points", verbose_name="操作项目"
    )
    name = models.CharField("知识点", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "知识点"
        ordering = ["item", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "name"],
                name="knowledge_point_once_per_item",
                violation_error_message="该操作项目下已有同名知识点，请直接选用。",
            )
        ]

    def __str__(self) -> str:
        return self.name
