"""Chinese and Arabic numbers, as laws print them."""

import re
from decimal import Decimal

DIGITS = "零一二三四五六七八九"
NUMERAL = r"[0-9零〇一二两三四五六七八九十百千万亿]"
_ARABIC = str.maketrans("零〇一二两三四五六七八九幺", "0012234567891")
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_TOKEN = re.compile(r"[0-9][0-9.]*|[零〇一二两三四五六七八九十百千万亿]")


def digits(text: str) -> str:
    """Digits read one by one: 三零八七一 → 30871."""
    return text.translate(_ARABIC)


def value(text: str) -> Decimal:
    """What a number is worth: 三十, 一百零五, 二〇二四, 100万, 1,000.5; 0 when there is none."""
    total = section = last = Decimal(0)
    if not set(text) & (_SMALL.keys() | _LARGE.keys()):
        text = digits(text)
    for token in _TOKEN.findall(text.replace(",", "")):
        if token in _SMALL:
            section, last = section + (last or 1) * _SMALL[token], Decimal(0)
        elif token in _LARGE:
            total, section, last = total + (section + last) * _LARGE[token], Decimal(0), Decimal(0)
        else:
            last = Decimal(digits(token).rstrip("."))
    return total + section + last


def chinese(number: int) -> str:
    """1–9999 as articles are numbered: 12 → 十二, 105 → 一百零五."""
    written = ""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            written += DIGITS[digit] + unit
        elif written and not written.endswith("零"):
            written += "零"
    written = written.rstrip("零")
    return written.removeprefix("一") if 10 <= number < 20 else written
