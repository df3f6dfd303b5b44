from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Institution, User
from accounts.roles import Role
from catalog.models import OperationItem
from question_bank.models.content import QuestionContent
from question_bank.models.question import Question


class BatchState(models.TextChoices):
    WAITING = "waiting", "排队中"
    READING = "reading", "读取中"
    MAPPING = "mapping", "待指定各列"
    REVIEW = "review", "待核对"
    UNREADABLE = "unreadable", "读不了"
    SAVED = "saved", "已保存"
    DISCARDED = "discarded", "已放弃"


class Outcome(models.TextChoices):
    """What becomes of a question of a file; accepted are the first three. Order: doubts first."""

    DOUBTFUL = "1_doubtful", "存疑"
    UPDATE = "2_update", "更新"
    FINE = "3_fine", "无疑问"
    REFUSED = "4_refused", "不收"
    DUPLICATE = "5_duplicate", "重复"


ACCEPTED = (Outcome.DOUBTFUL, Outcome.UPDATE, Outcome.FINE)


class BatchQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "BatchQuerySet":
        """An author sees the imports of their institution, an admin all; nobody else imports."""
        if user.has_role(Role.ADMIN):
            return self.all()
        return self.filter(institution=user.institution_id) if user.has_role(Role.AUTHOR) else self.none()


class ImportBatch(models.Model):
    """A bank file somebody handed in, kept with everything decided about it until it is saved or given up."""

    item = models.ForeignKey(OperationItem, models.PROTECT, related_name="+", verbose_name="操作项目")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="import_batches", verbose_name="所属机构"
    )
    name = models.CharField("文件名", max_length=255)
    bank = models.CharField("题库", max_length=255, help_text="同名的文件再次导入时，改动成为新版本")
    file = models.CharField("文件", max_length=200)
    sha256 = models.CharField("校验值", max_length=64)
    keys_name = models.CharField("答案文件名", max_length=255, blank=True)
    keys_file = models.CharField("答案文件", max_length=200, blank=True)
    hints = models.JSONField("读法", default=dict, blank=True)
    format = models.CharField("格式", max_length=20, blank=True)
    notes = models.JSONField("说明", default=list, blank=True)
    state = models.CharField("状态", max_length=12, choices=BatchState, default=BatchState.WAITING)
    error = models.CharField("原因", max_length=300, blank=True)
    found = models.PositiveIntegerField("找到", default=0)
    done = models.PositiveIntegerField("已检查", default=0)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人"
    )
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    saved_at = models.DateTimeField("保存时间", null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "导入批次"
        ordering = ["-id"]
        indexes = [models.Index(fields=["item", "institution", "bank"], name="import_bank")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=BatchState.READING, lease_token__isnull=False, lease_until__isnull=False)
                | (~Q(state=BatchState.READING) & Q(lease_token=None, lease_until=None)),
                name="an_import_is_read_under_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(state=BatchState.SAVED, saved_at__isnull=False)
                | (~Q(state=BatchState.SAVED) & Q(saved_at=None)),
                name="a_saved_import_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportRow(QuestionContent):
    """A question of a batch: its source, the question made of it, what is doubtful, what was decided."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows", verbose_name="导入批次")
    position = models.PositiveIntegerField("次序")
    where = models.CharField("位置", max_length=200)
    number = models.CharField("题号", max_length=50, blank=True)
    section = models.CharField("章节", max_length=300, blank=True)
    source = models.TextField("原文", blank=True)
    entry_type = models.CharField("原题型", max_length=20)
    origin = models.CharField("导出时的编号和版本", max_length=60, blank=True)
    print = models.CharField("原文指纹", max_length=32)
    knowledge_points = models.JSONField("知识点", default=list, blank=True)
    defects = models.JSONField("疑点", default=list, blank=True)
    codes = models.CharField("疑点代码", max_length=300, blank=True, help_text="|code|code|，按疑点筛选用")
    outcome = models.CharField("结果", max_length=12, choices=Outcome)
    decided = models.BooleanField("已由人决定", default=False)
    edited = models.BooleanField("已修改", default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="决定人",
    )
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="题库里的题"
    )

    class Meta:
        verbose_name = verbose_name_plural = "导入的题目"
        ordering = ["outcome", "position"]
        indexes = [models.Index(fields=["batch", "outcome", "position"], name="import_row_order")]
        constraints = [
            *QuestionContent.Meta.constraints,
            models.UniqueConstraint(fields=["batch", "position"], name="import_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.where}：{self.stem[:40]}"


class ColumnMapping(models.Model):
    """Which column holds what in tables with one heading row, as somebody of the institution said."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+", verbose_name="机构")
    fingerprint = models.CharField("表头指纹", max_length=32)
    columns = models.JSONField("各列", default=dict)
    updated_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "列对应"
        constraints = [
            models.UniqueConstraint(fields=["institution", "fingerprint"], name="column_mapping_once")
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.fingerprint[:8]}"


class PairState(models.TextChoices):
    OPEN = "open", "待处理"
    BOTH_RIGHT = "both_right", "两道都对"
    RETIRED = "retired", "已停用一道"


class QuestionPair(models.Model):
    """Two questions of a bank that are alike or contradict each other, and what a person said of them."""

    first = models.ForeignKey(Question, models.CASCADE, related_name="+", verbose_name="题目")
    second = models.ForeignKey(Question, models.CASCADE, related_name="+", verbose_name="另一道")
    kind = models.CharField("种类", max_length=14)
    score = models.PositiveSmallIntegerField("相似度")
    versions = models.CharField("版本", max_length=30, help_text="判断时两道题的版本；改过就重新判断")
    state = models.CharField("状态", max_length=12, choices=PairState, default=PairState.OPEN)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="处理人",
    )
    judged_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "相似题"
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_listed_once")]

    def __str__(self) -> str:
        return f"{self.first_id} / {self.second_id}"

    @property
    def sides(self) -> tuple[Question, Question]:
        return self.first, self.second
