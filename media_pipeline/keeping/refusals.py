"""Why a kept file cannot be had."""

DOWN = "文件存储暂时连不上，每分钟自动再试一次"


class NotNow(ConnectionError):
    """Nothing is wrong with the file; try again later. `str()` is a Chinese sentence, at most 50 long.

    Packages that may not know this one catch `ConnectionError`.
    """


class Altered(Exception):
    """The kept bytes are not those that were handed in: their SHA-256 is another."""
