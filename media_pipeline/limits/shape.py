"""What a set of limits is made of, and which numbers are nonsense, said in words to whoever typed them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from math import isfinite, nan
from typing import Any


@dataclass(frozen=True, slots=True)
class Limit:
    """One number of a profile: the check it belongs to, what it says, its source, and its sensible range."""

    check: str
    label: str
    unit: str
    source: str
    least: float
    most: float


class BadLimits(Exception):
    """Numbers that cannot be used; `problems` maps the name of a limit ("" for the whole) to sentences."""

    def __init__(self, problems: Mapping[str, list[str]]) -> None:
        super().__init__(" ".join(each for sentences in problems.values() for each in sentences))
        self.problems = dict(problems)


def limit(
    default: float, check: str, label: str, unit: str, source: str, *, within: tuple[float, float]
) -> Any:
    """The field of a profile."""
    return field(default=default, metadata={"limit": Limit(check, label, unit, source, *within)})


def limits_of(kind: type) -> dict[str, Limit]:
    """Name → limit, in the order in which they are written."""
    return {each.name: each.metadata["limit"] for each in fields(kind) if "limit" in each.metadata}


def read_limits(kind: type, typed: Mapping[str, Any], ordered: Iterable[tuple[str, str]]) -> dict[str, float]:
    """The numbers of `typed`, those left out as `kind` has them; raises `BadLimits` with all that is wrong.

    `ordered` are pairs of names of which the first may not be greater than the second.
    """
    limits = limits_of(kind)
    problems = {name: ["没有这个阈值，请核对名称。"] for name in typed if name not in limits}
    numbers = {each.name: each.default for each in fields(kind) if each.name in limits}
    for name in limits.keys() & typed.keys():
        try:
            numbers[name] = _number(typed[name], limits[name], whole=isinstance(numbers[name], int))
        except ValueError as wrong:
            problems[name] = [str(wrong)]
    for lower, upper in ordered:
        if not {lower, upper} & problems.keys() and numbers[lower] > numbers[upper]:
            problems[lower] = [_out_of_order(limits[lower], limits[upper], numbers[lower], numbers[upper])]
    if problems:
        raise BadLimits(problems)
    return numbers


def _number(typed: Any, limit: Limit, *, whole: bool) -> float:
    """`typed` as a number within the range of `limit`; raises ValueError with a sentence."""
    try:
        number = float(str(typed).strip().replace("−", "-"))
    except ValueError:
        number = nan
    if not isfinite(number):
        raise ValueError(f"「{limit.label}」要填一个数，填的是「{str(typed)[:20]}」。")
    if not limit.least <= number <= limit.most:
        raise ValueError(
            f"「{limit.label}」只能在 {limit.least:g} 到 {limit.most:g} {limit.unit}之间，填的是 {number:g}。"
        )
    if whole and number != int(number):
        raise ValueError(f"「{limit.label}」只能填整数，填的是 {number:g}。")
    return int(number) if whole else number


def _out_of_order(lower: Limit, upper: Limit, low: float, high: float) -> str:
    return f"「{lower.label}」{low:g} 不能大于「{upper.label}」{high:g}，请核对这两个数。"
