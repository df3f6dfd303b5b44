"""A row of the register: one version with its instrument, and what may be wrong with it."""

import datetime
import re
from dataclasses import dataclass, field

COLUMNS = {
    "instrument": "法规标识",
    "instrument_title": "法规名称",
    "kind": "类别",
    "aliases": "别名",
    "slug": "版本标识",
    "title": "版本名称",
    "number": "文号或标准号",
    "issuer": "发布机关",
    "published": "发布日期",
    "effective": "施行日期",
    "expires": "失效日期",
    "status": "效力说明",
    "verified": "核实情况",
    "verified_by": "核实人",
    "verified_on": "核实日期",
    "source": "依据来源",
    "note": "备注",
    "catalog_hint": "涉及的操作项目",
    "replaces": "代替",
    "replaces_partly": "部分代替",
}
LISTS = frozenset({"aliases", "source", "catalog_hint", "replaces", "replaces_partly"})
DATES = ("published", "effective", "expires", "verified_on")
NEEDED = ("instrument", "instrument_title", "kind", "slug", "title")
VERIFIED = {"text": "已核对原文", "third_party": "据第三方资料", "no": "未核实"}
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the row at `where` (第 3 行); all of a file are found at once."""

    where: str
    message: str


@dataclass(slots=True)
class Row:
    """One version with its instrument; dates are `date`, or None where they are not known."""

    where: str
    instrument: str = ""
    instrument_title: str = ""
    kind: str = ""
    slug: str = ""
    title: str = ""
    number: str = ""
    issuer: str = ""
    published: datetime.date | None = None
    effective: datetime.date | None = None
    expires: datetime.date | None = None
    status: str = ""
    verified: str = "no"
    verified_by: str = ""
    verified_on: datetime.date | None = None
    note: str = ""
    aliases: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    catalog_hint: list[str] = field(default_factory=list)
    replaces: list[str] = field(default_factory=list)
    replaces_partly: list[str] = field(default_factory=list)
    is_flat: bool = False  # from the flat form: it knows nothing of our instruments and words

    @property
    def undated(self) -> list[str]:
        """The dates that are not known; flagged and never guessed."""
        return [COLUMNS[name] for name in ("published", "effective") if getattr(self, name) is None]
