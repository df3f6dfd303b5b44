"""How long an hour of training is, and so how much video an outline asks for."""

from decimal import Decimal

CLAUSE = "机构承诺书第四项"  # 「网络培训内容、时长应符合培训大纲要求」
MINUTES_PER_HOUR = 45  # 1 学时 = 45 分钟


def required_minutes(hours: Decimal | float) -> float:
    """Minutes of video that so many hours of training ask for."""
    return float(hours) * MINUTES_PER_HOUR


def is_long_enough(duration_s: float, hours: Decimal | float) -> bool:
    """Whether video of this length fills the hours; a millisecond of rounding is no shortfall."""
    return round(duration_s, 3) >= round(required_minutes(hours) * 60, 3)
