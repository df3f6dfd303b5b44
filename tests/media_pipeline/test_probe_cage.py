"""What only looks at a file is held like what decodes it: by limits that kill, and with that one file."""

import socket
import struct
import sys

import pytest

from media_pipeline.facts import Unreadable
from media_pipeline.opening import probe as door
from media_pipeline.opening.probe import probe
from media_pipeline.opening.runner import Limits

MANY = 20_000_000  # samples: an index of 480 MB, and no end of packets


def claiming(clip: bytes, samples: int) -> bytes:
    """The video track says that its first chunk holds so many samples of one byte each."""
    sizes, chunks, times = (clip.index(name) + 8 for name in (b"stsz", b"stsc", b"stts"))
    made = bytearray(clip)
    made[sizes : sizes + 8] = struct.pack(">II", 1, samples)
    made[chunks + 8 : chunks + 12] = struct.pack(">I", samples)
    made[times + 4 : times + 8] = struct.pack(">I", samples)
    return bytes(made)


@pytest.fixture
def greedy(clips, tmp_path):
    path = tmp_path / "greedy.mp4"
    silent = clips.make("-i", clips.lecture(), "-an", "-c", "copy")
    path.write_bytes(claiming(silent.read_bytes(), MANY))
    return path


def held_to(monkeypatch, **limits) -> None:
    monkeypatch.setattr(door, "_limits", lambda path: Limits(**{"wall_s": 60, "cpu_s": 60, **limits}))


@pytest.mark.skipif(sys.platform != "linux", reason="macOS keeps no limit on address space")
def test_an_index_that_asks_for_huge_memory_does_not_get_it(greedy, monkeypatch):
    held_to(monkeypatch, memory_bytes=400 << 20)
    with pytest.raises(Unreadable):
        probe(greedy, "mov")


def test_an_index_that_never_ends_is_given_up_in_one_sentence(greedy, monkeypatch):
    held_to(monkeypatch, cpu_s=1)
    with pytest.raises(Unreadable, match="超出了允许的内存或时间"):
        probe(greedy, "mov")


def test_a_reader_that_hangs_is_killed_at_the_deadline(clips, monkeypatch):
    held_to(monkeypatch, wall_s=0.01)
    monkeypatch.setattr(door, "PROGRAM", "import time; time.sleep(60)")
    with pytest.raises(Unreadable, match="超过了允许的时间"):
        probe(clips.lecture(), "mov")


@pytest.mark.parametrize("demuxer", ["mov", "hls", "concat", "dash", "sdp", "image2", "mpegts"])
def test_a_playlist_opens_neither_a_neighbour_nor_the_network(clips, tmp_path, demuxer):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        path = tmp_path / "lecture.mp4"
        path.write_text(playlist(demuxer, clips.lecture(), port), encoding="utf-8")
        with pytest.raises(Unreadable):
            probe(path, demuxer)
        with pytest.raises(TimeoutError):
            listener.accept()


def playlist(demuxer: str, neighbour, port: int) -> str:
    far = f"http://127.0.0.1:{port}/a.ts"
    if demuxer == "concat":
        return f"ffconcat version 1.0\nfile '{neighbour}'\nfile '{far}'\n"
    if demuxer == "sdp":
        return f"v=0\nc=IN IP4 127.0.0.1\nm=video {port} TCP 96\na=control:{far}\n"
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{neighbour}\n#EXTINF:5,\n{far}\n#EXT-X-ENDLIST\n"
