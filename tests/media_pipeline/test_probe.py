"""What the packets and the container say, before anything is decoded."""

import re
import struct
import zlib

import pytest

from media_pipeline.facts import Span, Unreadable
from media_pipeline.opening.probe import probe
from media_pipeline.opening.timestamps import Timestamps

DEMUXERS = {"mp4": "mov", "mkv": "matroska"}


def timestamps(*starts: float) -> Timestamps:
    track = Timestamps()
    for start in starts:
        track.add(start, 0.0, 1000)
    return track.finish()


def test_the_two_tracks_of_a_lecture(clips):
    found = probe(clips.lecture(), "mov")
    assert (found.video.codec, found.video.width, found.video.height) == ("h264", 1280, 720)
    assert (found.video.fps, found.video.variable_fps, found.video.frames) == (25.0, False, 125)
    assert (found.video.rotation, found.video.pixel_aspect, found.video.gaps) == (0, 1.0, ())
    assert (found.audio.codec, found.audio.channels, found.audio.sample_rate) == ("aac", 2, 44100)
    assert found.container.format == "MPEG-4"
    assert found.container.duration_s == pytest.approx(5, abs=0.05)
    assert found.container.moov_first is False


def test_an_index_at_the_front_is_seen(clips):
    assert probe(clips.lecture(more=("-movflags", "+faststart")), "mov").container.moov_first is True


def test_a_webm_without_duration_in_its_header_gets_it_from_the_packets(clips):
    live = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus", "-live", "1")
    found = probe(clips.lecture(picture_filter="scale=320:180", more=live, suffix="webm"), "webm")
    assert found.container.declared_duration_s is None
    assert found.container.duration_s == pytest.approx(5, abs=0.1)


def test_a_turned_picture_is_seen(clips):
    turned = clips.make("-display_rotation", "90", "-i", clips.lecture(), "-c", "copy")
    assert probe(turned, "mov").video.rotation in (90, 270)


def test_a_picture_without_a_size_is_refused_in_one_sentence(clips, tmp_path):
    """A size that no decoder believes is handed on as 0 × 0."""
    red = ("-f", "lavfi", "-i", "color=red:size=64x64:rate=5:duration=1")
    content = bytearray(clips.make(*red, "-c:v", "png", suffix="mov").read_bytes())
    entry = content.find(b"png ", content.find(b"stsd"))
    content[entry + 28 : entry + 32] = struct.pack(">HH", 32_000, 32_000)
    for match in re.finditer(rb"IHDR", bytes(content)):
        start, end = match.end(), match.end() + 13
        content[start : start + 8] = struct.pack(">II", 30_000, 30_000)
        content[end : end + 4] = struct.pack(">I", zlib.crc32(content[match.start() : end]))
    (tmp_path / "huge.mov").write_bytes(content)
    with pytest.raises(Unreadable, match="连尺寸也读不到"):
        probe(tmp_path / "huge.mov", "mov")


def test_a_late_sound_is_seen(clips):
    found = probe(clips.lecture(before_voice=("-itsoffset", "0.3")), "mov")
    assert found.audio.start_s - found.video.start_s == pytest.approx(0.3, abs=0.03)


def test_a_lossless_trim_hides_what_it_cut_off(clips):
    one_key_frame = clips.lecture(more=("-g", "1000"))
    trimmed = probe(clips.make("-ss", "2", "-i", one_key_frame, "-c", "copy"), "mov")
    assert trimmed.container.edit_hidden_s == pytest.approx(2, abs=0.1)
    assert trimmed.container.duration_s == pytest.approx(3, abs=0.1)
    assert trimmed.video.start_s == pytest.approx(0, abs=0.05)


def test_the_wait_for_frames_out_of_order_is_no_trim(clips):
    """At 15 frames a second two of them are 133 ms, which every encoder takes off by an edit list."""
    slow = clips.lecture(picture_filter="fps=15", more=("-preset", "veryfast", "-bf", "2"))
    assert abs(probe(slow, "mov").container.edit_drift_ms) < 30


def test_a_cover_picture_is_no_picture_track(clips):
    cover = clips.make("-f", "lavfi", "-i", "color=size=64x64", "-frames:v", "1", suffix="png")
    voice = clips.make("-f", "lavfi", "-i", "sine=duration=2", suffix="mp3")
    song = clips.make(
        "-i",
        voice,
        "-i",
        cover,
        "-map",
        "0",
        "-map",
        "1",
        "-c",
        "copy",
        "-disposition:v",
        "attached_pic",
        suffix="mp3",
    )
    found = probe(song, "mp3")
    assert found.video is None
    assert found.audio.codec == "mp3"


def test_the_first_of_several_sounds_is_taken_and_all_are_counted(clips):
    lecture = clips.lecture()
    doubled = clips.make("-i", lecture, "-map", "0:v", "-map", "0:a", "-map", "0:a", "-c", "copy")
    found = probe(doubled, "mov")
    assert (found.container.audio_tracks, found.audio.index) == (2, 1)


@pytest.mark.parametrize(("suffix", "declared_s"), [("mp4", pytest.approx(5, abs=0.1)), ("mkv", None)])
def test_a_longer_second_sound_promises_nothing_of_the_first(clips, suffix, declared_s):
    longer = ("-f", "lavfi", "-i", "sine=duration=12")
    each = ("-map", "0:v", "-map", "0:a", "-map", "1:a", "-c:v", "copy", "-c:a", "aac")
    found = probe(clips.make("-i", clips.lecture(), *longer, *each, suffix=suffix), DEMUXERS[suffix])
    assert found.container.declared_duration_s == declared_s
    assert found.container.duration_s == pytest.approx(5, abs=0.1)


def test_times_of_a_transport_stream_count_from_its_start(clips):
    stream = clips.make("-i", clips.lecture(), "-c", "copy", "-output_ts_offset", "1000", suffix="ts")
    found = probe(stream, "mpegts")
    assert found.video.start_s == pytest.approx(0, abs=0.1)
    assert found.container.duration_s == pytest.approx(5, abs=0.1)


def test_a_pause_in_a_steady_track_is_a_gap():
    steady = timestamps(*[n / 25 for n in range(50)], *[4 + n / 25 for n in range(50)])
    assert steady.gaps() == (Span(1.96, 4.0),)
    assert not steady.is_variable()


def test_a_track_of_uneven_steps_has_a_variable_frame_rate():
    uneven = timestamps(0, 0.1, 0.3, 0.35, 1.0, 1.02, 2.0)
    assert uneven.is_variable()


def test_frames_in_the_order_of_decoding_are_put_in_the_order_of_time():
    assert list(timestamps(0, 0.12, 0.04, 0.08).starts) == [0, 0.04, 0.08, 0.12]


@pytest.mark.parametrize("every", [3, 5, 10])
def test_missing_frames_are_counted_against_the_beat(every):
    kept = [n / 25 for n in range(100) if n % every]
    assert timestamps(*kept).missing()[0] == len(range(every, 100, every)) - (0 if 99 % every else 1)


def test_a_single_frame_has_neither_rate_nor_gaps():
    single = timestamps(0)
    assert (single.rate, single.bit_rate, single.gaps(), single.is_variable()) == (0.0, 0, (), False)


def test_an_index_without_content_cannot_be_read(tmp_path):
    path = tmp_path / "half.mp4"
    path.write_bytes(b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2")
    with pytest.raises(Unreadable) as refused:
        probe(path, "mov")
    assert "没有录完或没有传完" in refused.value.reason
