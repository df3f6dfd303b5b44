"""How people type options, keys and knowledge points into one field, and how these are shown there again."""

import re
import unicodedata

from question_bank.content import FALSE, LETTERS, TRUE, QuestionType

_TRUE_WORDS = {"T", "TRUE", "对", "正确", "是", "√", "✓"}
_FALSE_WORDS = {"F", "FALSE", "错", "错误", "否", "×", "✗", "X"}
_SEPARATORS = re.compile(r"[\s,，、;；]+")


def read_options(text: str) -> tuple[str, ...]:
    """One option a line; when every line begins with its own letter, the letters are taken off."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    labelled = [
        re.match(rf"{letter}[.．、:：)）]\s*", line) for letter, line in zip(LETTERS, lines, strict=False)
    ]
    if len(labelled) == len(lines) and all(labelled):
        return tuple(line[label.end() :] for line, label in zip(lines, labelled, strict=True))
    return tuple(lines)


def read_answer(text: str, type: str) -> tuple[str, ...]:
    """A key as typed: ABD or a、b、d; 对, √ or T for true/false. Anything else is kept, to be refused."""
    typed = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if type == QuestionType.TRUE_FALSE:
        word = TRUE if typed in _TRUE_WORDS else FALSE if typed in _FALSE_WORDS else typed
        return (word,) if word else ()
    return tuple(sorted(set(typed)))


def show_answer(answer: tuple[str, ...], type: str) -> str:
    """对 or 错 for a statement; the letters of the options else, of which F and T are two."""
    words = {(TRUE,): "对", (FALSE,): "错"} if type == QuestionType.TRUE_FALSE else {}
    return words.get(answer, "".join(answer))


def read_names(text: str) -> tuple[str, ...]:
    """Names parted by 、 comma, semicolon or a new line, each once, in the order they were typed."""
    names = (" ".join(name.split()) for name in re.split(r"[,，、;；\n]", text))
    return tuple(dict.fromkeys(name for name in names if name))
