"""Options behind boxes, as questionnaires print them: `○断电 ●泼水`, `□手套（正确答案）`, `☑A. 安全帽`."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from question_bank.content import LETTERS
from question_bank.importing.lines import Line
from question_bank.importing.options import is_marked
from question_bank.importing.parts import is_ticked
from question_bank.likeness.folding import narrow

_HOLLOW, _FULL = "○◯〇◎□☐▢", "●■☑◉"
_BOX = re.compile(rf"\s*([{_HOLLOW}{_FULL}])\s*(?=\S)")
_BETWEEN = re.compile(rf"(?<=\S)\s+(?=[{_HOLLOW}{_FULL}])")


def with_letters_for_boxes(lines: Sequence[Line]) -> list[Line]:
    """Runs of lines with boxes as lettered options, the full ones ticked unless others are called right."""
    done: list[Line] = []
    for is_boxed, some in groupby(_one_each(lines), key=lambda line: bool(_BOX.match(line.text))):
        run = list(some)
        boxes = [_BOX.match(line.text)[1] for line in run] if is_boxed else []
        are_options = 1 < len(run) <= len(LETTERS) and any(box in _HOLLOW for box in boxes)
        done += _options(run, boxes) if are_options else run
    return done


def _one_each(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        pieces = _BETWEEN.split(line.text) if _BOX.match(line.text) else [line.text]
        yield from (line.saying(piece) for piece in pieces) if len(pieces) > 1 else [line]


def _options(run: Sequence[Line], boxes: Sequence[str]) -> Iterator[Line]:
    are_called = any(is_ticked(line.text) for line in run)
    for letter, line, box in zip(LETTERS, run, boxes, strict=False):
        text = line.text[_BOX.match(line.text).end() :].rstrip()
        labelled = text if is_marked(narrow(text)) else f"{letter}. {text}"
        yield line.saying(f"{labelled}√" if box in _FULL and not are_called else labelled)
