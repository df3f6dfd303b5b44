"""From what a file says to a `Content`: one spelling of types, options and keys, doubts named."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from question_bank.content import LETTERS, Content, QuestionType, picture_label
from question_bank.importing.answers import Answer, index_base, read_choice, read_truth
from question_bank.importing.doubts import doubt_letters_x, doubt_marks, doubt_next, option_defects
from question_bank.importing.facts import read_day, read_difficulty
from question_bank.importing.folding import fold, narrow, tidy
from question_bank.importing.hints import Hints
from question_bank.importing.keys import TRUTH, read_key
from question_bank.importing.options import split_tail
from question_bank.importing.raw import (
    BROKEN,
    PICTURE,
    PICTURE_CHAR,
    PICTURES,
    Defect,
    Level,
    Option,
    RawQuestion,
)
from question_bank.importing.stem_keys import find_keys, has_blank
from question_bank.importing.types import OTHER, read_type

_CERTAINLY_OPTIONS = 3
_TEXT_BROKEN = Defect(Level.ERROR, "text_broken", "原文这里有损坏的字（�），请对照原件改正后再导入。")
_PICTURE_LOST = Defect(Level.WARNING, "picture_lost", "原文这里有图片或公式，没有导入，请核对题目是否完整。")
_BELOW = re.compile("(?:\\n[\U000f0000-\U000ffffd]+)+$")


@dataclass(frozen=True, slots=True)
class Normal:
    """The question in one spelling, and what was doubtful on the way."""

    content: Content
    defects: tuple[Defect, ...]


class Normaliser:
    """Reads the questions of one file alike; `questions` show how the file counts options."""

    def __init__(
        self, questions: Iterable[RawQuestion], hints: Hints | None = None, pictures: Sequence[str] = ()
    ) -> None:
        self._base = index_base(questions)
        self._hints, self._pictures = hints or Hints(), pictures

    def normalise(self, raw: RawQuestion) -> Normal:
        defects = list(raw.defects)
        if BROKEN in "".join(_texts(raw)):
            defects.append(_TEXT_BROKEN)
        doubt_letters_x(_texts(raw), defects)
        raw, images = _with_named_pictures(_without_lost_pictures(raw, defects), self._pictures)
        if not all(images):
            defects.append(_PICTURE_LOST)
        raw = _with_options_of_stem(raw, defects)
        options, pair = _ordered(raw.options, defects), ()
        declared = read_type(raw.type)
        if declared in (QuestionType.TRUE_FALSE, QuestionType.SINGLE, "") and _is_pair(options):
            declared = QuestionType.TRUE_FALSE
            pair, options = tuple(TRUTH[fold(option).lower()] for option in options), ()
        stem, key = _stem_and_key(raw, declared, pair, defects)
        key = key or ("A" if options and self._hints.first_is_right else "")
        kind = declared or _kind(key, options)
        answer = self._answer(key, kind, options, pair, raw)
        defects += [*answer.defects, *option_defects(options)]
        content = Content(
            type=kind if kind != OTHER else raw.type or OTHER,
            stem=stem,
            options=options,
            answer=answer.letters,
            explanation=tidy(f"{answer.rest}\n{raw.explanation}".replace("@@@", "")),
            difficulty=read_difficulty(raw.difficulty, defects),
            images=tuple(filter(None, images)),
            valid_from=read_day(raw.valid_from, defects),
            valid_to=read_day(raw.valid_to, defects),
        )
        return Normal(content, tuple(dict.fromkeys(defects)))

    def _answer(
        self, key: str, kind: str, options: tuple[str, ...], pair: tuple[str, ...], raw: RawQuestion
    ) -> Answer:
        if kind == QuestionType.TRUE_FALSE:
            return read_truth(key, pair, headless=raw.headless, true_digit=self._hints.true_digit)
        if kind == OTHER:
            return Answer((key,) if key else ())
        return read_choice(key, options, base=self._base)


def _kind(key: str, options: tuple[str, ...]) -> str:
    """The type that the key shows: two letters make a multiple choice."""
    if not options and (read_key(key).truth or narrow(key) in ("0", "1")):
        return QuestionType.TRUE_FALSE
    several = len(read_choice(key, options, base=None).letters) > 1
    return QuestionType.MULTIPLE if several else QuestionType.SINGLE


def _stem_and_key(
    raw: RawQuestion, kind: str, pair: tuple[str, ...], defects: list[Defect]
) -> tuple[str, str]:
    """The stem without its key, and the key: the one given, else that in the stem, else what is marked."""
    key, stem = raw.answer.strip(), raw.stem
    found = find_keys(stem, kind, has_key=bool(key))
    stem = tidy(stem)
    meanings = {_meaning(word, kind, pair) for word in (key, *found.keys) if word}
    if not raw.is_keyed:
        doubt_next(raw, defects)
        doubt_marks(key, raw, defects)
    if found.keys and len(meanings) == 1 and not (raw.is_keyed and key):
        return tidy(found.stem), key or found.keys[0]
    if len(meanings) > 1 and not (key and has_blank(stem)):
        message = f"题干中的答案“{'、'.join(found.keys)}”与题后的答案“{key or '（无）'}”不一致，请核对。"
        level = Level.WARNING if raw.is_keyed and key else Level.ERROR
        defects.append(Defect(level, "answer_conflict", message))
    return stem, key or _marked(raw, defects)


def _meaning(key: str, kind: str, pair: tuple[str, ...]) -> tuple[str, ...]:
    """What a key says, so that B and × agree when B is 错误."""
    if kind == QuestionType.TRUE_FALSE:
        return read_truth(key, pair, headless=False).letters or (key,)
    return tuple(sorted(set(read_key(key).letters))) or (key,)


def _marked(raw: RawQuestion, defects: list[Defect]) -> str:
    """Without any written key, the options in red or bold, when not all are."""
    letters = "".join(sorted(set(raw.marked)))
    if not letters or len(letters) >= len(raw.options):
        return ""
    message = f"没有写明答案，按标红或加粗的选项读作 {letters}，请核对。"
    defects.append(Defect(Level.WARNING, "answer_from_marks", message))
    return letters


def _ordered(options: list[Option], defects: list[Defect]) -> tuple[str, ...]:
    """The options in the order of their letters; letters that repeat or leave a gap are an error."""
    letters = [option.letter or LETTERS[at : at + 1] for at, option in enumerate(options)]
    if any(option.letter for option in options) and sorted(letters) != list(LETTERS[: len(letters)]):
        message = f"选项字母不连贯（{'、'.join(letters)}），可能缺选项或粘连，请核对。"
        defects.append(Defect(Level.ERROR, "option_letters", message))
        return tuple(tidy(option.text) for option in options)
    by_letter = sorted(zip(letters, options, strict=True), key=lambda pair: pair[0])
    return _without_separators([tidy(option.text) for _, option in by_letter])


def _without_separators(texts: list[str]) -> tuple[str, ...]:
    """`A、水、B、沙、C、土`: what parts the options on one line is none of their words."""
    ends = {text[-1:] for text in texts[:-1]}
    if len(texts) > 2 and len(ends) == 1 and ends <= set("、，,；;"):
        return (*(text[:-1].rstrip() for text in texts[:-1]), texts[-1])
    return tuple(texts)


def _is_pair(options: tuple[str, ...]) -> bool:
    meanings = [TRUTH.get(fold(option).lower()) for option in options]
    return len(options) == 2 and None not in meanings and meanings[0] != meanings[1]


def _with_options_of_stem(raw: RawQuestion, defects: list[Defect]) -> RawQuestion:
    """Options that stand in the stem are taken from there, unless it has others: then two are mixed."""
    if raw.is_keyed and raw.options:
        return raw
    stem, inside = split_tail(f" {raw.stem}")
    few = 2 if _are_asked_for(inside, raw) else _CERTAINLY_OPTIONS
    if len(inside) < 2 or (stem.strip() and len(inside) < few):
        return raw
    if not raw.options:
        return replace(raw, stem=stem.strip(), options=inside)
    message = "题干里另有一组选项，可能与前后的题串在一起，请核对。"
    defects.append(Defect(Level.ERROR, "options_in_stem", message))
    return raw


def _are_asked_for(inside: list[Option], raw: RawQuestion) -> bool:
    """Whether the key names one of what may be options, where there are no others."""
    letters = read_key(raw.answer).letters
    return not raw.options and bool(letters) and set(letters) <= {option.letter for option in inside}


def _texts(raw: RawQuestion) -> list[str]:
    """In reading order."""
    return [raw.stem, *(option.text for option in raw.options), raw.explanation]


def _without_lost_pictures(raw: RawQuestion, defects: list[Defect]) -> RawQuestion:
    if not any(PICTURE in text for text in _texts(raw)):
        return raw
    defects.append(_PICTURE_LOST)
    return replace(
        raw,
        stem=raw.stem.replace(PICTURE, ""),
        explanation=raw.explanation.replace(PICTURE, ""),
        options=[Option(option.letter, option.text.replace(PICTURE, "")) for option in raw.options],
    )


def _with_named_pictures(raw: RawQuestion, names: Sequence[str]) -> tuple[RawQuestion, tuple[str, ...]]:
    """Each picture as 〔图1〕, 〔图2〕 in reading order, and their names in this order.

    What stands on lines of its own below the stem is shown there anyway and needs no name.
    """
    found = list(dict.fromkeys(PICTURE_CHAR.findall("".join(_texts(raw)))))
    if not found:
        return raw, ()
    labels = {ord(char): picture_label(at) for at, char in enumerate(found, start=1)}
    named = replace(
        raw,
        stem=_BELOW.sub("", raw.stem).translate(labels),
        explanation=raw.explanation.translate(labels),
        options=[Option(option.letter, option.text.translate(labels)) for option in raw.options],
    )
    return named, tuple(names[ord(char) - PICTURES] for char in found)
