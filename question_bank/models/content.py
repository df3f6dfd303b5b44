from django.db import models

from question_bank.content import LETTERS, Content, QuestionType
from question_bank.entry import show_answer


class Difficulty(models.IntegerChoices):
    EASY = 1, "易"
    MEDIUM = 2, "中"
    HARD = 3, "难"


class QuestionContent(models.Model):
    """The words of a question as columns: a question holds the present ones, a version those of its day."""

    type = models.CharField(
        "题型", max_length=20, choices=[(kind.value, kind.label) for kind in QuestionType]
    )
    stem = models.TextField("题干")
    options = models.JSONField("选项", default=list, blank=True)
    answer = models.JSONField("答案", default=list)
    explanation = models.TextField("解析")
    difficulty = models.PositiveSmallIntegerField("难度", choices=Difficulty, null=True, blank=True)
    images = models.JSONField("配图", default=list, blank=True)
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_to = models.DateField("最后有效日", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_to=None)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="%(class)s_ends_after_it_begins",
            )
        ]

    @property
    def content(self) -> Content:
        columns = {name: getattr(self, name) for name in Content.__dataclass_fields__}
        lists = {name: tuple(columns[name]) for name in ("options", "answer", "images")}
        return Content(**columns | lists)

    @content.setter
    def content(self, content: Content) -> None:
        for name, value in vars(content).items():
            setattr(self, name, list(value) if isinstance(value, tuple) else value)

    @property
    def lettered(self) -> list[tuple[str, str]]:
        """The options with their letters, as people read them."""
        return list(zip(LETTERS, self.options, strict=False))

    @property
    def key(self) -> str:
        """The answer as people read it: 对, 错, B, ABD."""
        return show_answer(tuple(self.answer), self.type)
