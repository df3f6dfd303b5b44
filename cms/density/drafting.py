"""A true/false stem from a spoken sentence. Pure; what cannot stand alone is not drafted.

A draft repeats what was said, so its key is right (T) as far as the lecturer was; a person decides the rest.
"""

import re
from dataclasses import dataclass

from catalog.citations import find_citations

SHORTEST, LONGEST = 10, 90  # ours, in characters that are spoken
DUTY = re.compile(
    r"应当|应该|必须|严禁|禁止|不得|不准|不允许|不许|(?<![响供反相适效感对])应(?![急力用变对答聘考征届邀激声付])"
)
_DIGITS = "零〇一二两三四五六七八九十百千万半点"
NUMBER = re.compile(
    rf"(?<![第{_DIGITS}])(?:\d+(?:\.\d+)?|[二两三四五六七八九十百千万][{_DIGITS}]*|一[{_DIGITS}]+)\s*"
    r"(?:毫米|厘米|公里|千米|米|千伏|毫伏|伏|毫安|安培|安|摄氏度|度|℃|%|％|学时|小时|分钟|秒|周岁|岁|个月|"
    r"个工作日|工作日|日|天|年|周|次|倍|人|公斤|千克|吨|兆帕|帕|千瓦|瓦|兆欧|欧|万元|元|"
    r"(?:kV|mA|mm|cm|km|kg|MPa|kPa|Hz|V|A|m|Ω|W)(?![A-Za-z]))"
    rf"|百分之[{_DIGITS}]+"
)
_SAID_BEFORE = re.compile(  # what opens a sentence and says nothing
    r"^(?:(?:好[的了]?|嗯|啊|呃|那|另外|此外|然后|首先|其次|再次|最后|同时|所以|注意|记住|总之|特别是|"
    r"第[一二三四五六七八九十]+(?:点|条|个)?)[，,、：:\s]+"
    r"|那么|所以说?|因此|接下来|也就是说|就是说|换句话说|请?大家(?:一定)?要?(?:注意|记住)"
    r"|(?:一定)?要(?:注意|记住)(?=[，,：:])|我们要?(?:知道|强调)|需要(?:注意|强调|说明)的是)[，,、：:\s]*"
)
_PARTICLE = re.compile(r"[啊呀哦哈嘛吧呢]+$")
_HESITATION = re.compile(r"[，,、\s]*(?:呃|嗯|啊)[，,、\s]+")
_ASKING = re.compile(r"[？?]|吗$|什么|怎么|为何|哪|几(?=[个种点次条项])|多少|是不是|对不对")
_POINTING = re.compile(  # words that mean nothing away from what was said or shown before
    r"^(?:[这那它他她此该其](?!他)|其中|以上)|[这那](?!么)|刚才|方才|上面|下面|前面[讲说提]|后面[讲说提]|如图|图中|这里|"
    r"上述|下列|如下|屏幕|[它他她]们?(?!人)"
)
_TALKING = re.compile(r"我(?!国)|你|您|咱|大家|同学|各位|老师|学员们|本节课|这节课|今天")
_CUT_OFF = re.compile(
    r"^(?:[并和与或而及的了也还就都，。、]|以及)|(?:[的和与或及，、：]|因为|如果|但是|比如|例如|就是)$"
)
_ENDS = "。．.！!；;，, 、"


@dataclass(frozen=True, slots=True)
class Draft:
    """`stem` is a statement with its full stop; `why` says what makes it worth asking."""

    stem: str
    why: tuple[str, ...]
    weight: float


def draft_of(said: str) -> Draft | None:
    """A draft from a whole spoken sentence; None when it asks nothing or cannot stand alone."""
    words = tidied(said)
    if not SHORTEST <= spoken(words) <= LONGEST or not _stands_alone(words):
        return None
    why = tuple(name for name, found in _reasons(words) if found)
    return Draft(f"{words}。", why, _weight(words, why)) if why else None


def tidied(said: str) -> str:
    """The sentence without what speakers put before, between and after it, and without its full stop."""
    words = _HESITATION.sub("，", said.strip()).strip(_ENDS)
    while (shorter := _SAID_BEFORE.sub("", words, count=1).strip(_ENDS)) != words:
        words = shorter
    words = _PARTICLE.sub("", words).strip(_ENDS)
    return re.sub(r"(?<=[^\x00-\x7f]),|,(?=[^\x00-\x7f])", "，", words)


def spoken(text: str) -> int:
    """How many characters of `text` are spoken: letters and digits of any script."""
    return sum(character.isalnum() for character in text)


def _stands_alone(words: str) -> bool:
    return not any(pattern.search(words) for pattern in (_ASKING, _POINTING, _TALKING, _CUT_OFF))


def _reasons(words: str) -> list[tuple[str, bool]]:
    return [
        ("规定了义务", bool(DUTY.search(words))),
        ("提到法规", bool(find_citations(words))),
        ("有数字", bool(NUMBER.search(words))),
    ]


def _weight(words: str, why: tuple[str, ...]) -> float:
    """A duty or a law counts more than a number; very short and very long sentences count less."""
    worth = sum(2.0 if name == "有数字" else 3.0 for name in why)
    return worth + (1.0 if 15 <= spoken(words) <= 50 else 0.0)
