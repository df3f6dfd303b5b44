"""What kinds of instruments there are. A field, never guessed: a rule may be called 标准.

New knowledge is kept beside them, as a text that was recorded on a day and that courses must take up.
"""

from enum import StrEnum


class InstrumentKind(StrEnum):
    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative_regulation"
    LOCAL_REGULATION = "local_regulation"
    DEPARTMENTAL_RULE = "departmental_rule"
    NORMATIVE_DOCUMENT = "normative_document"
    TECHNICAL_STANDARD = "technical_standard"
    NEW_KNOWLEDGE = "new_knowledge"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    InstrumentKind.LAW: "法律",
    InstrumentKind.ADMINISTRATIVE_REGULATION: "行政法规",
    InstrumentKind.LOCAL_REGULATION: "地方性法规",
    InstrumentKind.DEPARTMENTAL_RULE: "部门规章",
    InstrumentKind.NORMATIVE_DOCUMENT: "规范性文件",
    InstrumentKind.TECHNICAL_STANDARD: "技术标准",
    InstrumentKind.NEW_KNOWLEDGE: "新知识",
}
