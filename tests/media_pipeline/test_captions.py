"""Captions as rules: where speech is cut, what is read and written, what is refused and how."""

from itertools import pairwise

import pytest

from media_pipeline.captions import CaptionsRefused, Cue, cut, read_captions, srt, vtt
from media_pipeline.captions.cue import width
from media_pipeline.captions.limits import problems

LECTURE = (
    "按照国家标准GB 30871—2022的规定，动火作业分为特级、一级和二级三个级别。"
    "作业前要进行气体分析，取样时间不得早于作业前30分钟，氧含量应在19.5%到21%之间。"
    "根据《安全生产法》第二十七条，特种作业人员必须经过专门的安全作业培训取得相应资格方可上岗"
)


def said(text: str, *, start: float = 0.0, per_character: float = 0.22) -> list[tuple[str, float, float]]:
    """Each character as one word; a short pause after a comma, a longer one after a full stop."""
    words, at = [], start
    for letter in text:
        spoken = 0.0 if letter in "，。、《》—" else per_character
        words.append((letter, at, at + spoken))
        at += spoken + {"，": 0.1, "。": 0.4}.get(letter, 0.0)
    return words


def test_captions_keep_to_the_rules_and_lose_no_character():
    cues = cut(said(LECTURE))
    assert problems(cues) == []
    assert "".join(cue.text for cue in cues).replace("\n", "") == LECTURE
    assert all(before.end_s <= after.start_s for before, after in pairwise(cues))


def test_speech_is_cut_at_punctuation_first():
    endings = [cue.text[-1] for cue in cut(said(LECTURE))[:4]]
    assert set(endings) <= set("，。")


@pytest.mark.parametrize("whole", ["GB 30871—2022", "19.5%", "第二十七条", "AQ/T 3034", "2026", "三零八七一"])
def test_a_number_or_a_code_is_never_cut(whole):
    for before in range(10, 40):
        cues = cut(said("安" * before + whole + "全" * 20, per_character=0.15))
        assert any(whole in line for cue in cues for line in cue.lines), [cue.text for cue in cues]


def test_without_punctuation_it_is_cut_where_the_speaker_pauses():
    first, second = "挂接地线的时候必须先接接地端再接导体端", "拆除接地线的时候顺序正好相反不能弄错"
    cues = cut([*said(first), *said(second, start=len(first) * 0.22 + 0.4)])
    assert [cue.running_text for cue in cues] == [first, second]


def test_a_long_pause_always_ends_a_cue():
    cues = cut([*said("先断电"), *said("再验电", start=5.0)])
    assert [(cue.text, cue.start_s) for cue in cues] == [("先断电", 0.0), ("再验电", 5.0)]


def test_a_cue_stays_until_it_can_be_read():
    cue, following = cut([*said("立即切断电源", per_character=0.05), *said("再施救", start=4.0)])
    assert (cue.start_s, cue.end_s) == (0.0, 0.8)
    assert following.start_s == 4.0


def test_a_full_width_character_is_twice_a_letter():
    assert width("GB 标准") == 3.5


CUES = [Cue(0.5, 2.0, "先断电 & 验电"), Cue(3661.25, 3663.0, "<再>挂\n接地线")]


@pytest.mark.parametrize("written", [vtt, srt])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_what_is_written_is_read_back(written, encoding):
    assert read_captions(written(CUES).replace("\n", "\r\n").encode(encoding)) == CUES


def test_vtt_is_what_browsers_read():
    assert vtt(CUES) == (
        "WEBVTT\n\n00:00:00.500 --> 00:00:02.000\n先断电 &amp; 验电\n\n"
        "01:01:01.250 --> 01:01:03.000\n&lt;再&gt;挂\n接地线\n"
    )


def test_captions_out_of_order_are_put_in_order():
    text = "1\n00:00:05,000 --> 00:00:06,000\n乙\n\n2\n00:00:01,000 --> 00:00:02,000\n甲\n"
    assert [cue.text for cue in read_captions(text.encode())] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "文件是空的"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "这不是文本文件"),
        ("第一章 安全生产".encode(), "没有找到字幕的时间行"),
        (b"WEBVTT\n\n", "没有一条字幕"),
        ("1\n00:00:02,000 --> 00:00:01,000\n甲".encode(), "第 1 条结束（0:01.00）不晚于开始（0:02.00）"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\n甲".encode(), "第 1 条结束（0:01.00）不晚于开始（0:02.00）"),
        ("1\n00:00:01.5.2 -> 00:00:02,000\n甲 --> 乙".encode(), "第 3 行的时间认不出来：甲 --> 乙"),
        ("WEBVTT\n\n00:01.0 --> 00:02.000\n甲".encode(), "WebVTT 格式有误"),
        ("1\n00:10:01,000 --> 00:10:02,000\n甲".encode(), "而视频只有 1:00.00"),
        (b"1\n00:00:01,000 --> 00:00:02,000\n\n", "没有文字"),
    ],
)
def test_a_refusal_says_what_was_found_and_what_to_do(data, told):
    with pytest.raises(CaptionsRefused) as refused:
        read_captions(data, duration_s=60.0)
    assert told in str(refused.value)
    assert str(refused.value).endswith("。")


def test_what_reads_badly_is_a_hint_and_no_refusal():
    cues = [Cue(0, 1, "一二三四五六七八九十一二三四五六七\n二\n三"), Cue(0.9, 9, "好")]
    found = problems(cues)
    assert {problem.is_error for problem in found} == {False}
    assert [problem.sentence for problem in found] == [
        "第 1 条一行有 17 个字宽，建议不超过 16。",
        "第 1 条有 3 行，建议不超过 2 行。",
        "第 1 条每秒 19.0 个字，建议不超过 9 个。",
        "第 1 条还没结束，第 2 条已经开始，两条会同时显示。",
        "第 2 条显示 8.1 秒，建议不超过 7 秒。",
    ]
