"""Numbers of official documents: 粤应急规〔2022〕3号, 国务院令第591号, 第30号令, 公告2021年第3号."""

import re
from collections.abc import Iterator

from catalog.citations.citation import Citation, CitationKind

_HAN = "[\u4e00-\u9fff]"
_N = r"(?:\d{1,4}|[零〇一二三四五六七八九十百两]{1,8})"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_AGENCY = rf"{_HAN}{{0,24}}(?:国务院|部|局|厅|委|府|主席|署|会|院|省|市)"
_NOT_A_THING = r"(?![楼室机线门井罐泵炉车库桥床柜箱仓岗])"
_FORMS = [
    re.compile(rf"(?P<agency>{_HAN}{{1,16}})(?<!号)\s?\[\s*{_YEAR}\s*\]\s*第?\s*{_N}\s*号{_NOT_A_THING}"),
    re.compile(
        rf"(?P<agency>{_HAN}{{1,16}}[发函规字办急监委管建安质通政议复电三二])\s?\(\s*{_YEAR}\s*\)"
        rf"\s*第?\s*{_N}\s*号{_NOT_A_THING}"
    ),
    re.compile(
        rf"(?P<agency>{_AGENCY})令\s*(?:\(\s*第?\s*{_N}\s*号\s*\)|(?:{_YEAR}\s*年\s*)?第?\s*{_N}\s*号)"
    ),
    re.compile(
        rf"(?P<agency>{_AGENCY})?\s*(?:{_YEAR}\s*年\s*)?(?:第\s*{_N}|(?<!\d)\d{{1,3}}|(?<![零〇一二三四五六七八九十百两])[一二三四五六七八九]?十[一二三四五六七八九]?)\s*号\s*令(?![牌其他她它人])"
    ),
    re.compile(
        rf"(?P<agency>{_AGENCY})公告\s*(?:\(?\[?\s*{_YEAR}\s*年?\s*\)?\]?)?\s*(?:\(\s*)?第?\s*{_N}\s*号(?:\s*\))?"
    ),
]
# What may stand before the name of the one who issued it. 和 belongs to the names of some ministries.
_LEAD = re.compile(
    r".*(?:根据|依据|按照|依照|遵照|参照|执行|贯彻|落实|印发|转发|下发|发布|公布|废止|修订|修改|代替|替代"
    r"|文件|文号|通知|详见|参见|规定|要求|[见的了与及或为是由在以即如原按据依从将对于年月日]"
    r"|(?<!共)(?<!住房)(?<!资源)(?<!工业)(?<!发展)(?<!卫生)和)(?=.)",
    re.DOTALL,
)


def find_document_numbers(text: str, folded: str) -> Iterator[Citation]:
    """Every number of a document named in `folded`, which is `text` folded; `number` has no spaces."""
    for form in _FORMS:
        for match in form.finditer(folded):
            start = match.start() + _lead(match["agency"] or "")
            found = text[start : match.end()]
            year = match.groupdict().get("year")
            yield Citation(
                text=found.lstrip(),
                kind=CitationKind.DOCUMENT_NUMBER,
                start=match.end() - len(found.lstrip()),
                end=match.end(),
                number=re.sub(r"\s", "", found),
                year=int(year) if year else None,
            )


def _lead(agency: str) -> int:
    lead = _LEAD.match(agency)
    return lead.end() if lead else 0
