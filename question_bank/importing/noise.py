"""Lines that say nothing of any question: page numbers, the buttons of a web page, the marks of Markdown."""

import re
from collections import Counter
from collections.abc import Sequence

from question_bank.importing.lines import Line
from question_bank.likeness.folding import narrow

_BUTTON = (
    r"(?:(?:点击)?(?:查看|显示|隐藏|展开|收起)(?:正确|参考)?(?:答案|解析|答案解析)|收藏|分享|纠错|笔记|反馈|点赞"
    r"|评论|举报|上一题|下一题|加入错题[本集]|错题反馈|我要纠错|收藏本题)"
)
_NOISE = re.compile(
    r"第\s*\d+\s*页(?:\s*[/,|]?\s*共\s*\d+\s*页)?|共\s*\d+\s*页\s*[/,|]?\s*第\s*\d+\s*页"
    rf"|[-—–]+\s*\d{{1,4}}\s*[-—–]+|page\s*\d+(?:\s*(?:of|/)\s*\d+)?|{_BUTTON}(?:[\s|/]*{_BUTTON})*",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^[^。？?：:（(\u2060]{3,30}(?:题库|试题|试卷|考试|复习题|复习资料|练习题|公司|学校|学院|协会|培训中心)$"
)
_PAGES, _LONG = 3, 60  # times, characters
_MARKS = tuple("#>+-*")
_MARKDOWN = re.compile(
    r"\s*(?:#{1,6}\s+|>\s+|[-+*]\s+(?=\**\(?[A-H]\s?[.、:)]|\**\d+\s?[.、])|\*\s*(?=\d+\s?[.、]))"
)
_OPTION = re.compile(r"^\s*选项\s*([A-H])\s*[:：.、]\s*|^\s*选项\s*[:：]\s*(?=[(（]?[A-HＡ-Ｈ])")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")


def is_noise(line: Line) -> bool:
    return len(line.text) < _LONG and bool(_NOISE.fullmatch(narrow(line.text).strip()))


def without_running_titles(lines: Sequence[Line]) -> list[Line]:
    """Without the title of a bank that is printed on every page."""
    titles = Counter(line.text.strip() for line in lines if _TITLE.search(line.text.strip()))
    return [line for line in lines if titles[line.text.strip()] < _PAGES]


def plain(line: Line) -> Line:
    """`**1. …**`, `- A. …`, `### 单选题`, `* 1. …` without these marks."""
    text = _OPTION.sub(_lettered, _BOLD.sub(r"\1", line.text))
    begin = _MARKDOWN.match(narrow(text)) if text.lstrip()[:1] in _MARKS else None
    return line if text == line.text and not begin else line.saying(text[begin.end() if begin else 0 :])


def _lettered(option: re.Match[str]) -> str:
    """`选项A：…` as `A. …`; before all options 选项： is their heading."""
    return f"{option[1]}. " if option[1] else ""
