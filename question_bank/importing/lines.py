"""What one line of a question bank is: heading, start of a question, key, explanation, metadata."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from question_bank.likeness.folding import narrow


@dataclass(frozen=True, slots=True)
class Line:
    """`counted` is true when Word, not the author, wrote the number before it."""

    where: str
    text: str
    counted: bool = False
    marked: tuple[str, ...] = ()  # the pieces in red or bold, when not all of it is

    def saying(self, text: str) -> "Line":
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Start:
    """A line that may begin a question. `firm`: the number is set off by a mark, not by a mere blank."""

    number: int
    text: str
    type: str = ""
    answer: str = ""
    firm: bool = True


_OTHERS_KEY = r"(?:学生|考生|学员|用户|我的|您的|你的)答案"  # what somebody chose, right or wrong
_NAME = r"(?:(?:正确|参考|标准|本题|试题|题目)?答\s{0,3}案|标答|正确选项|正确项)"
_KEY_WORD = rf"(?:[\[(]?{_NAME}(?:是|为)?\s*[:=]|\[{_NAME}\])"
KEY_NAME = re.compile(rf"{_NAME}:?")
_DASH = r"\s*[-—–.、;]\s*"  # 答案-A, 答案、A: a mark that parts a name from its key, and much else
_LETTERS_END = r"(?=[A-H](?:[\s、,]*[A-H]){0,7}\s*[。.)\]]*\s*$)"
_KEY_END = rf"(?:{_LETTERS_END}|(?=(?:√|×|对|错|正确|错误)\s*[。.)\]]*\s*$))"
_EXPLANATION_WORD = (
    r"(?:(?:人工|试题|答案|题目|本题|A\.I\.|AI)?(?:解析|详解)\s*[:]"
    r"|\[(?:人工|试题|答案|A\.I\.|AI)?(?:解析|详解|分析|说明)\][:]?)"
)
_METADATA_WORD = (
    r"(?:分数|分值|难度|难易度|知识点|能力水平|试题来源|章节名称|章节|出处|复核模式|试题生成类别"
    rf"|启用日期|生效日期|最后有效日|失效日期|答题情况|得分|{_OTHERS_KEY})"
)
_CUT = re.compile(
    rf"(?={_KEY_WORD})(?<![\[(])(?<!正确)(?<!参考)(?<!标准)(?<!本题)(?<!试题)(?<!题目)"
    r"(?<!学生)(?<!考生)(?<!学员)(?<!用户)(?<!我的)(?<!您的)(?<!你的)"
    rf"|(?={_EXPLANATION_WORD})(?<!人工)(?<!试题)(?<!答案)(?<!题目)(?<!本题)(?<!A\.I\.)(?<!AI)"
    rf"|(?=\[{_METADATA_WORD}\]|{_OTHERS_KEY}\s*:)|(?<=\s)(?={_NAME}{_DASH}{_KEY_END})"
    r"|(?<=[\s。])(?=(?:难度|难易度|知识点|章节)\s*:)"
)
KEY = re.compile(
    rf"{_KEY_WORD}(?:{_DASH})?\s*|(?:答案(?:是|为)?|答|answer|key)\s*[:]?\s+|(?:答|answer|key|ans)\s*:\s*"
    rf"|(?:{_NAME}[是为选]?\s*[-—–.、;\]]?|(?:本题|故|应)?选\s*:?)\s*(?:选项?)?\s*{_LETTERS_END}"
    rf"|{_NAME}(?:[是为]|{_DASH})\s*{_KEY_END}",
    re.IGNORECASE,
)
EXPLANATION = re.compile(rf"{_EXPLANATION_WORD}\s*|(?:解析|说明|依据|考点)\s*[:]\s*")
METADATA = re.compile(rf"\[?{_METADATA_WORD}\s*(?:ID)?\s*[:\]]")
_FIELD = re.compile(rf"({_METADATA_WORD})\s*(?:ID)?\s*[:\]]\s*[:]?")

TYPE_WORD = (
    r"(?:单项选择|多项选择|不定项选择|单选|多选|判断|是非|选择|填空|简答|问答|论述|计算|名词解释"
    r"|(?:案例|综合|实操|材料|操作|应用|分析)[\u4e00-\u9fff]{0,4})"
)
TYPE_HEADING = re.compile(
    rf"(?:以下[均都]?[为是]|第?[一二三四五六七八九十]+(?:部分|大题)?\s*[、.:,]?|\([一二三四五六七八九十]+\)|[IVXⅠ-Ⅻ]+\s*[.、])?\s*"
    rf"({TYPE_WORD}题)\s*(?:[(\[:：,，].*|共.*)?$"
)
CHAPTER = re.compile(
    r"(?:第\s*[一二三四五六七八九十百\d]+\s*(?:章|节|篇|编|部分|单元|讲)(?![的是])|[一二三四五六七八九十]+、)[^。?;_()]{0,40}$"
)
SUBCHAPTER = re.compile(r"\([一二三四五六七八九十]+\)[^。?;_()]{0,40}$")
_WHOSE = (
    rf"(?:第\s*[一二三四五六七八九十百\d]+\s*(?:章|节|篇|部分|单元|讲)[^。?;]{{0,12}}?|本[章节]|习题|练习题?"
    rf"|模拟题?[一二三四五六七八九十\d]*|(?:[一二三四五六七八九十]+、)?{TYPE_WORD}题)"
)
KEY_LIST = re.compile(
    rf"{_WHOSE}?\s*"
    r"(?:附(?:件|录)?\s*\d*\s*[:、.]?\s*)?\[?(?:参考|标准|正确|试题)?答案(?:及|与|和)?(?:试题)?(?:解析|详解|评分标准)?\]?\s*[:]?$"
)
ANSWERS = re.compile(r"(?:参考|标准|正确)?答案.{0,8}$")  # what makes a heading one of keys
_BLANK_BEFORE = re.compile(r"(?:\(\s*([^()]{0,6}?)\s*\)|([√×✓✗]))\s*(?=\d{1,5}\s*[.、,:])")
_TAG = re.compile(rf"[\[(]\s*({TYPE_WORD}题?)\s*[\])]\s*")
_NUMBER = re.compile(
    r"第\s*(?P<named>\d{1,5})\s*题[.、:]?\s*"
    r"|(?:\d{1,5}、)*(?P<marked>\d{1,5})\s*[.、,:)](?!\d)\s*"
    r"|(?P<loose>\d{1,5})(?:[.、](?=\d)|\s+|(?=[\[(])|$)\s*"
)


def segments(line: Line) -> list[Line]:
    """The line cut before each key and explanation in it: `D. 丁 答案：A 解析：…` are three."""
    text, folded = line.text.strip(), narrow(line.text.strip())
    cuts = sorted({0, *(found.start() for found in _CUT.finditer(folded)), len(text)})
    pieces = [text[begin:end].strip() for begin, end in pairwise(cuts)]
    return [line] if pieces == [line.text] else [line.saying(piece) for piece in pieces if piece]


def read_fields(text: str) -> dict[str, str]:
    """`难度：易 知识点：急救、验电` as {难度: 易, 知识点: 急救、验电}."""
    found = list(_FIELD.finditer(narrow(text)))
    ends = [later.start() for later in found[1:]] + [len(text)]
    return {
        name[1]: text[name.end() : end].strip(" \t\u3000[]【】")
        for name, end in zip(found, ends, strict=True)
    }


def read_start(line: str) -> Start | None:
    """The number a line begins with, and what stands before the words of the stem."""
    folded = narrow(line)
    begin, answer, kind = 0, "", ""
    if blank := _BLANK_BEFORE.match(folded):
        begin, answer = blank.end(), blank[blank.lastindex or 1]
    if tag := _TAG.match(folded, begin):
        begin, kind = tag.end(), tag[1]
    number = _NUMBER.match(folded, begin)
    if not number:
        return Start(0, line[begin:], kind, answer, firm=False) if kind else None
    begin = number.end()
    if tag := _TAG.match(folded, begin):
        begin, kind = tag.end(), tag[1]
    return Start(int(number[number.lastgroup]), line[begin:], kind, answer, firm=number.lastgroup != "loose")
