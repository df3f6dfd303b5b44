"""What the day asks of the law: notices, reminders, withholding; and licences. Safe to repeat."""

from datetime import date

from cms.law.notices import open_notices
from cms.law.policy import apply_policy
from cms.reminding.reminders import remind
from cms.reminding.rights import remind_of_rights


def sweep(today: date) -> None:
    """Each step looks into the database for what is missing, so a missed day is made up for by the next."""
    open_notices(today)
    remind(today)
    remind_of_rights(today)
    apply_policy(today)
