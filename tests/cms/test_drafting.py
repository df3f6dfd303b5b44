"""Which spoken sentences become a stem, and where in the video a question may appear."""

from itertools import pairwise

import pytest

from cms.density.choosing import APART_S, PER_WINDOW, Settled, pause_after, print_of, propose
from cms.density.drafting import draft_of
from media_pipeline.captions.running import Sentence

DRAFTED = [
    (
        "作业人员必须取得特种作业操作证后方可上岗。",
        "作业人员必须取得特种作业操作证后方可上岗。",
        ("规定了义务",),
    ),
    (
        "第一点，低压停电检修前应当先验电再挂接地线啊。",
        "低压停电检修前应当先验电再挂接地线。",
        ("规定了义务",),
    ),
    (
        "那么在金属容器内使用的手持照明灯电压不得超过12V",
        "在金属容器内使用的手持照明灯电压不得超过12V。",
        ("规定了义务", "有数字"),
    ),
    (
        "大家要注意，坠落高度基准面两米以上有可能坠落的属于高处作业",
        "坠落高度基准面两米以上有可能坠落的属于高处作业。",
        ("有数字",),
    ),
    (
        "《安全生产法》对从业人员的安全培训作了专门规定",
        "《安全生产法》对从业人员的安全培训作了专门规定。",
        ("提到法规",),
    ),
    (
        "好，动火前,呃,严禁在未清理可燃物的场所焊接。",
        "动火前，严禁在未清理可燃物的场所焊接。",
        ("规定了义务",),
    ),
    (
        "首先切断电源是低压触电急救必须遵守的顺序",
        "首先切断电源是低压触电急救必须遵守的顺序。",
        ("规定了义务",),
    ),
    ("我国规定安全电压的上限是四十二伏", "我国规定安全电压的上限是四十二伏。", ("有数字",)),
]
REFUSED = [
    "电流通过人体会造成伤害",  # nothing that is worth asking
    "必须断电",  # too short
    "为什么停电以后还必须验电呢？",  # a question
    "这个开关在检修的时候必须上锁挂牌",  # points at what is shown
    "它的电压不得超过三十六伏这是要求",
    "刚才讲的接地线必须先挂后拆",
    "我们必须把接地线挂在导体这一端",  # talk
    "你必须先验电再挂接地线知道了",
    "并且必须由两个人共同完成的",  # cut off
    "有限空间作业必须先通风再检测，但是",
    "供应商的响应时间和反应速度都很好很快",  # 应 that is no duty
    "第一次上课的时候讲过一些基本的内容",  # 第一次 is no number
    "他人的意见对于安全管理很有用处的",
]


@pytest.mark.parametrize(("said", "stem", "why"), DRAFTED)
def test_a_sentence_worth_asking_becomes_a_statement_with_its_reasons(said, stem, why):
    draft = draft_of(said)
    assert draft is not None
    assert (draft.stem, draft.why) == (stem, why)


@pytest.mark.parametrize("said", REFUSED)
def test_what_cannot_stand_alone_or_asks_nothing_is_not_drafted(said):
    assert draft_of(said) is None


def test_a_statement_too_long_for_a_stem_is_not_drafted():
    assert draft_of("作业人员必须遵守" + "安全规定" * 30) is None


def spoken(*rows: tuple[float, float, str]) -> list[Sentence]:
    return [Sentence(*row) for row in rows]


DUTY = "作业人员必须取得第{}类操作证后方可上岗作业。"


def test_the_second_lies_in_a_pause_after_the_sentence():
    said = spoken((1.2, 5.3, DUTY.format("甲")), (7.0, 9.0, "接着往下讲。"))
    (found,) = propose(said, duration_s=300)
    assert (found.at_s, found.window, found.start_s, found.end_s) == (6, 0, 1.2, 5.3)


def test_without_a_full_second_of_silence_the_next_pause_is_taken():
    said = spoken((1.2, 5.3, DUTY.format("甲")), (5.6, 9.1, "接着往下讲。"), (11.0, 12.0, "完了。"))
    assert pause_after(said, 0, 300) == 10
    assert [each.at_s for each in propose(said, duration_s=300)] == [10]


def test_where_nobody_pauses_for_a_minute_nothing_is_proposed():
    said = spoken(
        (1.2, 5.3, DUTY.format("甲")),
        *((5.3 + n, 6.3 + n, "接着往下讲。") for n in range(60)),
        (70, 71, "完。"),
    )
    assert pause_after(said, 0, 300) is None
    assert propose(said, duration_s=300) == []


def test_a_piece_of_a_running_sentence_is_no_sentence():
    """Without a full stop and without a pause the captions were only cut where they were too long."""
    cut = spoken(
        (1.0, 9.0, "作业人员必须取得特种作业操作证"), (9.0, 15.0, "后方可上岗作业。"), (20, 21, "完。")
    )
    assert propose(cut, duration_s=300) == []
    paused = spoken((1.0, 9.0, "作业人员必须取得特种作业操作证"), (10.5, 15.0, "后面再说。"))
    assert [each.at_s for each in propose(paused, duration_s=300)] == [9]


def test_no_proposal_lies_behind_the_end_of_the_video():
    assert propose(spoken((1, 59.6, DUTY.format("甲"))), duration_s=59.8) == []


def many(count: int = 12, every_s: float = 100.0) -> list[Sentence]:
    return spoken(
        *(
            (n * every_s + 1, n * every_s + 8.5, DUTY.format("甲乙丙丁戊己庚辛壬癸子丑"[n]))
            for n in range(count)
        )
    )


def test_only_windows_without_a_question_are_filled_and_none_is_crowded():
    found = propose(many(), duration_s=1200, asked=[30])
    assert {each.window for each in found} == {1}
    assert len(found) == PER_WINDOW
    seconds = [each.at_s for each in found]
    assert seconds == sorted(seconds)
    assert min(b - a for a, b in pairwise(seconds)) >= APART_S


def test_a_question_at_the_very_end_counts_for_the_last_window():
    assert {each.window for each in propose(many(), duration_s=1200, asked=[1200])} == {0}


def test_the_weightier_sentence_comes_first():
    said = spoken((1, 8, "坠落高度两米以上就是高处作业。"), (9.5, 19, DUTY.format("甲")), (25, 26, "完。"))
    assert [each.draft.stem for each in propose(said, duration_s=300)] == [DUTY.format("甲")]


def test_nothing_is_proposed_twice():
    said = many(4)
    first = propose(said, duration_s=600)[0]
    same = Settled(900, 905, print_of(first.said))
    assert first.said not in [each.said for each in propose(said, duration_s=600, settled=[same])]
    assert first.said not in [
        each.said for each in propose(said, duration_s=600, stems={print_of(first.said)})
    ]
    doubled = [*said, Sentence(500, 507, said[0].text)]
    prints = [each.print for each in propose(doubled, duration_s=600)]
    assert len(prints) == len(set(prints))


def test_a_dismissed_sentence_stays_dismissed_when_its_captions_are_mended():
    (said,) = many(1)
    gone = Settled(said.start_s, said.end_s, print_of("作业人员必须取得架类操作证后方可上岗作业"))
    assert propose([said], duration_s=300, settled=[gone]) == []


def test_without_a_video_there_is_nothing_to_propose():
    assert propose(many(2), duration_s=None) == []
