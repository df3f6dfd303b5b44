"""People are told of a deadline once per step, on the site and by mail, whatever was killed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from catalog.reminding import Step
from cms.law.sweep import sweep
from cms.models import OutgoingMail, Reminder, ReminderRecipient, UpdateNotice
from cms.reminding import mails
from cms.reminding.reminders import remind, told_to
from cms.selections import select_release
from tests import makers

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def address(person):
    person.email = f"{person.username}@example.com"
    person.save()
    return person


@pytest.fixture
def admin():
    return address(makers.make_user(Role.ADMIN))


def run_days(days):
    """The daily sweep on these days, counted from today; three times on each, as beat may ring."""
    for day in days:
        for _ in range(3):
            remind(TODAY + timedelta(days=day))


def steps():
    return [Step(step) for step in Reminder.objects.order_by("pk").values_list("step", flat=True)]


def test_each_step_is_told_once_though_the_sweep_runs_every_hour(admin):
    makers.make_due_release(days_left=31)
    run_days(range(45))
    assert steps() == list(Step)
    assert OutgoingMail.objects.filter(recipient=admin).count() == len(Step)


def test_after_ninety_days_of_standstill_a_notice_opens_and_reminds_once(admin):
    old, _ = makers.make_versions(effective=TODAY)
    makers.make_released_course(cites=(old,))
    for _ in range(3):
        sweep(TODAY + timedelta(days=90))
    assert UpdateNotice.objects.count() == 1
    assert steps() == [Step.ESCALATED]
    assert OutgoingMail.objects.count() == 1


def test_the_author_the_reviewer_who_released_it_and_every_admin_are_told(admin):
    author = makers.make_user(Role.AUTHOR)
    release = makers.make_due_release(days_left=5, by=author)
    makers.make_user(Role.AUTHOR, institution=author.institution)
    makers.make_user(Role.REVIEWER)
    remind(TODAY)
    told = set(Reminder.objects.get().people.all())
    assert told == {author, release.approved_by, admin}


def test_whoever_left_is_replaced_by_all_of_their_kind(admin):
    author = makers.make_user(Role.AUTHOR)
    release = makers.make_due_release(days_left=5, by=author)
    heir = makers.make_user(Role.AUTHOR, institution=author.institution)
    reviewer = makers.make_user(Role.REVIEWER)
    for person in (author, release.approved_by):
        person.is_active = False
        person.save()
    remind(TODAY)
    assert set(Reminder.objects.get().people.all()) == {heir, reviewer, admin}


def test_a_week_overdue_those_who_chose_the_course_are_told_too():
    school = makers.make_user(Role.INSTITUTION)
    select_release(makers.make_due_release(days_left=-6), by=school)
    remind(TODAY)
    assert not told_to(school).exists()
    remind(TODAY + timedelta(days=1))
    assert told_to(school).count() == 1


def test_a_course_taken_down_reminds_nobody():
    makers.make_due_release(days_left=5)
    UpdateNotice.objects.get().course.releases.update(
        withdrawn_at=timezone.now(), withdrawn_by=makers.make_user(Role.ADMIN)
    )
    assert remind(TODAY) == 0


def test_one_mail_names_all_that_a_person_is_told_the_overdue_first(admin):
    makers.make_due_release(days_left=5, title="五天")
    makers.make_due_release(days_left=-2, title="迟了")
    remind(TODAY)
    assert mails.send_waiting(timezone.now()) == 1
    [sent] = mail.outbox
    assert sent.subject == "安课：2 条课程更新期限提醒，其中 1 条已逾期"
    assert sent.body.index("《迟了》已逾期 2 天") < sent.body.index("《五天》还剩 5 天")
    assert reverse("site:reminders") in sent.body


def test_a_kill_before_the_reminders_are_all_written_leaves_none(admin, monkeypatch):
    makers.make_due_release(days_left=5)
    monkeypatch.setattr("cms.reminding.reminders.reminder_mail", killed)
    with pytest.raises(KeyboardInterrupt):
        remind(TODAY)
    monkeypatch.undo()
    assert not Reminder.objects.exists()
    assert remind(TODAY) == 1
    assert (ReminderRecipient.objects.count(), OutgoingMail.objects.count()) == (3, 1)


def test_a_kill_between_writing_and_sending_sends_later_and_only_once(admin):
    makers.make_due_release(days_left=5)
    remind(TODAY)  # here the machine stops
    now = timezone.now()
    assert [mails.send_waiting(now + timedelta(days=day)) for day in (1, 2, 3)] == [1, 0, 0]
    assert len(mail.outbox) == 1


def test_a_kill_while_sending_errs_on_the_side_of_a_second_mail_of_the_same_id(admin, monkeypatch):
    makers.make_due_release(days_left=5)
    remind(TODAY)
    send = EmailMessage.send

    def send_and_be_killed(message):
        send(message)
        raise KeyboardInterrupt

    now = timezone.now()
    monkeypatch.setattr(EmailMessage, "send", send_and_be_killed)
    with pytest.raises(KeyboardInterrupt):
        mails.send_waiting(now)
    monkeypatch.undo()
    assert mails.send_waiting(now + timedelta(minutes=1)) == 0  # the claim still stands
    assert mails.send_waiting(now + timedelta(hours=1)) == 1
    first, second = mail.outbox
    assert first.message()["Message-ID"] == second.message()["Message-ID"]


def test_a_mail_server_that_refuses_is_asked_again_later_and_later_and_given_up_in_the_end(
    admin, monkeypatch, caplog
):
    makers.make_due_release(days_left=5)
    remind(TODAY)
    monkeypatch.setattr(EmailMessage, "send", refused)
    now = timezone.now()
    for hour in range(24 * 10):
        mails.send_waiting(now + timedelta(hours=hour))
    waiting = OutgoingMail.objects.get()
    assert (waiting.attempts, waiting.error, mails.failed().get()) == (8, "550 no such user", waiting)
    monkeypatch.undo()
    assert told_to(admin).count() == 1


def bell(count):
    """The menu entry as the sidebar's JSON spells it."""
    return f"期限提醒（{count}）".encode("unicode_escape").decode()


def killed(*args):
    raise KeyboardInterrupt


def refused(message):
    raise OSError("550 no such user")


def test_the_home_shows_what_is_due_first_of_all_and_the_bell_counts_until_read(client):
    author = makers.make_user(Role.AUTHOR)
    makers.make_due_release(days_left=-2, by=author, title="迟了")
    run_days([-10, -3, 0])
    client.force_login(author)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 条期限提醒，其中 1 条已逾期" in home
    assert bell(1) in home
    page = client.get(reverse("cms:reminders")).content.decode()
    assert page.count("<strong>迟了</strong>") == 1
    assert client.get(reverse("site:reminders")).url == reverse("cms:reminders")
    client.post(reverse("site:read_reminders"))
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert bell(1) not in home
    assert "1 条期限提醒" in home


def test_nobody_reads_what_others_were_told(client):
    makers.make_due_release(days_left=-2, title="别人的")
    remind(TODAY)
    for role in (Role.AUTHOR, Role.INSTITUTION):
        client.force_login(makers.make_user(role))
        assert "别人的" not in client.get(reverse("site:reminders"), follow=True).content.decode()


def test_an_institution_reads_its_reminders_on_its_own_pages(client):
    school = makers.make_user(Role.INSTITUTION)
    select_release(makers.make_due_release(days_left=-8, title="选过的"), by=school)
    remind(TODAY)
    client.force_login(school)
    assert "1 门选用的课程逾期未更新" in client.get(reverse("site:my_courses")).content.decode()
    assert "选过的" in client.get(reverse("site:reminders")).content.decode()


def test_without_reminders_the_page_says_what_it_is_for(client):
    client.force_login(makers.make_user(Role.ADMIN))
    page = client.get(reverse("cms:reminders")).content.decode()
    assert "在截止日前 30、14、7、1 天和逾期后" in page


def test_the_list_and_the_sweep_cost_the_same_at_one_and_three(client, django_assert_max_num_queries):
    admin = makers.make_user(Role.ADMIN)
    client.force_login(admin)

    def queries():
        Reminder.objects.all().delete()
        with django_assert_max_num_queries(80) as captured:
            remind(TODAY)
            client.get(reverse("cms:reminders"))
        return len(captured)

    makers.make_due_release(days_left=5)
    queries()
    few = queries()
    for days_left in (-5, 12):
        makers.make_due_release(days_left=days_left)
    assert queries() == few
