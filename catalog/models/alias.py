from django.db import models

from catalog.models.instrument import Instrument


class InstrumentAlias(models.Model):
    """Another name or number that people use: 特种作业规定, 30号令, GA 1131. Titles and numbers need none."""

    instrument = models.ForeignKey(
        Instrument, models.CASCADE, related_name="aliases", verbose_name="法规标准"
    )
    name = models.CharField(
        "别名",
        max_length=200,
        unique=True,
        error_messages={"unique": "这个别名已经登记过，一个别名只能指一部法规或标准。"},
        help_text="课程和题目里的叫法：简称、旧名、旧标准号。正式名称和文号不用再填。",
    )

    class Meta:
        verbose_name = verbose_name_plural = "别名"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
