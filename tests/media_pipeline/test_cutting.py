"""A video measured in pieces is the video measured whole."""

from dataclasses import fields, replace
from itertools import pairwise

import pytest

from media_pipeline.facts import Picture, Span, Unreadable
from media_pipeline.measuring.cutting import Cutting, Piece, joined, own_part, pieces_of
from media_pipeline.measuring.inspection import cut_up, inspect_file, measure
from media_pipeline.measuring.processes import measure_pieces
from media_pipeline.opening.probe import probe

SHORT = Cutting(over_s=5, piece_s=10)
# black and still across both seams, a picture that begins late, an odd frame rate, open groups of frames
SEAMS = (
    "testsrc2=size=320x180:rate=24000/1001:duration=27,"
    "drawbox=t=fill:color=black:enable='between(t,8,12)',"
    "drawbox=t=fill:color=gray:enable='between(t,17,23)'"
)
OPEN_GROUPS = ("-bf", "3", "-g", "72", "-x264-params", "open-gop=1")
TALK_WITH_A_PAUSE = "aevalsrc=0.2*sin(440*PI*t)*(0.5+0.5*sin(6*PI*t))*(lt(t\\,9)+gt(t\\,21)):d=27"
EMPTY = Picture(
    **{each.name: () for each in fields(Picture) if each.type is not int},
    **{each.name: 0 for each in fields(Picture) if each.type is int},
)


@pytest.fixture(scope="module")
def seams(clips):
    clip = clips.lecture(picture=SEAMS, voice=TALK_WITH_A_PAUSE, more=OPEN_GROUPS)
    return clips.make("-itsoffset", "0.7", "-i", clip, "-i", clip, "-map", "0:v", "-map", "1:a", "-c", "copy")


@pytest.fixture(scope="module")
def whole(seams):
    return inspect_file(seams)


def test_measured_in_pieces_by_two_processes_nothing_differs(seams, whole):
    reported = []
    facts = inspect_file(
        seams, workers=2, cutting=SHORT, on_progress=lambda *given: reported.append(given[0])
    )
    assert facts == whole
    assert [span.length_s > 3.5 for span in (*facts.picture.black, *facts.picture.freezes)] == [True] * 3
    assert reported == sorted(reported)
    assert reported[-1] == 1.0


def test_a_video_of_uneven_frames_is_the_same_in_pieces(clips):
    """The picture on the screen at a seam was written many seconds before it."""
    uneven = "select='lt(t,3)+between(t,17,17.3)+between(t,24,27)'"
    clip = clips.lecture(
        picture="testsrc2=size=320x180:rate=25:duration=27",
        voice="sine=duration=27",
        picture_filter=uneven,
        more=("-fps_mode", "vfr", "-g", "500"),
    )
    assert inspect_file(clip, workers=2, cutting=SHORT) == inspect_file(clip)


def test_damage_is_counted_once_however_many_pieces_see_it(seams, clips):
    data = seams.read_bytes()
    middle = data.index(b"mdat") + len(data) // 3
    damaged = clips.folder / "damaged-pieces.mp4"
    damaged.write_bytes(data[:middle] + bytes(range(256)) * 20 + data[middle + 256 * 20 :])
    found, expected = inspect_file(damaged, workers=2, cutting=SHORT), inspect_file(damaged)
    assert found.picture.decode_errors == expected.picture.decode_errors
    assert found.picture.decoder_complaints == expected.picture.decoder_complaints > 0


def test_short_files_and_those_without_an_index_are_measured_whole(seams, clips):
    short = probe(seams, "mov")
    assert cut_up(short, Cutting()) == ()
    stream = clips.make("-i", seams, "-c", "copy", suffix="ts")
    assert cut_up(probe(stream, "mpegts"), SHORT) == ()
    sound = clips.make("-i", seams, "-vn", "-c", "copy")
    assert cut_up(probe(sound, "mov"), SHORT) == ()
    late = replace(short.video, start_s=6.0)
    assert pieces_of("mov", late, True, 27, SHORT) == ()


def test_pieces_cover_the_video_without_gap_or_overlap(seams):
    sound, *pictures = cut_up(probe(seams, "mov"), SHORT)
    assert (sound.kind, sound.start_s) == ("sound", 0)
    assert [(piece.start_s, piece.number) for piece in pictures] == [(0, 1), (10, 2), (20, 3)]
    assert all(one.end_s == other.start_s for one, other in pairwise(pictures))
    assert [piece.is_last for piece in pictures] == [False, False, True]
    assert pictures[-1].end_s == sound.end_s


@pytest.mark.parametrize(("length_s", "pieces"), [(1201, 2), (1310, 2), (1360, 3), (7200, 12)])
def test_a_short_rest_belongs_to_the_piece_before(seams, length_s, pieces):
    video = replace(probe(seams, "mov").video, end_s=length_s)
    assert len(pieces_of("mov", video, False, length_s, Cutting())) == pieces


def test_a_piece_length_is_rounded_up_to_the_grid(seams):
    starts = [piece.start_s for piece in cut_up(probe(seams, "mov"), Cutting(over_s=5, piece_s=7))[1:]]
    assert starts == [0, 10, 20]


def test_what_touches_at_a_seam_is_one_and_what_does_not_is_two():
    first = replace(EMPTY, black=(Span(2, 4), Span(8, 10)), freezes=(Span(7, 9),))
    second = replace(EMPTY, black=(Span(10, 12), Span(15, 17)), freezes=(Span(10, 12),))
    found = joined([first, second])
    assert found.black == (Span(2, 4), Span(8, 12), Span(15, 17))
    assert found.freezes == (Span(7, 9), Span(10, 12))


def test_black_over_three_pieces_is_one():
    parts = [replace(EMPTY, black=(Span(at, at + 10),)) for at in (0, 10, 20)]
    assert joined(parts).black == (Span(0, 30),)


def test_a_piece_keeps_its_own_seconds_and_fills_those_without_frames():
    seen = replace(EMPTY, blur=(None, None, 1.0, 2.0, 3.0), black=(Span(0, 2.5), Span(4.5, 9)))
    part = own_part(seen, Piece(1, "picture", 3, 8), first_tilt_s=0)
    assert (part.blur, part.black) == ((2.0, 3.0, None, None, None), (Span(4.5, 8),))


def test_a_piece_that_cannot_be_decoded_ends_them_all_with_its_sentence(seams, tmp_path):
    probed = probe(seams, "mov")
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(seams.read_bytes()[:3000])
    with pytest.raises(Unreadable, match="无法解码"):
        measure_pieces(broken, probed, cut_up(probed, SHORT), workers=2)


def test_what_progress_raises_ends_all_processes(seams):
    class Enough(Exception):
        pass

    def enough(done: float) -> None:
        raise Enough

    probed = probe(seams, "mov")
    with pytest.raises(Enough):
        measure_pieces(seams, probed, cut_up(probed, SHORT), workers=2, on_progress=enough)


def test_a_piece_reports_how_far_it_is(seams):
    probed, reported = probe(seams, "mov"), []
    measure(seams, probed, cut_up(probed, SHORT)[2], on_progress=reported.append)
    assert reported == sorted(reported)
    assert (reported[0] >= 0, reported[-1]) == (True, 1.0)
