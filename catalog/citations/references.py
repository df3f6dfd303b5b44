"""Laws named without 《》, as people speak (安全生产法第二十五条), and 同法第…条, 该法第…条."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from catalog.citations.articles import read_articles
from catalog.citations.citation import Citation
from catalog.citations.titles import TITLE_LIMIT, instrument, number_in, read_bracket

_GENRE = "法|法典|条例|规定|办法|规程|规范|标准|细则"
_BARE = re.compile(rf"[\u4e00-\u9fff]{{1,24}}?(?P<genre>{_GENRE})(?=[”\"\]]?\s*(?:的|中的?)?\s*第)")
_BARE_SPOKEN = re.compile(
    r"[\u4e00-\u9fff]{1,20}(?<![方办做手用疗看想])(?P<genre>法|法典|条例)"
    r"(?=[一二三四五六七八九十百]{2,}条(?![件例目]|措施|建议|意见))"
)
_CLOSING_QUOTE = re.compile(r"[”\"\]]?")
_LEAD = re.compile(
    r".*(?:我国|咱们|根据|依据|按照|依照|遵照|参照|对照|违反|符合|适用|执行|学习|规定|要求|以及|或者|例如|比如|就是|一下"
    r"|[与及或了的是在由看说讲如即对按据依照从把将]|(?<!共)和)(?=.)"
)
_ANAPHOR = re.compile(rf"(?P<word>(?<!合)同|[该此本]|上述)(?P<genre>{_GENRE})(?=\s*(?:的|中的?)?\s*第)")
_NOT_A_NAME = re.compile(
    rf"(?:前|新|旧|原|其|各|上款|国家|法律|有关|相关|下列|以上|什么|这|那|用|方)|.*(?:(?<!合)同|[该此本]|上述)(?:{_GENRE})$"
)
_LAW = re.compile(r"..(?:法|条例|规定|办法)$")
_GOES_ON = re.compile(r"(?!规定)[律规制治人院定理案子则]")


def find_names(text: str, folded: str, register: Collection[str]) -> Iterator[Citation]:
    """Each law of `register` wherever it stands, with or without an article."""
    laws = filter(_LAW.search, register)
    for name in sorted(laws, key=len, reverse=True):
        for match in re.finditer(rf"(?:中华人民共和国)?{re.escape(name)}", folded):
            if not (_GOES_ON.match(folded, match.end()) or _is_quoted(folded, match.start())):
                yield _with_articles(text, folded, match.start(), match.end())


def find_bare_names(text: str, folded: str) -> Iterator[Citation]:
    """What is called a law and has an article: 特种设备安全法第十三条."""
    for match in chain(_BARE.finditer(folded), _BARE_SPOKEN.finditer(folded)):
        lead = _LEAD.match(match[0])
        start = match.start() + (lead.end() if lead else 0)
        named = _with_articles(text, folded, start, match.end())
        is_name = match.end() - start > 1 and not _NOT_A_NAME.match(folded, start, match.end())
        if named.articles and is_name and not _is_quoted(folded, start):
            yield named


def find_anaphors(text: str, folded: str, titles: Sequence[Citation]) -> Iterator[Citation]:
    """同法第八条 with the title it stands for: the last one named before it that is called the same.

    本法 mostly means the text one reads; it is taken for a law only when that law is named in its sentence.
    """
    for match in _ANAPHOR.finditer(folded):
        since = _sentence_start(folded, match.start()) if match["word"] == "本" else 0
        named = [
            citation.title or ""
            for citation in titles
            if since <= citation.start < match.start()
            and re.sub(r"\s*[(（].*", "", citation.title or "").endswith(match["genre"])
        ]
        if named and read_articles(folded, match.end())[0]:
            yield replace(_with_articles(text, folded, match.start(), match.end()), title=named[-1])


def _is_quoted(folded: str, position: int) -> bool:
    """Whether a title in 《》 that was not taken for a law stands around `position`."""
    since = max(0, position - TITLE_LIMIT)
    return folded.rfind("《", since, position) > folded.rfind("》", since, position)


def _sentence_start(folded: str, position: int) -> int:
    return max(folded.rfind(mark, 0, position) for mark in "。；\n") + 1


def _with_articles(text: str, folded: str, start: int, end: int) -> Citation:
    title, number = text[start:end], None
    while bracket := read_bracket(text, folded, end):
        inner, end = bracket
        number = number or number_in(inner)
    quote = _CLOSING_QUOTE.match(folded, end)
    articles, articles_end = read_articles(folded, quote.end())
    end = articles_end if articles else end
    return instrument(text[start:end], start, end, title, number, articles)
