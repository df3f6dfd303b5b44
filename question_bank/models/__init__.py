from question_bank.models.citation import QuestionCitation
from question_bank.models.content import Difficulty, QuestionContent
from question_bank.models.importing import (
    ACCEPTED,
    BatchState,
    ColumnMapping,
    ImportBatch,
    ImportRow,
    Outcome,
    PairState,
    QuestionPair,
)
from question_bank.models.knowledge_point import KnowledgePoint
from question_bank.models.paper import Blueprint, Paper, PaperQuestion, PaperState
from question_bank.models.question import Question, QuestionState
from question_bank.models.response import DeliveryToken, QuestionFigures, Response
from question_bank.models.suggestion import QuestionScan, QuestionSuggestion
from question_bank.models.version import QuestionVersion

__all__ = [
    "ACCEPTED",
    "BatchState",
    "Blueprint",
    "ColumnMapping",
    "DeliveryToken",
    "Difficulty",
    "ImportBatch",
    "ImportRow",
    "KnowledgePoint",
    "Outcome",
    "PairState",
    "Paper",
    "PaperQuestion",
    "PaperState",
    "Question",
    "QuestionCitation",
    "QuestionContent",
    "QuestionFigures",
    "QuestionPair",
    "QuestionScan",
    "QuestionState",
    "QuestionSuggestion",
    "QuestionVersion",
    "Response",
]
