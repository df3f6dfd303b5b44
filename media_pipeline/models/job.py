import uuid

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """Work outside the request. This row is the truth; a message in the broker only says that it is there.

    `key` names what is worked on, so that the same work is never queued twice: the sha256 of the
    file. A running job belongs to the holder of `lease_token` until `lease_until`. A waiting job belongs to
    nobody: other jobs do its pieces, and the last of them queues it again.
    """

    class Kind(models.TextChoices):
        INSPECT = "inspect", "检查"
        MEASURE = "measure", "分段测量"
        REJUDGE = "rejudge", "判定"
        RENDER = "render", "转码"
        TRANSCRIBE = "transcribe", "转写"

    class State(models.TextChoices):
        QUEUED = "queued", "排队中"
        RUNNING = "running", "进行中"
        WAITING = "waiting", "等待各段"
        SUCCEEDED = "succeeded", "已完成"
        FAILED = "failed", "未完成"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("种类", max_length=20, choices=Kind)
    key = models.CharField("对象", max_length=100)
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    progress = models.FloatField("进度", default=0.0)
    stage = models.CharField("步骤", max_length=50, blank=True)
    error = models.CharField("原因", max_length=300, blank=True, help_text="给人看的一句话")
    detail = models.TextField("原始信息", blank=True)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    rung_at = models.DateTimeField("最近通知", help_text="最近一次通知工作进程的时间")
    created_at = models.DateTimeField("提交时间")
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        indexes = [models.Index(fields=["state", "lease_until"]), models.Index(fields=["state", "rung_at"])]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="job_once_per_kind_and_key"),
            models.CheckConstraint(condition=Q(progress__range=(0, 1)), name="job_progress_is_a_share"),
            models.CheckConstraint(
                condition=Q(state="running", lease_token__isnull=False, lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_token__isnull=True, lease_until__isnull=True)),
                name="job_runs_only_under_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["succeeded", "failed"], finished_at__isnull=False)
                | (Q(state__in=["queued", "running", "waiting"], finished_at__isnull=True)),
                name="job_ended_has_its_time",
            ),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(error="")) | (~Q(state="failed") & Q(error="")),
                name="job_failed_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key[:12]}"

    @property
    def again(self) -> str:
        """The word on the button that tries once more."""
        return f"重新{self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING, self.State.WAITING)
