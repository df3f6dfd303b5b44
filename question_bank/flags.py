"""Why the responses of learners put a question forward for review."""

from enum import StrEnum

MIN_RESPONSES = 30  # ours: below it a figure is chance, and nothing is put forward


class Flag(StrEnum):
    NOBODY = "nobody"
    EVERYBODY = "everybody"
    INVERTED = "inverted"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Flag.NOBODY: "无人答对：多半是答案标错，或题干说不清",
    Flag.EVERYBODY: "人人答对：考不出差别，换一道或改难",
    Flag.INVERTED: "会的人反而答错：多半是答案标错，或有两个答案",
}
