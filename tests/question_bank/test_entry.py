import pytest

from question_bank.entry import read_answer, read_names, read_options, show_answer


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("切断电源\n\n 泼水 \r\n", ("切断电源", "泼水")),
        ("A. 切断电源\nB、泼水\nC：呼救", ("切断电源", "泼水", "呼救")),
        ("A. 相\nN 线", ("A. 相", "N 线")),
        ("", ()),
    ],
)
def test_a_line_is_an_option_and_letters_are_taken_off_only_when_all_lines_have_theirs(typed, options):
    assert read_options(typed) == options


@pytest.mark.parametrize(
    ("typed", "type", "answer"),
    [
        ("b", "single", ("B",)),
        ("D、A，B", "multiple", ("A", "B", "D")),
        ("ＡＢ", "multiple", ("A", "B")),
        ("对", "true_false", ("T",)),
        (" √ ", "true_false", ("T",)),
        ("×", "true_false", ("F",)),
        ("错误", "true_false", ("F",)),
        ("也许", "true_false", ("也许",)),
        ("", "true_false", ()),
        ("", "single", ()),
    ],
)
def test_a_key_is_read_as_people_type_it(typed, type, answer):
    assert read_answer(typed, type) == answer


@pytest.mark.parametrize(
    ("answer", "type", "shown"),
    [
        (("T",), "true_false", "对"),
        (("F",), "true_false", "错"),
        (("A", "C"), "multiple", "AC"),
        (("F",), "single", "F"),
    ],
)
def test_a_key_is_shown_as_it_is_typed_and_the_sixth_option_is_not_错(answer, type, shown):
    assert show_answer(answer, type) == shown


def test_names_are_parted_by_any_separator_and_kept_once():
    assert read_names("触电急救、 接地,触电急救\n验电；") == ("触电急救", "接地", "验电")
