"""The options of a question in the order of their letters, those that stand in the stem among them."""

import re
from dataclasses import replace

from question_bank.content import LETTERS
from question_bank.importing.keys import CIRCLES, TRUTH, read_key
from question_bank.importing.options import split_tail
from question_bank.importing.raw import (
    Defect,
    Level,
    Option,
    RawQuestion,
)
from question_bank.importing.stem_keys import has_blank
from question_bank.likeness.folding import fold, narrow, tidy

_ITEM = re.compile(rf"[{CIRCLES}]|[(（]?\d")  # a statement to choose among, no option
_CERTAINLY_OPTIONS, _MOST_OPTIONS = 3, 8


def ordered(options: list[Option], defects: list[Defect]) -> tuple[str, ...]:
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


def is_pair(options: tuple[str, ...]) -> bool:
    meanings = [TRUTH.get(fold(option).lower()) for option in options]
    return len(options) == 2 and None not in meanings and meanings[0] != meanings[1]


def with_options_of_stem(raw: RawQuestion, defects: list[Defect]) -> RawQuestion:
    """Options that stand in the stem are taken from there, unless it has others: then two are mixed."""
    if raw.is_keyed and raw.options:
        return raw
    if unlettered := _unlettered(raw, defects):
        return unlettered
    stem, inside = split_tail(f" {raw.stem}")
    few = 2 if _are_asked_for(inside, raw) else _CERTAINLY_OPTIONS
    if len(inside) < 2 or (stem.strip() and len(inside) < few):
        return raw
    if not raw.options:
        return replace(raw, stem=stem.strip(), options=inside)
    message = "题干里另有一组选项，可能与前后的题串在一起，请核对。"
    defects.append(Defect(Level.ERROR, "options_in_stem", message))
    return raw


def _unlettered(raw: RawQuestion, defects: list[Defect]) -> RawQuestion | None:
    """A stem with a blank or a question mark above lines without letters, some of which the key names."""
    asked, *lines = raw.stem.strip().split("\n")
    letters = read_key(raw.answer).letters
    is_asked = has_blank(asked) or narrow(asked).rstrip().endswith(("?", ":"))
    is_fit = _CERTAINLY_OPTIONS <= len(lines) <= _MOST_OPTIONS and not any(map(_ITEM.match, lines))
    if raw.options or not (letters and is_asked and is_fit) or max(letters) > LETTERS[len(lines) - 1]:
        return None
    message = f"选项没有字母，题干下面的 {len(lines)} 行依次当作 A 到 {LETTERS[len(lines) - 1]}，请核对。"
    defects.append(Defect(Level.WARNING, "options_unlettered", message))
    return replace(raw, stem=asked, options=[Option("", line) for line in lines])


def _are_asked_for(inside: list[Option], raw: RawQuestion) -> bool:
    """Whether the key names one of what may be options, where there are no others."""
    letters = read_key(raw.answer).letters
    return not raw.options and bool(letters) and set(letters) <= {option.letter for option in inside}
