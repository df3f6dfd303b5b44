from typing import Any

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand
from wagtail.models import Revision

from cms.models import Course


class Command(WagtailCommand):
    """Wagtail's command, which stops at the first refusal: revisions nobody approved are taken off first."""

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            refuse_unapproved()
        super().handle(*args, **options)


def refuse_unapproved() -> None:
    """Unschedule due revisions of courses that no release froze, and log each."""
    due = Revision.objects.filter(
        base_content_type=Course.get_base_content_type(), approved_go_live_at__lt=timezone.now()
    )
    for revision in due:
        course = revision.content_object
        if not course.releases.filter(revision=revision).exists():
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            log(course, "cms.publish_refused", revision=revision)
