"""From what a file says to a `Content`: one spelling of types, options and keys, doubts named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from question_bank.content import Content, QuestionType
from question_bank.importing.answers import Answer, index_base, read_choice, read_truth
from question_bank.importing.doubts import (
    doubt_key_within,
    doubt_letters_x,
    doubt_lone_key,
    doubt_marks,
    doubt_next,
    doubt_truth,
    keys_stand_apart,
    option_defects,
)
from question_bank.importing.facts import read_day, read_difficulty
from question_bank.importing.hints import Hints
from question_bank.importing.keys import TRUTH, read_key
from question_bank.importing.option_order import is_pair, ordered, with_options_of_stem
from question_bank.importing.question_pictures import (
    PICTURE_LOST,
    texts_of,
    with_named_pictures,
    without_lost_pictures,
)
from question_bank.importing.raw import (
    BROKEN,
    Defect,
    Level,
    RawQuestion,
)
from question_bank.importing.stem_keys import find_keys, has_blank, with_reason_apart
from question_bank.importing.told_keys import told_key
from question_bank.importing.types import OTHER, read_type, with_type_of_stem
from question_bank.likeness.folding import fold, narrow, tidy

_TEXT_BROKEN = Defect(Level.ERROR, "text_broken", "原文这里有损坏的字（�），请对照原件改正后再导入。")


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
        questions = list(questions)
        self._base, self._keys_apart = index_base(questions), keys_stand_apart(questions)
        self._hints, self._pictures = hints or Hints(), pictures

    def normalise(self, raw: RawQuestion) -> Normal:
        defects = list(raw.defects)
        if BROKEN in "".join(texts_of(raw)):
            defects.append(_TEXT_BROKEN)
        doubt_letters_x(texts_of(raw), defects)
        raw, images = with_named_pictures(without_lost_pictures(raw, defects), self._pictures)
        if not all(images):
            defects.append(PICTURE_LOST)
        raw = with_reason_apart(with_type_of_stem(with_options_of_stem(raw, defects)))
        options, pair = ordered(raw.options, defects), ()
        declared = read_type(raw.type)
        if declared in (QuestionType.TRUE_FALSE, QuestionType.SINGLE, "") and is_pair(options):
            declared = QuestionType.TRUE_FALSE
            pair, options = tuple(TRUTH[fold(option).lower()] for option in options), ()
        stem, key = _stem_and_key(raw, declared, pair, defects)
        if key and self._keys_apart and not raw.answer.strip() and not raw.marked:
            doubt_lone_key(key, defects)
        key = key or ("A" if options and self._hints.first_is_right else "")
        kind = declared or _kind(key, options, self._base)
        if kind == QuestionType.TRUE_FALSE:
            doubt_truth(raw, defects)
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


def _kind(key: str, options: tuple[str, ...], base: int | None) -> str:
    """The type that the key shows: two letters make a multiple choice."""
    if not options and (read_key(key).truth or narrow(key) in ("0", "1")):
        return QuestionType.TRUE_FALSE
    several = len(read_choice(key, options, base=base).letters) > 1
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
    if found.within and not raw.is_keyed:
        doubt_key_within(found.keys, defects)
    if found.keys and len(meanings) == 1 and not (raw.is_keyed and key):
        return tidy(found.stem), key or found.keys[0]
    if len(meanings) > 1 and not (key and has_blank(stem)):
        message = f"题干中的答案“{'、'.join(found.keys)}”与题后的答案“{key or '（无）'}”不一致，请核对。"
        level = Level.WARNING if raw.is_keyed and key else Level.ERROR
        defects.append(Defect(level, "answer_conflict", message))
    return stem, key or _marked(raw, defects) or told_key(raw, defects)


def _meaning(key: str, kind: str, pair: tuple[str, ...]) -> tuple[str, ...]:
    """What a key says, so that B and × agree when B is 错误."""
    if kind == QuestionType.TRUE_FALSE:
        return read_truth(key, pair, headless=False).letters or (key,)
    return tuple(sorted(set(read_key(key).letters))) or (key,)


def _marked(raw: RawQuestion, defects: list[Defect]) -> str:
    """Without a written key, the options that words call right, or those in red or bold if not all are."""
    letters = "".join(sorted(set(raw.marked)))
    if letters and set(raw.marked) == set(raw.called):
        return letters
    if not letters or len(letters) >= len(raw.options):
        return ""
    message = f"没有写明答案，按标红、加粗或打勾的选项读作 {letters}，请核对。"
    defects.append(Defect(Level.WARNING, "answer_from_marks", message))
    return letters
