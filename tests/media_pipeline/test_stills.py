"""A picture of the moment that a finding names, and of no other."""

import io

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.roles import Role
from media_pipeline.jobs import inspecting
from media_pipeline.keeping.folder import FolderStorage
from media_pipeline.measuring import stills
from media_pipeline.models import Video
from media_pipeline.receiving import uploads
from tests.makers import make_institution, make_rendition, make_user
from tests.media_pipeline.clips import Clips

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_user(Role.AUTHOR)


@pytest.fixture
def video(author, tmp_path) -> Video:
    """Five seconds, black from the first to the fourth."""
    clip = Clips(tmp_path).lecture(picture_filter="drawbox=t=fill:color=black:enable='between(t,1,4)'")
    video = uploads.add_file(clip, by=author, now=timezone.now())
    inspecting.run(video.job_id)
    return Video.objects.with_inspection().get(pk=video.pk)


def test_the_picture_shows_the_moment_and_is_made_once(client, author, video):
    (black,) = (each for each in video.findings if each.check_id == "black")
    place = black.evidence[0]
    ms = stills.middle_ms(place["start_s"], place["end_s"])
    url = reverse("media_pipeline:still", args=[video.pk, ms])
    client.force_login(author)
    answer = client.get(url)
    picture = Image.open(io.BytesIO(answer.content))
    assert (answer["Content-Type"], picture.size) == ("image/jpeg", (480, 270))
    assert picture.convert("L").getextrema()[1] < 40
    default_storage.delete(video.file.name)
    assert stills.still_of(video.sha256, ms) == answer.content


def test_a_moment_that_no_finding_names_is_not_drawn(client, author, video):
    client.force_login(author)
    assert client.get(reverse("media_pipeline:still", args=[video.pk, 12_345])).status_code == 404


def test_others_get_no_picture(client, video):
    url = reverse("media_pipeline:still", args=[video.pk, next(iter(stills.moments(video)))])
    assert client.get(url).status_code == 404
    client.force_login(make_user(Role.AUTHOR, institution=make_institution()))
    assert client.get(url).status_code == 404


def test_where_files_are_far_a_later_picture_takes_the_smallest_quality(video, monkeypatch):
    with default_storage.open(video.file.name) as file:
        small = file.read()
    make_rendition(video, "low.mp4", data=small)
    default_storage.delete(video.file.name)
    ms = min(stills.moments(video))
    with pytest.raises(FileNotFoundError):
        stills.still_of(video.sha256, ms)
    monkeypatch.setattr(FolderStorage, "is_remote", True)
    assert Image.open(io.BytesIO(stills.still_of(video.sha256, ms))).size == (480, 270)
