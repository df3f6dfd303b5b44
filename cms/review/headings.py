"""What a reviewer answers before a course goes live (平台承诺书第七项; 版权: 机构承诺书第二项). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    title: str
    question: str


HEADINGS = (
    Heading("content", "内容", "内容正确、完整，与操作项目和现行法规一致。"),
    Heading("form", "形式", "结构清楚，讲解、画面和题目相互配合。"),
    Heading("ideology", "意识形态", "没有平台承诺书第六项所列九类内容。"),
    Heading("video_format", "视频格式", "格式、分辨率能在各种终端播放。"),
    Heading("video_quality", "视频质量", "看过检查报告；系统判断不了的，已抽查三处。"),
    Heading("copyright", "版权", "版权类型、版权人和期限属实。"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """`ok` is None while a heading is not answered."""

    ok: bool | None
    note: str = ""


def why_not_approve(answers: Mapping[str, Answer]) -> list[str]:
    """Sentences that say which headings keep a course from approval; empty when none does."""
    missing = [h.title for h in HEADINGS if answers.get(h.id, Answer(None)).ok is None]
    refused = [h.title for h in HEADINGS if answers.get(h.id, Answer(None)).ok is False]
    sentences = []
    if missing:
        sentences.append(f"还有 {len(missing)} 项没有填写：{'、'.join(missing)}。（平台承诺书第七项）")
    if refused:
        sentences.append(f"「{'、'.join(refused)}」填的是不符合，不能通过；请退回修改。（平台承诺书第七项）")
    return sentences


def why_not_send_back(answers: Mapping[str, Answer], note: str) -> list[str]:
    """Sending back needs words the author can act on."""
    if note.strip() or any(answer.note.strip() for answer in answers.values()):
        return []
    return ["退回时请写明哪里要改，作者才知道怎么改。"]
