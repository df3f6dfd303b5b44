from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from media_pipeline.captions.cue import Cue, cues_from_json
from media_pipeline.models.video import Video


class CaptionsQuerySet(models.QuerySet["Captions"]):
    def newest(self) -> "CaptionsQuerySet":
        """The captions in force: of each video the version with the highest number."""
        later = self.model.objects.filter(
            video=models.OuterRef("video"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(later))


class Captions(models.Model):
    """One version of a video's captions. Saving makes the next one; none is changed or lost."""

    class Origin(models.TextChoices):
        HEARD = "heard", "语音识别"
        UPLOADED = "uploaded", "上传"
        EDITED = "edited", "编辑"
        RESTORED = "restored", "恢复"

    video = models.ForeignKey(Video, models.CASCADE, related_name="captions", verbose_name="视频")
    number = models.PositiveIntegerField("版本号")
    rows = models.JSONField("字幕", help_text="[[起, 止, 文字]]，秒")
    origin = models.CharField("来源", max_length=10, choices=Origin)
    note = models.CharField("说明", max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="保存人",
    )
    created_at = models.DateTimeField("保存时间")

    objects = CaptionsQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "字幕"
        ordering = ["video", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["video", "number"], name="captions_number_once_per_video"),
            models.CheckConstraint(
                condition=Q(origin="heard", created_by__isnull=True)
                | (~Q(origin="heard") & Q(created_by__isnull=False)),
                name="captions_of_a_person_name_them",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.video} 第 {self.number} 版字幕"

    @cached_property
    def cues(self) -> list[Cue]:
        return cues_from_json(self.rows)
