"""Our QTI 3.0 items in a player that is not ours (@citolab/qti-components of npm): shown and scored."""

import io
import zipfile
from itertools import combinations
from pathlib import Path

import pytest

from question_bank.exporting.writing import WRITERS
from tests.browsing import browsing
from tests.servers.processes import npm_package
from tests.servers.test_gift import ENTRIES

pytestmark = [pytest.mark.servers, pytest.mark.browser]
PLAYER = "node_modules/@citolab/qti-components/cdn/index.global.js"
SHOW = """async xml => {
  document.body.replaceChildren(QtiComponents.qtiTransformItem().parse(xml).htmlDoc())
  const item = document.querySelector("qti-assessment-item")
  await customElements.whenDefined("qti-choice-interaction")
  await new Promise(resolve => setTimeout(resolve, 300))
  const text = name => document.querySelector(name)?.textContent ?? ""
  const choices = [...document.querySelectorAll("qti-simple-choice")].map(choice => choice.textContent.trim())
  return [text("qti-prompt"), choices, text("qti-modal-feedback")]
}"""
SCORE = """response => {
  const item = document.querySelector("qti-assessment-item")
  item.resetResponses()
  item.updateResponseVariable("RESPONSE", response)
  item.processResponse()
  return Number(item.getOutcome("SCORE").value)
}"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = npm_package(tmp_path_factory.mktemp("node"), "@citolab/qti-components@7.27.4")
    with browsing() as browser:
        page = browser.new_page()
        page.set_content("<!doctype html><html lang=zh><body></body></html>")
        page.add_script_tag(content=Path(folder, PLAYER).read_text(encoding="utf-8"))
        yield page


@pytest.mark.parametrize("number", range(len(ENTRIES)))
def test_another_player_shows_the_question_and_rewards_its_key_alone(page, number):
    entry = ENTRIES[number]
    content = entry.content
    with zipfile.ZipFile(io.BytesIO(WRITERS["qti30"](ENTRIES, "低压电工"))) as package:
        shown = page.evaluate(SHOW, package.read(f"{entry.name or f'item-{number + 1:05d}'}.xml").decode())
    choices = content.options or ("正确", "错误")
    assert shown == [content.stem, list(choices), content.explanation]
    key = {"T": ["A"], "F": ["B"]}.get(content.answer[0], list(content.answer))
    rewarded = [said for said in _responses(content.type, len(choices)) if page.evaluate(SCORE, said)]
    assert rewarded == [key if content.type == "multiple" else key[0]]


def _responses(kind, choices):
    """All that a learner may tick, one or several."""
    letters = "ABCD"[:choices]
    if kind != "multiple":
        return list(letters)
    return [list(some) for size in range(1, choices + 1) for some in combinations(letters, size)]
