"""A blueprint: how many questions of which kind a paper holds. Pure: JSON in, quotas or one sentence out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from question_bank.content import QuestionType
from question_bank.rules import CLAUSE, SECONDS_PER_QUESTION

MAX_QUESTIONS = 1000  # ours, in one paper
MAX_MINUTES = 1440
MAX_NAME = 100
DIFFICULTIES = {1: "易", 2: "中", 3: "难"}
_TYPES = {name: kind for kind in QuestionType for name in (kind.value, kind.label)}
_LEVELS = {str(name): level for level, label in DIFFICULTIES.items() for name in (level, label)}


class BadBlueprint(ValueError):
    """It says nothing that papers could be made from; the message is one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """`count` questions of a type, and where named of a knowledge point and a difficulty (1, 2 or 3)."""

    type: QuestionType
    count: int
    knowledge_point: str | None = None
    difficulty: int | None = None

    def __str__(self) -> str:
        parts = [self.type.label]
        if self.knowledge_point:
            parts.append(f"知识点“{self.knowledge_point}”")
        if self.difficulty:
            parts.append(f"难度“{DIFFICULTIES[self.difficulty]}”")
        return "、".join(parts)

    def as_rule(self) -> dict[str, Any]:
        rule = {"type": str(self.type), "count": self.count}
        named = {"knowledge_point": self.knowledge_point, "difficulty": self.difficulty}
        return rule | {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Plan:
    """A blueprint that was read; `minutes` is the time of a paper."""

    quotas: tuple[Quota, ...]
    minutes: int

    @property
    def questions(self) -> int:
        return sum(quota.count for quota in self.quotas)

    @property
    def warning(self) -> str | None:
        """A sentence when the time is shorter than all questions may take."""
        needed = minutes_for(self.questions)
        if self.minutes >= needed:
            return None
        found = f"每题限时 {SECONDS_PER_QUESTION} 秒，{self.questions} 道题最多用 {needed} 分钟"
        return f"{found}，蓝图只给 {self.minutes} 分钟。（{CLAUSE}）"

    def as_rules(self) -> dict[str, Any]:
        return {"minutes": self.minutes, "quotas": [quota.as_rule() for quota in self.quotas]}


def minutes_for(questions: int) -> int:
    """Minutes that `questions` may take, a begun one counted."""
    return -(-questions * SECONDS_PER_QUESTION // 60)


def read_plan(rules: Any) -> Plan:
    """Read `{"minutes"?, "quotas": [{"type", "knowledge_point"?, "difficulty"?, "count"}]}`.

    Raises `BadBlueprint`; a name it does not know is refused, as a quota would be wider than was meant.
    """
    _known(rules, {"minutes", "quotas"}, "蓝图")
    listed = rules.get("quotas")
    if not isinstance(listed, list) or not listed:
        raise BadBlueprint("蓝图里没有 quotas，请至少写一项，如 {'type': 'single', 'count': 10}。")
    quotas = tuple(_quota(number, rule) for number, rule in enumerate(listed, start=1))
    total = sum(quota.count for quota in quotas)
    if total > MAX_QUESTIONS:
        raise BadBlueprint(f"各项合计 {total} 道题，一份试卷最多 {MAX_QUESTIONS} 道，请减少。")
    minutes = rules.get("minutes")
    if minutes is None:
        return Plan(quotas, minutes_for(total))
    return Plan(quotas, _whole(minutes, "minutes", MAX_MINUTES))


def _quota(number: int, rule: Any) -> Quota:
    where = f"第 {number} 项"
    _known(rule, {"type", "knowledge_point", "difficulty", "count"}, where)
    kind = rule.get("type")
    if not isinstance(kind, str) or kind not in _TYPES:
        raise BadBlueprint(f"{where}的 type 应为 {'、'.join(QuestionType)} 之一，现为 {_shown(kind)}。")
    if "count" not in rule:
        raise BadBlueprint(f"{where}没有 count，请写要几道题。")
    return Quota(
        type=_TYPES[kind],
        count=_whole(rule["count"], f"{where}的 count", MAX_QUESTIONS),
        knowledge_point=_point(rule.get("knowledge_point"), where),
        difficulty=_difficulty(rule.get("difficulty"), where),
    )


def _known(rule: Any, names: set[str], where: str) -> None:
    if not isinstance(rule, Mapping):
        raise BadBlueprint(f"{where}应是一个 JSON 对象，现为 {_shown(rule)}。")
    if strange := [name for name in rule if name not in names]:
        raise BadBlueprint(f"{where}里有不认识的 {_shown(strange[0])}，可用的有 {'、'.join(sorted(names))}。")


def _whole(value: Any, name: str, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise BadBlueprint(f"{name} 应是 1 到 {most} 的整数，现为 {_shown(value)}。")
    return value


def _point(value: Any, where: str) -> str | None:
    if value is None:
        return None
    name = " ".join(value.split()) if isinstance(value, str) else ""
    if not name:
        raise BadBlueprint(f"{where}的 knowledge_point 应是知识点的名称，现为 {_shown(value)}。")
    return name


def _difficulty(value: Any, where: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or str(value) not in _LEVELS:
        raise BadBlueprint(f"{where}的 difficulty 应为 1（易）、2（中）或 3（难），现为 {_shown(value)}。")
    return _LEVELS[str(value)]


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
