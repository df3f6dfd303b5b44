"""The articles named after an instrument: 第七条、第八条和第十条第二款, 第三至五条, 第5.3条."""

import re
from collections.abc import Iterator

from catalog.numerals import chinese, value

LEVELS = "条款项目"
_N = r"\(?\s*(?:\d+(?:\.\d+)+|[0-9零〇一二两三四五六七八九十百千]+)\s*\)?"
_RANGE = r"(?:至|到|-+|~)"
_LIST = r"(?:、|，|,|和|及|以及|与|或者|或)"
_HEADINGS = re.compile(rf"\s*(?:的|中的?|里面?的?|当中的?)?\s*(?:第\s*{_N}\s*[编章节]\s*)*")
_GROUP = re.compile(
    rf"(?:第\s*|(?=\d+\.\d))(?P<numbers>{_N}(?:\s*(?:、|和|及|或|与|{_RANGE})\s*第?\s*{_N})*)"
    rf"\s*(?P<unit>[{LEVELS}])(?!件|目|例)(?P<inserted>之[一二三四五六七八九十]+)?"
)
_PLAIN = re.compile(
    rf"(?P<numbers>{_N}(?:{_RANGE}{_N})?)(?P<unit>[条款项])(?!件|目|例|措施|建议|意见|标准|规定|要求|线|路)(?P<inserted>之[一二三四五六七八九十]+)?"
)
_SPOKEN = re.compile(  # 安全生产法二十一条
    r"(?P<numbers>[零一二三四五六七八九十百]{2,})(?P<unit>条)"
    r"(?!件|目|例|措施|建议|意见|标准|规定|要求|线|路|款项)(?P<inserted>之[一二三四五六七八九十]+)?"
)
_BETWEEN = re.compile(rf"\s*(?:(?P<range>{_RANGE})|(?P<list>{_LIST}))?\s*")
_NUMBERS = re.compile(rf"(?P<range>{_RANGE})?\s*第?\s*(?P<number>{_N})")


def read_articles(folded: str, position: int) -> tuple[tuple[str, ...], int]:
    """The articles named right after `position`, and where they end; () and `position` without any."""
    here = _HEADINGS.match(folded, position).end()
    group = _GROUP.match(folded, here) or _SPOKEN.match(folded, here)
    if not group or group["unit"] != "条":
        return (), position
    articles: list[str] = []
    path: dict[int, str] = {}
    joint = ""
    while group and (joint or not articles or _deepens(path, group["unit"])):
        _add(articles, path, group, joint)
        position = group.end()
        between = _BETWEEN.match(folded, position)
        joint = "至" if between["range"] else "、" if between["list"] else ""
        group = _GROUP.match(folded, between.end()) or _next_article(folded, between.end(), path, joint)
    return tuple(articles), position


def _next_article(folded: str, position: int, path: dict[int, str], joint: str) -> re.Match[str] | None:
    """What follows without a 第 of its own: 第三十条、三十一条 (it must rise), 第一款一至四项."""
    plain = _PLAIN.match(folded, position)
    if plain is None or not path:
        return None
    level = LEVELS.index(plain["unit"])
    if not joint:
        return plain if level > max(path) and re.search(_RANGE, plain["numbers"]) else None
    known = re.match(r"第(.+)[条款项]", path.get(level, ""))
    return plain if known and value(plain["numbers"]) > value(known[1]) else None


def _deepens(path: dict[int, str], unit: str) -> bool:
    return LEVELS.index(unit) > max(path)


def _add(articles: list[str], path: dict[int, str], group: re.Match[str], joint: str) -> None:
    """Put the numbers of one group under the article (款, 项) that stands above them."""
    level = LEVELS.index(group["unit"])
    if articles and not joint:
        articles.pop()
    for deeper in [known for known in path if known >= level]:
        del path[deeper]
    parents = "".join(path[known] for known in sorted(path))
    for joined, name in _names(group, joint):
        if joined == "至" and articles:
            articles[-1] += f"至{name}"
        else:
            articles.append(parents + name)
        path[level] = name


def _names(group: re.Match[str], joint: str) -> Iterator[tuple[str, str]]:
    for found in _NUMBERS.finditer(group["numbers"]):
        yield joint, f"第{_normal(found['number'])}{group['unit']}{group['inserted'] or ''}"
        joint = ""
        following = group["numbers"][found.end() :].lstrip()
        joint = "至" if re.match(_RANGE, following) else "、"


def _normal(number: str) -> str:
    bare = number.strip("() \n\t　")
    return bare if "." in bare else chinese(int(value(bare)))
