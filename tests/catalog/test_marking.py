"""Two texts of an article side by side: what stayed, what changed, which changes hold a number."""

import pytest

from catalog.comparing.marking import side_by_side


def told(pieces):
    return "".join(
        f"[{piece.text}{'#' if piece.is_number else ''}]" if piece.is_changed else piece.text
        for piece in pieces
    )


@pytest.mark.parametrize(
    ("old", "new", "sides"),
    [
        (
            "应当在三十日内报告。",
            "应当在十五日内报告。",
            ("应当在[三十日#]内报告。", "应当在[十五日#]内报告。"),
        ),
        ("报告公安机关。", "立即报告公安机关。", ("报告公安机关。", "[立即]报告公安机关。")),
        ("甲乙丙丁", "甲乙丙丁", ("甲乙丙丁", "甲乙丙丁")),
        ("", "新增的条文", ("", "[新增的条文]")),
    ],
)
def test_what_changed_is_marked_on_both_sides(old, new, sides):
    before, after = side_by_side(old, new)
    assert (told(before), told(after)) == sides
    assert "".join(piece.text for piece in before) == old
    assert "".join(piece.text for piece in after) == new
