"""Makes a revision of a law by chance, and keeps what became of every article: an answer known for certain.

Deletes, inserts, moves, splits, merges, rewords, changes numbers, writes them in the other digits, and
numbers anew or, as an amending decision does, puts 第X条之一 between. The same seed makes the same revision.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from catalog.comparing import ArticleChange
from catalog.numerals import chinese, value

WORDS = [
    ("安全生产监督管理部门", "应急管理部门"),
    ("工商行政管理", "市场监督管理"),
    ("环境保护", "生态环境"),
    ("县级以上地方各级人民政府", "县级以上地方人民政府"),
    ("生产经营单位", "经营单位"),
    ("应当", "必须"),
    ("立即", "及时"),
    ("责令改正", "责令限期改正"),
    ("或者", "、"),
    ("制定", "拟定"),
    ("检查", "查验"),
    ("隐患", "风险隐患"),
    ("器材", "装备"),
    ("进行", "开展"),
    ("规定", "要求"),
    ("本条例", "本法"),
]
OTHERS = (2, 3, 5, 6, 10, 15, 20, 30, 50, 60, 90)
COMMON = "按照国家有关规定，|会同有关部门，|在各自职责范围内，|建立健全相应的制度，|并向社会公布，|如实记录，"
_NUMBER = re.compile(
    r"(?<![第之])(?<![零一二三四五六七八九十百千万0-9.])"
    r"([一二三四五六七八九十百]{1,4}|[0-9]{1,3})(?=个月|日内|年内|小时|万元|倍|周岁|人以上|米)"
)


@dataclass(slots=True)
class Draft:
    """One article of the revision: the old articles it comes from, its sentences, its changed numbers."""

    origins: list[str]
    text: str
    numbers: list[tuple[str, str, str, str]] = field(default_factory=list)  # origin, old, new, unit
    number: str = ""


@dataclass(slots=True)
class Revision:
    """`links` are the true (old, new) pairs, `numbers` the changes: {(old article, old, new)}."""

    articles: list[tuple[str, str]]
    links: set[tuple[str, str]]
    kinds: dict[tuple[str, str], str]
    numbers: set[tuple[str, str, str]]


def revise(
    old: list[tuple[str, str]], strangers: list[str], *, seed: int, strength: float = 1.0, anew: bool = True
) -> Revision:
    """A revision of `old` (number, text); `strangers` are texts of other laws to insert.

    `strength` scales how many articles change and how far; without `anew` articles keep their numbers.
    """
    chance = random.Random(seed)
    drafts = [Draft([number], text) for number, text in old]
    _merge(drafts, chance, strength)
    drafts = _split(drafts, chance, strength)
    for draft in drafts:
        _change_numbers(draft, chance, strength)
        _reword(draft, chance, strength)
    drafts = [draft for draft in drafts if chance.random() > 0.06 * strength]
    if anew:
        _move(drafts, chance, strength)
    _insert(drafts, strangers, chance, strength)
    if chance.random() < 0.5:
        for draft in drafts:
            draft.text = _NUMBER.sub(lambda match: _other_digits(match[1]), draft.text)
            draft.numbers = [(of, was, _other_digits(now), unit) for of, was, now, unit in draft.numbers]
    _number(drafts, anew=anew)
    return _told(drafts, old)


def written(revision: Revision, *, chance: random.Random, markdown: bool) -> str:
    """The text as a file holds it: title, contents, chapters, articles."""
    chapters = ["总则", "保障", "监督管理", "法律责任", "附则"]
    every = max(1, len(revision.articles) // len(chapters))
    heads = [f"第{chinese(number)}章　{name}" for number, name in enumerate(chapters, 1)]
    contents = ["目录", *heads, ""] if chance.random() < 0.5 else []
    lines = ["某某安全管理办法", "（2026年修订）", "", *contents]
    gap = chance.choice([" ", "　", "  "])
    for index, (number, text) in enumerate(revision.articles):
        if index % every == 0 and heads:
            lines += [f"## {heads.pop(0)}" if markdown else heads.pop(0), ""]
        lines += [f"**{number}**{gap}{text}" if markdown else f"{number}{gap}{text}", ""]
    return "\n".join(lines)


def _sentences(text: str) -> list[str]:
    return re.findall(r"[^。；]*[。；]|[^。；]+$", text)


def _merge(drafts: list[Draft], chance: random.Random, strength: float) -> None:
    for _ in range(round(0.04 * strength * len(drafts))):
        at = chance.randrange(len(drafts) - 1)
        first, second = drafts[at], drafts[at + 1]
        if len(first.origins) + len(second.origins) == 2 and min(len(first.text), len(second.text)) > 25:
            drafts[at : at + 2] = [Draft(first.origins + second.origins, first.text + second.text)]


def _split(drafts: list[Draft], chance: random.Random, strength: float) -> list[Draft]:
    done = []
    for draft in drafts:
        whole = [part for part in _sentences(draft.text) if part.endswith("。")]
        if len(draft.origins) == 1 and len(whole) > 1 and chance.random() < 0.06 * strength:
            cut = draft.text.index(whole[chance.randrange(len(whole) - 1)])
            cut = draft.text.index("。", cut) + 1
            if min(cut, len(draft.text) - cut) > 25:
                done += [Draft(draft.origins, draft.text[:cut]), Draft(draft.origins, draft.text[cut:])]
                continue
        done.append(draft)
    return done


def _change_numbers(draft: Draft, chance: random.Random, strength: float) -> None:
    if len(draft.origins) > 1 or chance.random() > 0.5 * min(1, strength):
        return
    found = list(_NUMBER.finditer(draft.text))
    for match in reversed(found):
        if chance.random() < 0.5:
            was = int(value(match[1]))
            now = chance.choice([number for number in OTHERS if number != was])
            printed = str(now) if match[1].isdigit() else chinese(now)
            unit = re.match(r"个月|小时|万元|周岁|[日年倍人米]", draft.text[match.end() :])[0]
            draft.numbers.append((draft.origins[0], match[1], printed, unit))
            draft.text = draft.text[: match.start()] + printed + draft.text[match.end() :]


def _reword(draft: Draft, chance: random.Random, strength: float) -> None:
    for was, now in WORDS:
        if chance.random() < 0.4 * strength:
            draft.text = draft.text.replace(was, now)
    if chance.random() > 0.5 * strength:
        return
    clauses = re.findall(r"[^，；。]*[，；。]|[^，；。]+$", draft.text)
    share = chance.random() * 0.5 * strength
    kept = []
    for clause in clauses:
        if chance.random() < share and len(clauses) > 2 and not _NUMBER.search(clause):
            if chance.random() < 0.5:
                kept += [chance.choice(COMMON.split("|")), clause]
            continue
        kept.append(clause)
    if sum(map(len, kept)) >= 0.5 * len(draft.text):
        draft.text = "".join(kept)


def _move(drafts: list[Draft], chance: random.Random, strength: float) -> None:
    for _ in range(round(0.06 * strength * len(drafts))):
        drafts.insert(chance.randrange(len(drafts)), drafts.pop(chance.randrange(len(drafts))))


def _insert(drafts: list[Draft], strangers: list[str], chance: random.Random, strength: float) -> None:
    count = min(len(strangers), round(0.12 * strength * len(drafts)))
    for text in chance.sample(strangers, count):
        drafts.insert(chance.randrange(1, len(drafts) + 1), Draft([], text))


def _other_digits(number: str) -> str:
    """三十 → 30, 30 → 三十."""
    return chinese(int(number)) if number.isdigit() else str(int(value(number)))


def _number(drafts: list[Draft], *, anew: bool) -> None:
    """From the first to the last; or as before, what is new as 之一 behind the one before it."""
    last, inserted, used = "第一条", 0, set()
    for index, draft in enumerate(drafts, 1):
        if anew:
            draft.number = f"第{chinese(index)}条"
        elif draft.origins and draft.origins[0] not in used:
            draft.number = last = draft.origins[0]
            inserted = 0
        else:
            inserted += 1
            draft.number = f"{last.split('之')[0]}之{chinese(inserted)}"
        used.add(draft.number)


def _told(drafts: list[Draft], old: list[tuple[str, str]]) -> Revision:
    links = {(origin, draft.number) for draft in drafts for origin in draft.origins}
    texts, kinds = dict(old), {}
    for draft in drafts:
        for origin in draft.origins:
            kinds[origin, draft.number] = _kind(origin, draft, links, texts[origin])
    changed = {
        (origin, was + unit, now + unit) for draft in drafts for origin, was, now, unit in draft.numbers
    }
    return Revision([(draft.number, draft.text) for draft in drafts], links, kinds, changed)


def _kind(origin: str, draft: Draft, links: set[tuple[str, str]], text: str) -> str:
    if len(draft.origins) > 1:
        return "merged"
    if sum(1 for was, _ in links if was == origin) > 1:
        return "split"
    if draft.text != text:
        return "reworded"
    return "same" if origin == draft.number else "renumbered"


@dataclass(slots=True)
class Score:
    """How a comparison did against the known answer; each pair is (right, of how many)."""

    links: tuple[int, int]
    said: tuple[int, int]
    parts: tuple[int, int]
    kinds: tuple[int, int]
    numbers: tuple[int, int]
    numbers_said: tuple[int, int]

    def __add__(self, other: "Score") -> "Score":
        names = self.__dataclass_fields__
        return Score(*(tuple(map(sum, zip(getattr(self, n), getattr(other, n), strict=True))) for n in names))


def score(revision: Revision, changes: Sequence[ArticleChange]) -> Score:
    told = {(change.old, change.new): change for change in changes if change.old and change.new}
    found = told.keys() & revision.links
    parts = {link for link, kind in revision.kinds.items() if kind in ("split", "merged")}
    numbers = {(change.old, *number) for change in changes for number in change.numbers}
    right = numbers & revision.numbers
    return Score(
        links=(len(found), len(revision.links)),
        said=(len(found), len(told)),
        parts=(len(parts & found), len(parts)),
        kinds=(sum(revision.kinds[link] == told[link].change for link in found), len(found)),
        numbers=(len(right), len(revision.numbers)),
        numbers_said=(len(right), len(numbers)),
    )
