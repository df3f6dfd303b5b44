"""What is due when, and how the pile of open notices grew and shrank; counted by the database."""

from collections import Counter
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from cms.models import UpdateNotice
from cms.pictures.burn_down import BurnDown, burn_down
from cms.pictures.month_sheets import Sheet, sheets

MONTHS = 6


def month_sheets(notices: QuerySet[UpdateNotice], *, first: date, today: date) -> list[Sheet]:
    """The months from `first` on with the number of open notices due on each day: one query."""
    span = (first, first + timedelta(days=31 * MONTHS))
    due = notices.open().filter(due__range=span).values_list("due").annotate(Count("pk")).order_by()
    return sheets(dict(due), first=first, months=MONTHS, today=today)


def burn_down_of(notices: QuerySet[UpdateNotice], *, today: date) -> BurnDown:
    """Open and overdue notices over the last half year: two queries, however many there are."""
    opened = notices.annotate(day=TruncDate("opened_at")).values_list("day").annotate(Count("pk")).order_by()
    by_day = notices.annotate(began=TruncDate("opened_at"), day=TruncDate("closed_at"))
    by_day = by_day.values_list("due", "began", "day").annotate(n=Count("pk"))
    closed, late_from, late_until = Counter(), Counter(), Counter()
    for due, began, day, count in by_day.order_by():
        if day:
            closed[day] += count
        if due:
            late = max(due + timedelta(days=1), began)  # a notice opened late is late from then on
            late_from[late] += count
            if day:
                late_until[max(late, day)] += count
    return burn_down(
        opened=opened,
        closed=closed.items(),
        late_from=late_from.items(),
        late_until=late_until.items(),
        today=today,
    )
