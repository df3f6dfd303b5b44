from django.db import models
from django.utils import timezone

from catalog.reminding import Step


class Reminder(models.Model):
    """A notice came to a step of its deadline; once per step, whoever was told then."""

    notice = models.ForeignKey("cms.UpdateNotice", models.CASCADE, related_name="reminders")
    step = models.SmallIntegerField("提醒", choices=[(step.value, step.label) for step in Step])
    at = models.DateTimeField("提醒时间", default=timezone.now)
    people = models.ManyToManyField("accounts.User", through="ReminderRecipient", related_name="reminders")

    class Meta:
        verbose_name = verbose_name_plural = "期限提醒"
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["notice", "step"], name="reminded_once_per_step")]

    def __str__(self) -> str:
        return f"{self.notice}：{self.get_step_display()}"


class ReminderRecipient(models.Model):
    """One person told by a reminder: on the site at once, by `mail` where they have an address."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="recipients")
    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="told")
    mail = models.ForeignKey("cms.OutgoingMail", models.SET_NULL, null=True, blank=True, related_name="tells")
    seen_at = models.DateTimeField("看过时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "提醒对象"
        constraints = [models.UniqueConstraint(fields=["reminder", "person"], name="told_once_per_reminder")]

    def __str__(self) -> str:
        return f"{self.person}：{self.reminder}"
