from question_bank.models.content import Difficulty, QuestionContent
from question_bank.models.knowledge_point import KnowledgePoint
from question_bank.models.question import Question, QuestionState
from question_bank.models.version import QuestionVersion

__all__ = ["Difficulty", "KnowledgePoint", "Question", "QuestionContent", "QuestionState", "QuestionVersion"]
