"""People against the machine: a warning takes one reviewer, a failed check two, and never one's own work."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cms import drafts
from cms.models import Course, Overruling
from cms.reports import report_of
from cms.review import overrulings
from cms.review.facts import facts_of
from cms.review.gates import obstacles_of
from cms.review.manifests import manifest_of
from cms.review.overrulings import OverrulingRefused
from cms.review.queue import undecided_overrulings
from media_pipeline.models import Video
from tests.makers import make_course, make_institution, make_user, make_video

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def author():
    return make_user(Role.AUTHOR)


@pytest.fixture
def reviewers():
    return [make_user(Role.REVIEWER) for _ in range(2)]


@pytest.fixture
def video(author):
    """A lesson's video whose clarity fails."""
    return make_video(by=author, verdict="fail")


@pytest.fixture
def course(author, video):
    course = make_course(by=author)
    key = drafts.add_lesson(course.pk, title="触电急救", by=author)
    drafts.attach_video(course.pk, key, video=video, by=author)
    return Course.objects.get(pk=course.pk)


def failed(course) -> tuple[str, ...]:
    return facts_of(course.get_latest_revision_as_object()).lessons[0].failed_checks


def overruled(video, reviewers) -> Overruling:
    said = overrulings.overrule(video, "clarity", reason="示意图本来就简单。", by=reviewers[0], now=NOW)
    return overrulings.confirm(said.pk, by=reviewers[1], now=NOW)


def test_a_failed_check_is_settled_by_the_second_reviewer_and_not_before(course, video, reviewers):
    said = overrulings.overrule(video, "clarity", reason="示意图。", by=reviewers[0], now=NOW)
    assert (said.is_in_effect, failed(course)) == (False, ("清晰度",))
    overrulings.confirm(said.pk, by=reviewers[1], now=NOW)
    assert failed(course) == ()
    codes = {each.code for each in obstacles_of(course.get_latest_revision_as_object())}
    assert "video_fails" not in codes


def test_a_warning_is_settled_by_one_reviewer(author, reviewers):
    video = make_video(by=author, verdict="warn")
    said = overrulings.overrule(video, "clarity", reason="看过。", by=reviewers[0], now=NOW)
    report = report_of(Video.objects.with_inspection().get(pk=video.pk))
    assert said.is_in_effect
    assert ([row.check_id for row in report.settled], report.urgent) == (["clarity"], ())
    assert report.verdict.headline == "各项检查都合格"


def test_the_second_person_is_another(video, reviewers):
    said = overrulings.overrule(video, "clarity", reason="示意图。", by=reviewers[0], now=NOW)
    with pytest.raises(OverrulingRefused, match="第一位复核的是您自己"):
        overrulings.confirm(said.pk, by=reviewers[0], now=NOW)


def test_who_had_a_hand_in_the_course_does_not_overrule(author, course, video):
    both = make_user(Role.AUTHOR, Role.REVIEWER, institution=author.institution)
    drafts.add_lesson(course.pk, title="第二课", by=both)
    uploader = make_user(Role.AUTHOR, Role.REVIEWER)
    for person, their_video in ((both, video), (uploader, make_video(by=uploader, verdict="fail"))):
        with pytest.raises(OverrulingRefused, match="须由另一位审核员复核"):
            overrulings.overrule(their_video, "clarity", reason="没事。", by=person, now=NOW)


def test_an_author_asks_and_a_reviewer_finds_it_in_the_queue(author, video, reviewers):
    overrulings.ask(video, "clarity", why="有意的留白。", by=author, now=NOW)
    with pytest.raises(OverrulingRefused, match="已经在请求复核"):
        overrulings.ask(video, "clarity", why="再问一次。", by=author, now=NOW)
    (waiting,) = undecided_overrulings(reviewers[0])
    assert (waiting.asked_by, waiting.asked_why) == (author, "有意的留白。")
    overruled(video, reviewers)
    assert list(undecided_overrulings(make_user(Role.REVIEWER))) == []


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.ADMIN, Role.INSTITUTION])
def test_others_do_not_overrule(video, role):
    with pytest.raises(OverrulingRefused, match="只有审核员"):
        overrulings.overrule(video, "clarity", reason="没事。", by=make_user(role), now=NOW)


def test_what_is_taken_back_fails_again_and_stays_on_record(course, video, reviewers):
    said = overruled(video, reviewers)
    overrulings.close(said.pk, why="学员反映看不清。", by=reviewers[1], now=NOW)
    assert failed(course) == ("清晰度",)
    assert Overruling.objects.get().closed_why == "学员反映看不清。"


def test_a_word_about_other_numbers_is_void(course, video, reviewers):
    overruled(video, reviewers)
    video.job.measurements.get().findings.update(value=4.0)
    assert failed(course) == ("清晰度",)
    overrulings.ask(video, "clarity", why="新数值也不影响。", by=video.uploaded_by, now=NOW)
    assert Overruling.objects.open().get().value == 4.0


def test_the_release_freezes_whose_word_settled_a_check(course, video, reviewers):
    overruled(video, reviewers)
    (check,) = manifest_of(course.get_latest_revision_as_object())["lessons"][0]["video"]["checks"]
    said = check["overruled"]
    assert (check["verdict"], said["by"], said["confirmed_by"]) == ("fail", *map(str, reviewers))


def test_the_buttons_of_the_report_do_it(client, author, video, reviewers):
    page = reverse("cms:video_report", args=[video.pk])
    client.force_login(author)
    assert "请审核员复核" in client.get(page).text
    client.post(reverse("cms:ask_overruling", args=[video.pk]), {"check": "clarity", "why": "留白。"})
    assert "等待复核" in client.get(page).text
    client.force_login(reviewers[0])
    client.post(reverse("cms:overrule", args=[video.pk]), {"check": "clarity", "reason": "看过。"})
    assert "撤回我的意见" in client.get(page).text
    said = Overruling.objects.get()
    client.force_login(reviewers[1])
    assert "我也看过" in client.get(page).text
    client.post(reverse("cms:confirm_overruling", args=[said.pk]))
    said.refresh_from_db()
    assert said.is_in_effect
    assert "复核通过的 1 项" in client.get(page).text


def test_an_empty_reason_is_refused_in_words(client, video, reviewers):
    client.force_login(reviewers[0])
    given = {"check": "clarity", "reason": "  "}
    text = client.post(reverse("cms:overrule", args=[video.pk]), given, follow=True).text
    assert "请写明理由" in text
    assert not Overruling.objects.exists()


def test_for_an_author_of_another_institution_there_is_nothing_to_ask(client, video, reviewers):
    said = overruled(video, reviewers)
    client.force_login(make_user(Role.AUTHOR, institution=make_institution()))
    asked = client.post(reverse("cms:ask_overruling", args=[video.pk]), {"check": "clarity", "why": "x"})
    closed = client.post(reverse("cms:close_overruling", args=[said.pk]), {"why": "x"})
    assert (asked.status_code, closed.status_code) == (404, 404)


def test_of_two_who_ask_at_once_the_second_is_told(author, video, monkeypatch):
    monkeypatch.setattr(overrulings, "_open", lambda video, finding: None)  # neither sees the other's row
    overrulings.ask(video, "clarity", why="示意图。", by=author, now=NOW)
    with pytest.raises(OverrulingRefused, match="刚刚有人提出复核"):
        overrulings.ask(video, "clarity", why="示意图。", by=author, now=NOW)
    assert Overruling.objects.count() == 1
