"""What is known of a question beside its words, where a format has nothing but tags for it."""

from collections.abc import Iterable

from question_bank.importing.raw import RawQuestion

DIFFICULTY_TAG, FROM_TAG, TO_TAG = "难度:", "启用日期:", "最后有效日:"
_PARTS = {DIFFICULTY_TAG: "difficulty", FROM_TAG: "valid_from", TO_TAG: "valid_to"}


def take_tags(question: RawQuestion, tags: Iterable[str]) -> None:
    """`难度:易` is the difficulty; any tag without such a name is a knowledge point."""
    points = [question.knowledge_points] if question.knowledge_points else []
    for tag in filter(None, (tag.strip() for tag in tags)):
        mark = next((mark for mark in _PARTS if tag.startswith(mark)), None)
        if mark:
            setattr(question, _PARTS[mark], tag.removeprefix(mark))
        else:
            points.append(tag)
    question.knowledge_points = "；".join(points)
