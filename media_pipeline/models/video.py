import uuid

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.functional import cached_property

from accounts.models import Institution, User
from accounts.roles import Role
from media_pipeline.models.finding import Finding
from media_pipeline.models.job import Job
from media_pipeline.models.measurement import Measurement
from media_pipeline.receiving import storage


class VideoQuerySet(models.QuerySet["Video"]):
    def visible_to(self, user: User) -> "VideoQuerySet":
        """Reviewers and admins see all, authors what their institution uploaded, others nothing."""
        if user.is_authenticated and user.has_role(Role.REVIEWER, Role.ADMIN):
            return self.all()
        if user.is_authenticated and user.has_role(Role.AUTHOR) and user.institution_id:
            return self.filter(institution=user.institution_id)
        return self.none()

    def occupying_disk(self) -> "VideoQuerySet":
        """Complete ones and those on their way; refused uploads hold no bytes."""
        return self.filter(upload__error="")

    def awaiting_inspection(self) -> "VideoQuerySet":
        return self.filter(job__state__in=[Job.State.QUEUED, Job.State.RUNNING, Job.State.WAITING])

    def with_inspection(self) -> "VideoQuerySet":
        """With all that state, measurement, verdict and findings read: three queries whatever the rows."""
        measurements = Measurement.objects.defer("facts").prefetch_related("findings")
        return self.select_related("upload", "job").prefetch_related(
            Prefetch("job__measurements", queryset=measurements)
        )


class Video(models.Model):
    """One uploaded file. What is known of its bytes hangs on the job that inspects them.

    Two uploads of the same bytes share that job, so they are measured once.
    """

    class State(models.TextChoices):
        UPLOADING = "uploading", "上传中"
        RECEIVED = "received", "已全部收到"
        REFUSED = "refused", "未接收"
        INSPECTING = "inspecting", "检查中"
        INSPECTED = "inspected", "已检查"
        FAILED = "failed", "检查未完成"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="videos", verbose_name="机构")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="videos", verbose_name="上传人"
    )
    original_name = models.CharField("文件名", max_length=255)
    size = models.BigIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, db_index=True)
    file = models.FileField("文件", blank=True)
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="videos", verbose_name="检查任务"
    )
    created_at = models.DateTimeField("开始上传")
    completed_at = models.DateTimeField("上传完成", null=True, blank=True)

    objects = VideoQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "视频"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="video_is_not_empty"),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True, sha256="", file="", job__isnull=True)
                | (Q(completed_at__isnull=False, job__isnull=False) & ~Q(sha256="") & ~Q(file="")),
                name="video_complete_has_bytes_hash_and_job",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def state(self) -> "Video.State":
        if self.job is None:
            return self.State.REFUSED if self.upload.error else self._arriving
        if self.job.is_open:
            return self.State.INSPECTING
        return self.State.FAILED if self.job.state == Job.State.FAILED else self.State.INSPECTED

    @property
    def _arriving(self) -> "Video.State":
        """All of it may be here and wait for the storage."""
        is_whole = storage.received_bytes(self.pk) == self.upload.length
        return self.State.RECEIVED if is_whole else self.State.UPLOADING

    @property
    def error(self) -> str:
        """The sentence that says why there is no result; empty when all goes well."""
        return self.job.error if self.job else self.upload.error

    @cached_property
    def measurement(self) -> Measurement | None:
        """The newest measurement of these bytes."""
        if self.job is None:
            return None
        return max(self.job.measurements.all(), key=lambda each: (each.created_at, each.pk), default=None)

    @property
    def duration_s(self) -> float | None:
        return self.measurement.duration_s if self.measurement else None

    @property
    def verdict(self) -> str:
        """`pass`, `warn` or `fail`; empty while nothing was measured."""
        return self.measurement.verdict if self.measurement else ""

    @property
    def findings(self) -> list[Finding]:
        """The findings under the profile that was applied last, in the order of the checks."""
        measured = self.measurement
        if measured is None:
            return []
        return [finding for finding in measured.findings.all() if finding.profile == measured.profile]

    def status(self) -> dict[str, str | float | None]:
        """For a page that polls: state with its word, progress 0..1, stage, error, verdict, seconds."""
        return {
            "id": str(self.pk),
            "state": self.state,
            "label": self.state.label,
            "progress": self.job.progress if self.job else None,
            "stage": self.job.stage if self.job else "",
            "error": self.error,
            "verdict": self.verdict,
            "duration_s": self.duration_s,
        }
