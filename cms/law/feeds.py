"""Due dates in everybody's own calendar, at an address only they know (RFC 5545)."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Alarm, Calendar, Event

from accounts.models import User
from accounts.roles import Role
from cms.models import CalendarFeed, Course, CourseRelease, UpdateNotice

NAMED = 20  # courses named in one entry
ALARM = timedelta(days=7)
HORIZON = timedelta(days=366)  # what was due longer ago is on the board only


def new_feed(person: User) -> str:
    """Give `person` a new secret address and return the secret; the one before is worthless from now on."""
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(person=person, defaults={"secret_sha256": _hash(secret)})
    return secret


def end_feed(person: User) -> None:
    CalendarFeed.objects.filter(person=person).delete()


def has_feed(person: User) -> bool:
    return CalendarFeed.objects.filter(person=person).exists()


def person_of(secret: str) -> User | None:
    """Whose address this is; None for a wrong or ended one and for people who left."""
    feed = CalendarFeed.objects.select_related("person").filter(secret_sha256=_hash(secret)).first()
    return feed.person if feed and feed.person.is_active else None


def calendar_of(person: User, *, now: datetime, today: date) -> bytes:
    """One all-day entry per due date and new text, with the courses it makes due: two queries."""
    calendar = Calendar()
    calendar.add("prodid", "-//Anke//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "安课更新期限")
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    for notices in _grouped(_notices_for(person, today)):
        calendar.add_component(_event(notices, now))
    return calendar.to_ical()


def _notices_for(person: User, today: date) -> Iterable[UpdateNotice]:
    open_ones = UpdateNotice.objects.open().filter(due__gte=today - HORIZON)
    mine = open_ones.filter(course__in=Course.objects.visible_to(person))
    if person.has_role(Role.INSTITUTION) and not person.has_role(Role.AUTHOR, Role.REVIEWER, Role.ADMIN):
        chosen = CourseRelease.objects.filter(selections__institution=person.institution_id)
        mine = open_ones.filter(course__in=chosen.values("course"))
    return mine.select_related("course", "version").order_by("due", "version", "pk")


def _grouped(notices: Iterable[UpdateNotice]) -> list[list[UpdateNotice]]:
    groups = defaultdict(list)
    for notice in notices:
        groups[notice.due, notice.version_id].append(notice)
    return list(groups.values())


def _event(notices: list[UpdateNotice], now: datetime) -> Event:
    first, event = notices[0], Event()
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    event.add("uid", f"{first.version.slug}-{first.due.isoformat()}@{host}")
    event.add("dtstamp", now)
    event.add("dtstart", first.due)
    event.add("dtend", first.due + timedelta(days=1))
    event.add("summary", f"{len(notices)} 门课程更新截止：{first.version}")
    event.add("description", _description(notices))
    event.add("url", settings.WAGTAILADMIN_BASE_URL + reverse("site:reminders"))
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm())
    return event


def _description(notices: list[UpdateNotice]) -> str:
    names = [f"《{notice.course.title}》" for notice in notices[:NAMED]]
    more = [f"另有 {len(notices) - NAMED} 门"] if len(notices) > NAMED else []
    return "\n".join([f"最晚当天 24 时（北京时间）更新：{notices[0].reason}", *names, *more])


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "课程更新期限将到")
    alarm.add("trigger", -ALARM)
    return alarm


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
