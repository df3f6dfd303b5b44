"""Lines that say nothing of any question: page numbers, the buttons of a web page, the marks of Markdown."""

import re

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
_MARKDOWN = re.compile(
    r"\s*(?:#{1,6}\s+|>\s+|[-+*]\s+(?=\**\(?[A-H]\s?[.、:)]|\**\d+\s?[.、])|\*\s*(?=\d+\s?[.、]))"
)
_BOLD = re.compile(r"\*\*([^*]+)\*\*")


def is_noise(line: Line) -> bool:
    return bool(_NOISE.fullmatch(narrow(line.text).strip()))


def plain(line: Line) -> Line:
    """`**1. …**`, `- A. …`, `### 单选题`, `* 1. …` without these marks."""
    text = _BOLD.sub(r"\1", line.text)
    begin = _MARKDOWN.match(narrow(text))
    return line if text == line.text and not begin else line.saying(text[begin.end() if begin else 0 :])
