from typing import NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q

from media_pipeline.limits.thresholds import LONGEST_NAME, Profile


class ProfileIsFrozen(Exception):
    """Somebody tried to change or delete a set of limits that findings may rest on."""


class AppendOnly(models.Model):
    """A row that says what was done once, and is never changed."""

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise ProfileIsFrozen("阈值的历史版本不能修改，请另存为新版本。")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise ProfileIsFrozen("阈值的历史版本不能删除：检查结果以它为准。")


class ThresholdProfile(AppendOnly):
    """One version of a named set of limits. The built-in set has no row: it is `DEFAULT_PROFILE`."""

    name = models.CharField("名称", max_length=LONGEST_NAME)
    version = models.PositiveIntegerField("版本")
    limits = models.JSONField("阈值")
    sources = models.JSONField("来源", default=dict, help_text="与内置来源不同的")
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="successors", verbose_name="改自（空为内置）"
    )
    why = models.CharField("修改原因", max_length=300)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="threshold_profiles", verbose_name="修改人"
    )
    created_at = models.DateTimeField("修改时间")

    class Meta:
        verbose_name = verbose_name_plural = "检查阈值"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="profile_version_once_per_name"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(name=""), name="profile_says_why"),
        ]

    def __str__(self) -> str:
        return self.profile.label

    @property
    def profile(self) -> Profile:
        return Profile.of(self.name, str(self.version), self.limits)


class ProfileActivation(AppendOnly):
    """From here on videos are judged by `profile`, or by the built-in one; the newest row counts."""

    profile = models.ForeignKey(
        ThresholdProfile, models.PROTECT, null=True, related_name="activations", verbose_name="检查阈值"
    )
    why = models.CharField("启用原因", max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="profile_activations", verbose_name="启用人"
    )
    at = models.DateTimeField("启用时间")

    class Meta:
        verbose_name = verbose_name_plural = "阈值启用记录"
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="activation_says_why")]

    def __str__(self) -> str:
        return f"{self.profile or '内置阈值'}（{self.at:%Y-%m-%d}）"
