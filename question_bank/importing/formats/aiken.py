"""Moodle's Aiken text format: a stem, `A. …` lines, `ANSWER: B` (docs.moodle.org, Aiken format)."""

import re

from question_bank.importing.encoding import decode
from question_bank.importing.raw import Option, RawQuestion

_OPTION = re.compile(r"([A-Z])[.)]\s*(.*)")
ANSWER = re.compile(r"ANSWER:\s*(.*)", re.IGNORECASE)


def read(data: bytes) -> list[RawQuestion]:
    questions: list[RawQuestion] = []
    for number, line in enumerate(decode(data).split("\n"), start=1):
        if line.strip():
            _take(questions, f"第 {number} 行", line.strip())
    return questions


def _take(questions: list[RawQuestion], where: str, line: str) -> None:
    option, answer = _OPTION.match(line), ANSWER.match(line)
    begun = bool(questions) and not questions[-1].answer
    if not begun or (questions[-1].options and not (option or answer)):
        questions.append(RawQuestion(where=where, is_keyed=True))
    question = questions[-1]
    question.quote(line)
    if answer:
        question.answer = answer[1]
    elif option:
        question.options.append(Option(option[1], option[2]))
    else:
        question.stem = f"{question.stem}\n{line}".strip()
