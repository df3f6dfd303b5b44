"""The titles that the platform's own register of laws and standards knows."""

import json
import re
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data" / "instruments.json"
_AROUND = re.compile(r"^中华人民共和国|\s*[(（][^()（）]*[)）]$")


def short_title(title: str) -> str:
    """As people call it: 中华人民共和国安全生产法（2021修正） → 安全生产法."""
    return _AROUND.sub("", title)


@cache
def registered_titles() -> frozenset[str]:
    """The short titles of all instruments that come with the platform."""
    instruments = json.loads(DATA.read_text(encoding="utf-8"))["instruments"]
    return frozenset(short_title(instrument["title"]) for instrument in instruments)
