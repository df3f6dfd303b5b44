from django.db import models


class TrainingKind(models.TextChoices):
    NEW = "new", "新取证"
    RENEWAL = "renewal", "复审或换证"


class OperationItem(models.Model):
    """What a person is trained for. The slug is the key; a printed code such as 5.3-1 is only a label."""

    slug = models.SlugField("标识", max_length=60, primary_key=True)
    name = models.CharField("操作项目", max_length=300)
    name_en = models.CharField("英文名", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "操作项目"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class CatalogEdition(models.Model):
    """One issue of the list of what must be taught; `valid_to` is its last day."""

    slug = models.SlugField("标识", max_length=60, unique=True)
    title = models.CharField("名称", max_length=200)
    valid_from = models.DateField("启用日期")
    valid_to = models.DateField("停用日期", null=True, blank=True)
    source = models.CharField("来源", max_length=300)
    items = models.ManyToManyField(OperationItem, through="EditionRow", related_name="editions")

    class Meta:
        verbose_name = verbose_name_plural = "目录版本"
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="edition_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.title


class EditionRow(models.Model):
    """One printed row of an edition: how it names an item, and which kinds of training it asks for."""

    edition = models.ForeignKey(CatalogEdition, models.CASCADE, related_name="rows", verbose_name="目录版本")
    item = models.ForeignKey(OperationItem, models.PROTECT, related_name="rows", verbose_name="操作项目")
    qualification_type = models.CharField("资格类型", max_length=100)
    category = models.CharField("作业类别", max_length=100)
    code = models.CharField("编号", max_length=20, blank=True)
    name = models.CharField("操作项目", max_length=300)
    order = models.PositiveSmallIntegerField("顺序")
    applies_new = models.BooleanField("新取证")
    applies_renewal = models.BooleanField("复审或换证")

    class Meta:
        verbose_name = verbose_name_plural = "目录条目"
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "item"], name="item_once_per_edition"),
            models.UniqueConstraint(fields=["edition", "order"], name="order_once_per_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()

    @property
    def kinds(self) -> list[TrainingKind]:
        """The kinds of training this row asks for, as printed from left to right."""
        asked = {TrainingKind.NEW: self.applies_new, TrainingKind.RENEWAL: self.applies_renewal}
        return [kind for kind, applies in asked.items() if applies]
