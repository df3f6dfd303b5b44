"""The qualities of a video: made from real clips, compared with them by content, all or none kept."""

from pathlib import Path

import av
import pytest
from django.core.files.storage import default_storage

from accounts.models import Institution
from media_pipeline.facts import Unreadable
from media_pipeline.jobs import inspecting, rendering, sweeping
from media_pipeline.jobs import queue as jobs
from media_pipeline.keeping.refusals import NotNow
from media_pipeline.keeping.room import NO_ROOM
from media_pipeline.models import Job, Rendition, Video
from media_pipeline.opening.probe import probe
from media_pipeline.opening.sniff import sniff
from media_pipeline.receiving import storage, uploads
from media_pipeline.renditions import checking, encoding, shelf
from media_pipeline.renditions.ladder import targets
from tests.media_pipeline.clips import CODECS, ffmpeg

pytestmark = pytest.mark.django_db
BEEPS = "aevalsrc='0.4*sin(2*PI*(300+200*floor(3*t))*t)*lt(mod(t,0.7),0.4)':d=3"
FEW = "testsrc2=size={}:rate=25:duration=3"


def taken_in(path: Path, author, now) -> Video:
    return uploads.add_file(path, by=author, now=now)


def rendered(path: Path, author, now) -> Video:
    """Without the inspection, which is tested elsewhere and takes longer."""
    video = taken_in(path, author, now)
    rendering.run(rendering.request(video.sha256, now=now).pk, clock=lambda: now)
    return video


def job() -> Job:
    return Job.objects.get(kind=Job.Kind.RENDER)


def made(video: Video) -> dict[str, Rendition]:
    return {each.file_name: each for each in Rendition.objects.of(video)}


def files(media_root: Path) -> list[str]:
    return sorted(path.name for path in (media_root / "renditions").rglob("*") if path.is_file())


def lecture(clips, size: str = "320x180", **wishes) -> Path:
    return clips.lecture(picture=FEW.format(size), voice=BEEPS, **wishes)


def key_frames(path: Path) -> list[float]:
    with av.open(str(path)) as source:
        packets = source.demux(source.streams.video[0])
        return [
            float(each.pts * each.time_base) for each in packets if each.is_keyframe and each.pts is not None
        ]


def test_a_full_size_video_gets_three_qualities_a_poster_and_thumbnails(clips, author, now, media_root):
    video = rendered(lecture(clips, "1280x720"), author, now)
    assert job().state == "succeeded", job().error
    assert {name: (each.width, each.height) for name, each in made(video).items()} == {
        "low.mp4": (640, 360),
        "mid.mp4": (852, 480),
        "high.mp4": (1280, 720),
        "poster.jpg": (1280, 720),
        "sprite-0.jpg": (160, 90),
    }
    assert files(media_root) == sorted(made(video))
    paths = [media_root / made(video)[f"{kind}.mp4"].name for kind in ("low", "mid", "high")]
    assert [key_frames(path) for path in paths] == [[0.0, 2.0]] * 3
    for path in paths:
        found = probe(path, "mov")
        assert (found.video.codec, found.audio.codec, found.container.moov_first) == ("h264", "aac", True)
        assert found.video.end_s == pytest.approx(3, abs=0.04)


HLG = (
    "format=gbrp,setparams=color_primaries=bt709:color_trc=bt709:colorspace=gbr:range=pc,"
    "zscale=p=bt2020:t=arib-std-b67:m=bt2020nc:r=tv:npl=203,format=yuv420p"
)


def test_a_picture_of_high_dynamic_range_is_not_grey_in_its_qualities(clips, author, now, media_root):
    slow = "mandelbrot=size=160x90:rate=25:maxiter=100,trim=duration=3"  # its light tells its time
    wide = clips.lecture(picture=slow, voice=BEEPS, picture_filter=HLG)
    video = rendered(wide, author, now)
    assert job().error == ""
    low = media_root / made(video)["low.mp4"].name
    assert _colours(low) > 1.4 * _colours(wide)


def _colours(path: Path) -> float:
    """How far the first frame is from grey in its numbers, which is all that a simple player looks at."""
    with av.open(str(path)) as source:
        frame = next(source.decode(video=0))
        return float(frame.to_ndarray()[frame.height :].std())


def test_a_turned_picture_stands_upright(clips, author, now, media_root):
    turned = clips.make("-display_rotation:v:0", "90", "-i", lecture(clips), "-c", "copy")
    video = rendered(turned, author, now)
    assert job().state == "succeeded", job().error
    assert [(name, each.width, each.height) for name, each in made(video).items() if "mp4" in name] == [
        ("low.mp4", 180, 320)
    ]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("scale=360:270,setsar=4/3", (480, 270)),
        ("scale=641:363,setsar=1,format=yuv444p", (634, 360)),
        ("scale=171:97,setsar=1,format=yuv444p", (170, 96)),
    ],
    ids=["wide pixels", "odd sides", "tiny and odd"],
)
def test_pixels_become_square_and_sides_even_and_nothing_grows(
    clips, author, now, media_root, shape, expected
):
    video = rendered(lecture(clips, picture_filter=shape, more=("-pix_fmt:v", "+")), author, now)
    assert job().state == "succeeded", job().error
    found = probe(media_root / made(video)["low.mp4"].name, "mov").video
    assert (found.width, found.height, found.pixel_aspect, found.rotation) == (*expected, 1.0, 0)


def test_frames_at_uneven_times_keep_their_times(clips, author, now, media_root):
    uneven = "select='not(mod(n,5))+lt(mod(n,50),20)'"
    source = lecture(clips, picture_filter=uneven, more=("-fps_mode", "vfr"))
    video = rendered(source, author, now)
    assert job().state == "succeeded", job().error

    def times(path: Path) -> list[float]:
        with av.open(str(path)) as container:
            packets = container.demux(container.streams.video[0])
            return sorted(
                round(float(each.pts * each.time_base), 3) for each in packets if each.pts is not None
            )

    assert times(media_root / made(video)["low.mp4"].name) == times(source)


def test_sound_that_begins_late_stays_late(clips, author, now, media_root):
    source = lecture(clips, before_voice=("-itsoffset", "0.4"))
    video = rendered(source, author, now)
    assert job().state == "succeeded", job().error
    assert probe(media_root / made(video)["low.mp4"].name, "mov").audio.start_s == 0.0


def test_small_gaps_in_the_sound_do_not_add_up(clips, author, now, media_root):
    gaps = "setts=ts=PTS+800*floor(N/24)"  # five of 18 ms: what joining takes in an editor leaves
    source = clips.make("-i", lecture(clips), "-c", "copy", "-bsf:a", gaps)
    rendered(source, author, now)
    assert job().state == "succeeded", job().error


def test_what_an_edit_list_hides_stays_hidden(clips, author, now, media_root):
    cut = clips.make("-ss", "1.3", "-i", lecture(clips), "-c", "copy")
    rendered(cut, author, now)
    assert job().state == "succeeded", job().error


def test_of_several_tracks_the_first_ones_are_taken(clips, author, now, media_root):
    base = lecture(clips)
    tracks = ("-map", "0:v", "-map", "0:a", "-map", "1:a", "-map", "1:v", "-c:v", "copy", "-c:a", "aac")
    more = clips.make("-i", base, "-f", "lavfi", "-i", "sine=d=3", "-i", base, *tracks[:6], "-c:v", "copy")
    video = rendered(more, author, now)
    found = probe(media_root / made(video)["low.mp4"].name, "mov")
    assert (job().state, found.container.video_tracks, found.container.audio_tracks) == ("succeeded", 1, 1)


def test_a_video_without_sound_gets_qualities_without_sound(clips, author, now, media_root):
    silent = clips.make("-f", "lavfi", "-i", FEW.format("320x180"), *CODECS)
    video = rendered(silent, author, now)
    assert job().state == "succeeded", job().error
    assert probe(media_root / made(video)["low.mp4"].name, "mov").audio is None


def test_a_picture_that_stands_still_is_no_reason_to_refuse(clips, author, now, media_root):
    rendered(clips.lecture(picture="color=white:size=320x180:rate=5:duration=3", voice=BEEPS), author, now)
    assert job().state == "succeeded", job().error


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ({"voice": BEEPS, "before_voice": ("-itsoffset", "0.06")}, "声音与画面比原文件错开 +60 毫秒"),
        ({"voice": BEEPS, "picture_filter": "setpts=PTS+0.12/TB"}, "声音与画面比原文件错开 -120 毫秒"),
    ],
    ids=["sound late", "picture late"],
)
def test_an_offset_is_found_by_content(clips, wishes, sentence):
    first = watched(lecture(clips))
    second = watched(clips.lecture(picture=FEW.format("320x180"), **wishes))
    with pytest.raises(checking.Unfit, match=sentence.replace("+", r"\+")):
        checking._check_offset(second, first)


def watched(path: Path) -> encoding.excerpts.Watched:
    found = probe(path, sniff(path))
    original = checking.Original(found, encoding.excerpts.Watched((encoding.excerpts.Span(0, 3),)))
    return checking._watch(path, found, original, lambda: None)


def test_a_result_that_is_cut_short_is_kept_from_everybody(clips, author, now, media_root, monkeypatch):
    def encode_less(path, probed, files, on_progress):
        seen = encode(path, probed, files, on_progress)
        for file in files.values():
            ffmpeg(
                "-i", file, "-t", "2", "-c", "copy", "-movflags", "+faststart", file.with_suffix(".cut.mp4")
            )
            file.with_suffix(".cut.mp4").replace(file)
        return seen

    encode = encoding.encode
    monkeypatch.setattr(encoding, "encode", encode_less)
    video = rendered(lecture(clips), author, now)
    assert (job().state, made(video)) == ("failed", {})
    assert job().error.startswith("转码结果没有通过核对：画面长度与原文件相差 -")
    shelf.sweep()
    assert files(media_root) == []


def test_a_full_disk_is_said_before_the_work_begins_and_waited_for(
    clips, author, now, media_root, monkeypatch
):
    video = taken_in(lecture(clips), author, now)
    with monkeypatch.context() as full:
        full.setattr(storage, "free_bytes", lambda: 1000)
        rendering.run(rendering.request(video.sha256, now=now).pk, clock=lambda: now)
    assert (job().state, job().attempts, files(media_root)) == ("queued", 0, [])
    assert job().stage.startswith("服务器磁盘放不下转码结果（最多 ")
    rendering.run(job().pk, clock=lambda: now)
    assert (job().state, "low.mp4" in made(video)) == ("succeeded", True)


def test_a_disk_that_fills_while_qualities_are_made_is_no_fault_of_the_file(clips, media_root, monkeypatch):
    path = lecture(clips)
    probed = probe(path, sniff(path))
    made = {targets(320, 180, pixel_aspect=1.0, rotation=0)[0]: media_root / "nowhere" / "low.mp4"}
    with pytest.raises(Unreadable, match="转码中断"):
        encoding.encode(path, probed, made, lambda done: None)
    monkeypatch.setattr(storage, "free_bytes", lambda: 0)
    with pytest.raises(NotNow, match=NO_ROOM):
        encoding.encode(path, probed, made, lambda done: None)


def test_the_original_is_never_touched(clips, author, now, media_root):
    source = lecture(clips)
    video = rendered(source, author, now)
    assert b"".join(default_storage.span(video.file.name)) == source.read_bytes()


def test_what_a_killed_attempt_left_is_cleared_and_what_counts_stays(clips, author, now, media_root):
    video = rendered(lecture(clips), author, now)
    half = media_root / "renditions" / video.sha256 / "0123" / "high.mp4"
    half.parent.mkdir()
    half.write_bytes(b"half")
    shelf.sweep()
    assert files(media_root) == sorted(made(video))


def test_the_folder_of_a_running_attempt_is_left_alone(clips, author, now, media_root):
    video = taken_in(lecture(clips), author, now)
    jobs.claim(rendering.request(video.sha256, now=now).pk, now=now)
    half = media_root / shelf.new_folder(video.sha256) / "high.mp4"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    shelf.sweep()
    assert files(media_root) == ["high.mp4"]


def test_renditions_go_when_the_last_video_with_these_bytes_is_gone(clips, author, now, media_root):
    first, second = (taken_in(lecture(clips), author, now) for _ in range(2))
    rendering.run(rendering.request(first.sha256, now=now).pk, clock=lambda: now)
    first.delete()
    shelf.sweep()
    assert made(second)
    second.delete()
    shelf.sweep()
    assert (files(media_root), Rendition.objects.count()) == ([], 0)


def test_they_count_for_the_disk_and_not_for_the_quota(clips, author, now, media_root, monkeypatch):
    video = rendered(lecture(clips), author, now)
    monkeypatch.setattr(Institution, "upload_quota_bytes", 2 * video.size)
    assert taken_in(lecture(clips), author, now).state == Video.State.INSPECTING


def test_an_inspection_asks_for_them_and_the_sweep_for_those_of_old_videos(clips, author, now, media_root):
    video = taken_in(clips.make("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=1"), author, now)
    inspecting.run(video.job_id, clock=lambda: now)
    assert job().state == "queued"
    job().delete()
    sweeping.sweep(now)
    assert (job().state, job().key) == ("queued", video.sha256)


def test_a_thumbnail_shows_its_second_and_the_poster_is_a_picture_of_the_film(clips, author, now, media_root):
    """Each second is one brightness brighter than the one before."""
    steps = "color=black:size=320x180:rate=10:duration=4,geq=lum='40+50*floor(T)':cb=128:cr=128"
    video = rendered(clips.make("-f", "lavfi", "-i", steps, *CODECS), author, now)
    assert job().state == "succeeded", job().error
    sheet = pixels(media_root / made(video)["sprite-0.jpg"].name)
    assert sheet.shape == (900, 1600)
    tiles = [sheet[45, 80 + 160 * tile] for tile in range(4)]
    assert tiles == pytest.approx([shown(40 + 50 * second) for second in range(4)], abs=4)
    assert pixels(media_root / made(video)["poster.jpg"].name).mean() == pytest.approx(shown(40), abs=60)


def shown(luma: int) -> float:
    """Limited range as a JPEG shows it."""
    return (luma - 16) * 255 / 219


def pixels(path: Path):
    with av.open(str(path)) as picture:
        return next(picture.decode(video=0)).to_ndarray(format="gray").astype(float)
