"""The order in which the notice prints its rows: qualification, category, item. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol


class Printed(Protocol):
    """A row of the notice, as far as grouping it needs."""

    qualification_type: str
    category: str


@dataclass(frozen=True, slots=True)
class Category[T]:
    name: str
    rows: list[T]


@dataclass(frozen=True, slots=True)
class Qualification[T]:
    name: str
    categories: list[Category[T]]


def grouped[T](things: Iterable[T], row_of: Callable[[T], Printed]) -> list[Qualification[T]]:
    """`things` under their headings; they must come in printed order, `row_of` tells the row of each."""
    return [
        Qualification(
            name,
            [
                Category(category, list(rows))
                for category, rows in groupby(inside, lambda thing: row_of(thing).category)
            ],
        )
        for name, inside in groupby(things, lambda thing: row_of(thing).qualification_type)
    ]
