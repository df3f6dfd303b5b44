"""What the demo's courses say."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cms.demo import clips
from question_bank.content import Content, QuestionType

ELECTRIC = (
    Content(
        type=QuestionType.SINGLE,
        stem="发现有人低压触电，首先应当怎样做？",
        options=("迅速切断电源", "用手把他拉开", "泼水降温", "等待医生到来"),
        answer=("A",),
        explanation="救人先断电：电源没有切断时直接接触触电者，施救的人也会触电。",
    ),
    Content(
        type=QuestionType.TRUE_FALSE,
        stem="停电检修前，只要拉下开关就可以开始工作，不必验电。",
        answer=("F",),
        explanation="拉开开关后仍要验电、挂接地线，防止误送电和反送电。",
    ),
)
HEIGHT = (
    Content(
        type=QuestionType.TRUE_FALSE,
        stem="安全带应当高挂低用，挂点要牢固可靠。",
        answer=("T",),
        explanation="高挂低用可以减少坠落距离和冲击力。",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCourse:
    """A course with one lesson; `goes_to` is how far the demo takes it."""

    title: str
    item: str
    kind: str
    objectives: str
    summary: str
    lesson: str
    clip: Callable[[Path], None]
    questions: tuple[Content, ...] = ()
    cites: tuple[str, ...] = ()
    goes_to: Literal["draft", "review", "release"]


COURSES = (
    DemoCourse(
        title="低压电工作业安全技术（示范）",
        item="so-elec-lv",
        kind="new",
        objectives="能说出低压触电的原因；能按停电、验电、接地的顺序作业；能对触电者施救。",
        summary="从触电的原因讲到停电检修的步骤和现场急救。",
        lesson="低压触电的预防",
        clip=clips.good_lesson,
        questions=ELECTRIC,
        cites=("rule-special-ops-30",),  # replaced on 2026-06-01, so the course is due on 2026-08-01
        goes_to="release",
    ),
    DemoCourse(
        title="熔化焊接作业安全（示范）",
        item="so-weld-fusion",
        kind="new",
        objectives="能在焊前检查设备和场地；能识别并排除火灾危险。",
        summary="焊前检查、动火审批和现场监护。",
        lesson="焊前检查",
        clip=clips.faulty_lesson,
        goes_to="draft",
    ),
    DemoCourse(
        title="高处作业安全技术复审（示范）",
        item="so-height-install",
        kind="renewal",
        objectives="能正确选用和佩戴安全带；能判断不得进行高处作业的情形。",
        summary="复审人员的安全带使用和事故案例。",
        lesson="安全带的使用",
        clip=clips.good_lesson,
        questions=HEIGHT,
        goes_to="review",
    ),
)
