"""From sound to text with a fake that is checked against the real engine: windows, lost text, inventions."""

from pathlib import Path

import numpy as np
import pytest

from media_pipeline.opening.probe import probe
from media_pipeline.opening.sniff import sniff
from media_pipeline.transcripts import model_files
from media_pipeline.transcripts.filters import sift
from media_pipeline.transcripts.hearing import hear
from media_pipeline.transcripts.losses import passages
from media_pipeline.transcripts.simplifying import simplify
from media_pipeline.transcripts.sound import recording
from media_pipeline.transcripts.speech import SAMPLE_RATE, Engine, Segment, Stretch, Word
from media_pipeline.transcripts.windows import WINDOW_S, windows
from tests.media_pipeline.voices import FakeEngine, Ruler, babble

TWENTY = "动火作业前要清理现场的可燃物并配备灭火器"  # characters


def sentences(seconds: float, *, every: float = 5.0, text: str = TWENTY) -> list[tuple[float, float, str]]:
    return [(at, at + every - 0.5, text) for at in np.arange(0, seconds - every, every).tolist()]


def quiet(share: float, stage: str) -> None:
    """Nobody wants to know."""


@pytest.fixture(scope="session")
def whisper(tmp_path_factory) -> Engine:
    """The real engine with the model that the packages ship."""
    from media_pipeline.transcripts.whisper import Whisper

    return Whisper(model_files.ready("base", tmp_path_factory.mktemp("models")))


@pytest.fixture(params=["fake", "real"])
def engine(request) -> Engine:
    if request.param == "fake":
        return FakeEngine([(0.0, 2.0, "断电")])
    return request.getfixturevalue("whisper")


def test_every_engine_speaks_the_same_language(engine):
    samples = babble(1.2) if not isinstance(engine, FakeEngine) else Ruler(2.0).samples(0, 2)
    assert {"engine", "model", "model_sha256"} <= engine.settings.keys()
    stretches = engine.speech(samples)
    assert all(0 <= each.start_s < each.end_s <= 2.01 for each in stretches) and stretches
    for heard in (list(engine.hear(samples)), list(engine.hear_alone(samples))):
        for segment in heard:
            assert isinstance(segment, Segment) and 0 <= segment.start_s <= segment.end_s
            assert "".join(word.text for word in segment.words) == segment.text
    assert list(engine.speech(np.zeros(0, np.float32))) == []


@pytest.mark.parametrize("sound", ["silence", "noise", "hum"])
def test_where_nobody_speaks_the_real_engine_invents_nothing(whisper, sound):
    seconds = np.arange(8 * SAMPLE_RATE) / SAMPLE_RATE
    samples = {
        "silence": np.zeros_like(seconds),
        "noise": np.random.default_rng(1).standard_normal(len(seconds)) * 0.05,
        "hum": np.sin(2 * np.pi * 50 * seconds) * 0.2,
    }[sound].astype(np.float32)

    class Room:
        duration_s = 8.0

        def samples(self, start_s, end_s):
            return samples

    heard = hear(Room(), whisper, report=quiet)
    assert (heard.segments, heard.removed, heard.speech_s) == ([], [], 0.0)


def test_every_second_lies_in_one_window_and_none_cuts_a_sentence():
    script = sentences(1500, every=7.0)
    engine, sound = FakeEngine(script), Ruler(1500)
    found = list(windows(sound, engine))
    assert [each.end_s for each in found[:-1]] == pytest.approx([each.start_s for each in found[1:]])
    assert found[-1].end_s == pytest.approx(1500)
    assert max(each.end_s - each.start_s for each in found) <= WINDOW_S
    cut = [(a, each.end_s, b) for each in found for a, b, _ in script if a < each.end_s < b]
    assert cut == []


def test_all_windows_together_are_the_whole_text_at_its_times():
    script = sentences(1500, every=7.0)
    seen = []
    heard = hear(Ruler(1500), FakeEngine(script), report=lambda share, stage: seen.append(share))
    assert [each.text for each in heard.segments] == [text for _, _, text in script]
    assert [each.start_s for each in heard.segments] == pytest.approx([start for start, _, _ in script])
    assert (seen == sorted(seen), seen[-1]) == (True, 1.0)
    assert (heard.heard_again, heard.thin) == (0, [])


def test_where_text_was_lost_each_stretch_is_heard_by_itself():
    script = sentences(120)
    lost = [each if not 35 <= each[0] < 70 else (*each[:2], "嗯") for each in script]
    engine = FakeEngine(lost, alone={round(start): text for start, _, text in script})
    heard = hear(Ruler(120), engine, report=quiet)
    assert [each.text for each in heard.segments] == [text for _, _, text in script]
    assert [each.start_s for each in heard.segments] == pytest.approx([start for start, _, _ in script])
    assert (heard.heard_again, heard.thin) == (1, [])
    assert {start for start, _ in engine.asked_alone} < {start for start, _, _ in script}


def test_text_that_stays_lost_is_a_warning_with_its_place():
    script = sentences(120)
    lost = [each if not 35 <= each[0] < 70 else (*each[:2], "嗯") for each in script]
    heard = hear(Ruler(120), FakeEngine(lost), report=quiet)
    (thin,) = heard.thin
    assert (thin.start_s, thin.per_second < 3.0, heard.heard_again) == (35.0, True, 1)
    assert [each.text for each in heard.segments] == [text for _, _, text in lost]


def test_hopeless_sound_is_heard_again_twice_and_then_only_marked():
    script = [(at, end, "嗯") for at, end, _ in sentences(300)]
    engine = FakeEngine(script)
    heard = hear(Ruler(300), engine, report=quiet)
    assert [each.heard_again for each in heard.thin][:3] == [True, True, False]
    assert (heard.heard_again, len(heard.thin) > 4) == (2, True)
    assert max(end for _, end in engine.asked_alone) < 80


def test_where_the_sound_is_good_again_the_patience_is_too():
    good = sentences(300)
    bad = [each if 100 <= each[0] < 200 else (*each[:2], "嗯") for each in good]
    heard = hear(Ruler(300), FakeEngine(bad), report=quiet)
    again = [each.start_s for each in heard.thin if each.heard_again]
    assert (heard.heard_again, [start > 150 for start in again]) == (4, [False, False, True, True])


def test_a_few_seconds_are_not_judged():
    stretches = [Stretch(0, 8)]
    (passage,) = passages(stretches, [Segment(0, 8, "好")])
    assert (passage.per_second, passage.is_thin) == (0.125, False)
    assert passages([], []) == []


@pytest.mark.parametrize(
    ("segment", "why"),
    [
        (Segment(0, 3, "停电之后必须验电", log_probability=-0.4), None),
        (Segment(0, 3, "对对对对", log_probability=-0.4), None),
        (Segment(0, 3, "谢谢大家收看", log_probability=-0.3), None),
        (Segment(0, 3, "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目", log_probability=-0.9), "字幕广告语"),
        (Segment(0, 3, "字幕由Amara.org社区提供", log_probability=-0.8), "字幕广告语"),
        (Segment(0, 9, "的的的的的的的的", log_probability=-0.4), "同一个词反复出现"),
        (Segment(0, 9, "我以为，我以为，我以为，我以为，我以为。", log_probability=-0.4), "同一个词反复出现"),
        (Segment(0, 9, "长句", compression_ratio=2.5), "压缩比 2.5"),
        (Segment(0, 9, "飙", log_probability=-2.5), "几乎没有识别出来"),
        (Segment(0, 9, " ... "), "没有文字"),
    ],
)
def test_what_was_made_up_is_taken_out_and_kept_to_be_seen(segment, why):
    kept, removed = sift([segment])
    assert ([each.text for each in removed], len(kept)) == (([segment.text], 0) if why else ([], 1))
    assert all(why in each.why for each in removed)


def test_traditional_characters_become_simplified_with_every_word_in_its_place():
    words = (Word(0, 1, "電"), Word(1, 2, "氣設備"), Word(2, 3, "裏面"))
    segment = simplify(Segment(0, 3, "電氣設備裏面", words))
    assert segment.text == "电气设备里面"
    assert [(word.text, word.start_s) for word in segment.words] == [("电", 0), ("气设备", 1), ("里面", 2)]


def test_the_sound_starts_with_the_video_even_where_the_track_starts_late(clips):
    late = clips.lecture(before_voice=("-itsoffset", "2"), voice="sine=frequency=440:duration=3")
    with recording(late, probe(late, sniff(late)), on_progress=lambda share: None) as sound:
        loud = np.abs(sound.samples(0, sound.duration_s)) > 0.05
    assert np.argmax(loud) / SAMPLE_RATE == pytest.approx(2.0, abs=0.1)
    assert sound.duration_s == pytest.approx(5.0, abs=0.2)


def test_nothing_of_a_decoded_sound_is_left_behind(clips, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    clip = clips.lecture()
    with recording(clip, probe(clip, sniff(clip)), on_progress=lambda share: None):
        assert list(tmp_path.iterdir())
    assert list(Path(tmp_path).iterdir()) == []
