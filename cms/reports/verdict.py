"""What one reads in five seconds: how many findings of which weight, and what to do about them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    look: str
    sign: str
    headline: str
    advice: str


WORDS = {"fail": "项不合格", "warn": "项待查看", "unknown": "项要人工确认"}


def verdict_of(counts: Mapping[str, int]) -> Verdict:
    """The verdict on so many findings of each kind."""
    headline = "，".join(f"{counts[kind]} {words}" for kind, words in WORDS.items() if counts.get(kind))
    if counts.get("fail"):
        advice = "不合格的改好才能送审：按说明修改，重新导出，再到课程页上传。其余的请点时间看一看。"
        return Verdict("bad", "✕", headline, advice)
    if counts.get("warn"):
        advice = "没有不合格。请点时间跳过去看：没有影响就可以送审，有影响就改好重新上传。"
        return Verdict("warn", "!", headline, advice)
    if counts.get("unknown"):
        advice = "机器测得出的都合格。请按说明看几处，没有问题就可以送审。"
        return Verdict("good", "✓", f"检查合格，{headline}", advice)
    return Verdict("good", "✓", "各项检查都合格", "视频不用再改，可以配题目、送审。")
