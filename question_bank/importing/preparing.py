"""Running lines made plain before they are read: one key, option or number each, and nothing beside them."""

from collections.abc import Iterable

from question_bank.importing.boxes import with_letters_for_boxes
from question_bank.importing.key_lines import with_keys_by_number
from question_bank.importing.lines import Line, segments
from question_bank.importing.noise import is_noise, plain, without_running_titles
from question_bank.importing.numbering import with_plain_numbers
from question_bank.importing.parts import with_tick_behind
from question_bank.importing.raw import Unreadable
from question_bank.importing.run_together import apart
from question_bank.importing.series import with_letters_for_series

_LONGEST = 1_000_000  # characters


def prepared(lines: Iterable[Line]) -> list[Line]:
    """What is read as lines: one key, option or number each, whatever marks were around them."""
    filled = [_of_sane_length(line) for line in lines if line.text.strip() and not is_noise(line)]
    said = [plain(line) for line in without_running_titles(filled)]
    boxed = with_letters_for_boxes(with_keys_by_number(said))
    lettered = with_letters_for_series([piece for line in boxed for piece in segments(line)])
    return [with_tick_behind(piece) for piece in apart(with_plain_numbers(lettered))]


def _of_sane_length(line: Line) -> Line:
    if len(line.text) > _LONGEST:
        raise Unreadable(f"{line.where}有 {len(line.text)} 个字，不像题库；请核对文件。")
    return line
