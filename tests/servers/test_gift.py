"""Our GIFT files as a parser reads them that is not ours (gift-pegjs from npm)."""

import json
import subprocess
from pathlib import Path

import pytest

from question_bank.content import Content
from question_bank.exporting.entry import Entry
from question_bank.exporting.writing import WRITERS
from tests.servers.processes import node_script

pytestmark = pytest.mark.servers
HERE = Path(__file__).parent
ENTRIES = [
    Entry(
        Content(
            type="single",
            stem="{甲} = ~乙 # 丙：?",
            options=("=1", "~2", "%50%三", "a -> b"),
            answer=("C",),
            explanation="见 {规程}。",
            difficulty=2,
        ),
        ("触电急救",),
        origin=(601, 2),
    ),
    Entry(Content(type="true_false", stem="// 可以带电作业。", answer=("F",), explanation="不可以。")),
    Entry(Content(type="multiple", stem="::哪些对？", options=("甲", "乙", "丙"), answer=("A", "C"))),
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory) -> Path:
    """A script in a folder where node finds gift-pegjs."""
    folder = tmp_path_factory.mktemp("node")
    return node_script(folder, HERE / "gift_reader.js", package="gift-pegjs@1.0.2")


def test_another_parser_reads_the_same_questions_keys_tags_and_names(reader, tmp_path):
    (tmp_path / "bank.gift").write_bytes(WRITERS["gift"](ENTRIES, "低压电工"))
    argv = ["node", str(reader), str(tmp_path / "bank.gift")]
    found = json.loads(subprocess.run(argv, capture_output=True, text=True, check=True).stdout)
    single = [["=1", False], ["~2", False], ["%50%三", True], ["a -> b", False]]
    assert found == [
        [
            "MC",
            "{甲} = ~乙 # 丙：?",
            single,
            "见 {规程}。",
            ["难度:中", "触电急救"],
            "question-601-version-2",
        ],
        ["TF", "// 可以带电作业。", False, "不可以。", [], ""],
        ["MC", "::哪些对？", [["甲", True], ["乙", False], ["丙", True]], "", [], ""],
    ]
