"""Codes of standards, written (GB/T 13869—2017) or spoken (国标三零八七一)."""

import re
from collections.abc import Iterator

from catalog.citations.articles import read_articles
from catalog.citations.citation import Citation, CitationKind
from catalog.numerals import digits

# Bodies that nothing else is called after, so that a code without its year is believed.
_SURE = "GBZ|GBJ|GB|AQ|XF|TSG|JGJ|CJJ|JTG|CECS"
_INDUSTRIES = (
    "DL|HG|SY|NB|GA|YB|YS|JB|JG|JC|JT|MT|LD|SH|WS|HJ|SL|TB|MH|CB|CJ|EJ|FZ|NY|LY|SB|SN|YD|YY|BB|QB|QX|KA|YJ"
    "|JJG|JJF|QC|SJ"
)
_SPOKEN = "零〇一二三四五六七八九幺"
_SLASH_T = r"(?:\s?(?:/|斜杠|杠)?\s?T(?=\s?[\d零〇一二三四五六七八九幺])|\s?/\s?[TZ])"
_CODE = re.compile(
    rf"""(?<![A-Za-z0-9])(?<![A-Za-z]/)(?:
        (?P<national>推荐性国家标准|国家标准|国标)
      | (?P<local>DB\s?(?:\d{{4}}|\d{{2}})(?=/|\s))
      | (?P<group>[TQ]/[A-Z]{{2,8}})
      | (?P<body>G\s?B(?:\s?[ZJ](?![A-Z]))?|A\s?Q|{_SURE}|{_INDUSTRIES})
    )(?P<recommended>{_SLASH_T})?(?:(?<=DB\d\d)/(?=\s?\d))?
    \s*(?:[-杠](?=[\d{_SPOKEN}]{{4}})|(?<=[Tt])杠(?=\d))?(?P<series>(?<=TSG)\s*[A-Z]{{1,2}}|(?<=TSG\s)[A-Z]{{1,2}})?
    (?P<number>\d+(?:\.\d{{1,3}})*(?:(?:~|至)\d{{1,2}}(?=-))?|[{_SPOKEN}]{{3,}}(?:点[{_SPOKEN}]{{1,2}})?)
    (?:\s*(?:-{{1,2}}|杠|横杠)\s*(?P<year>(?:19|20)\d{{2}}|[5-9]\d|[一二][{_SPOKEN}]{{3}}))?
    (?![0-9A-Za-z])""",
    re.VERBOSE | re.IGNORECASE,
)
_EVIDENCE = re.compile(r"(?:标准|规范|规程|行标|符合|执行|按照|依据|根据|满足|参照)[^。，；\n]{0,4}$")
_OLD_YEAR = re.compile(r"[789]\d")
_ENCODING = re.compile(r"\s*(?:编码|字符|汉字|字库|码)")
_EDITION = re.compile(r"\s*\(\s*(?:19|20)\d{2}\s*年?\s*(?:版|修订|局部修订)?\s*\)")
_NEXT = re.compile(
    r"\s*(?:、|和|及|与|,|，)\s*(?P<number>\d{3,6}(?:\.\d{1,3})?)\s*(?:-{1,2}\s*(?P<year>(?:19|20)\d{2}))?(?![0-9A-Za-z%.])"
)
_SERIAL = re.compile(r"(?<!标准)(?:货号|编号|型号|证号|序号|批号)(?:为|是|:|：)?\s*$")
_COUNTED = re.compile(r"\s*(?:年|月|日|万|元|个|项|种|多|余|米|%)")
_RUN_TOGETHER = re.compile(r"(\d{3,5})((?:19|20)\d{2})")


def find_standards(text: str, folded: str) -> Iterator[Citation]:
    """Every standard named in `folded`, which is `text` folded."""
    for match in _CODE.finditer(folded):
        number, year = _number_and_year(match)
        if len(number.split(".")[0]) > 6 or not _is_certain(match, folded, number, year):
            continue
        body = f"{_body(match)} {(match['series'] or '').strip().upper()}"
        articles, end = read_articles(folded, _after_edition(folded, match.end()))
        end = end if articles else match.end()
        yield _standard(text, match.start(), end, f"{body}{number}", year, articles)
        yield from _listed(text, folded, end, body, number)


def _standard(
    text: str, start: int, end: int, code: str, year: int | None, articles: tuple[str, ...] = ()
) -> Citation:
    kind = CitationKind.STANDARD
    return Citation(text[start:end], kind, start, end, code=code, year=year, articles=articles)


def _after_edition(folded: str, position: int) -> int:
    edition = _EDITION.match(folded, position)
    return edition.end() if edition else position


def _listed(text: str, folded: str, position: int, body: str, before: str) -> Iterator[Citation]:
    """The numbers of a list that share the first one's letters: GB 4053.1、4053.2-2009."""
    while following := _NEXT.match(folded, position):
        same_series = following["number"].split(".")[0] == before.split(".")[0] and "." in before
        if not (same_series or following["year"]) or _COUNTED.match(folded, following.end()):
            return
        year = int(following["year"]) if following["year"] else None
        start, position = following.start("number"), following.end()
        yield _standard(text, start, position, f"{body}{following['number']}", year)


def _number_and_year(match: re.Match[str]) -> tuple[str, int | None]:
    number, year = (
        digits(re.split("[~至]", match["number"])[0]).replace("点", "."),
        digits(match["year"] or ""),
    )
    together = _RUN_TOGETHER.fullmatch(number)
    if together and not year and len(number) > 7:
        number, year = together.groups()
    return number, (int(year) + 1900 if len(year) == 2 else int(year)) if year else None


def _body(match: re.Match[str]) -> str:
    if match["national"]:
        recommended = match["recommended"] or match["national"].startswith("推荐")
        return "GB/T" if recommended else "GB"
    body = re.sub(r"\s", "", match["local"] or match["group"] or match["body"]).upper()
    suffix = (match["recommended"] or "").upper().strip()
    return body + (f"/{suffix[-1]}" if suffix else "")


def _is_certain(match: re.Match[str], folded: str, number: str, year: int | None) -> bool:
    """Whether this is a standard's code and not a model, a size or a count."""
    body = _body(match)
    is_sure = body in _SURE.split("|")
    if _ENCODING.match(folded, match.end()) or (
        not year and _SERIAL.search(folded[max(0, match.start() - 8) : match.start()])
    ):
        return False
    if year:
        return is_sure or len(match["year"]) > 2 or (len(number) > 2 and bool(_OLD_YEAR.match(match["year"])))
    if match["national"]:
        return len(number) > 2 and not _COUNTED.match(folded, match.end())
    if match["group"]:
        return False
    if match["recommended"]:
        return len(number) > 1
    if is_sure:
        counted = re.search(r"\d ?$", folded[max(0, match.start() - 2) : match.start()])
        return not counted and len(number) > (2 if body in ("GB", "AQ") else 1)
    return len(number) > 3 and bool(_EVIDENCE.search(folded[max(0, match.start() - 12) : match.start()]))
