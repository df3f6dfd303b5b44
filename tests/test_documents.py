"""The documents say what is built: each file, test, command, picture and word of a screen in them exists."""

import re
import subprocess
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from cms.review.judged import CourseFacts, LessonFacts, OutlineFacts, VideoStage
from cms.review.rules import obstacles

ROOT = Path(settings.BASE_DIR)
CHECKLIST = ROOT / "docs/notice/checklist.md"
HANDBOOK = sorted((ROOT / "docs/handbook").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs/decisions").glob("*"))

# What the notice asks of those who write courses; the rest of its items is for those who deliver them.
DUTIES = (
    {"CAT", "RM-4", "RM-5"}
    | {f"CL-{n}" for n in (6, 7, 8, 17, 20, 21, 22, 24, 25, 26, 27, 28, 32, 33, 34, 35, 36, 37)}
    | {f"PP-{n}" for n in (5, 6, 7, 8, 9, 10, 14, 15)}
    | {f"TI-{n}" for n in (2, 3, 4, 5, 6)}
)

# Words of the screen that Wagtail and Django say; all others must be our own.
WAGTAILS = {"保存", "保存草稿", "操作", "有效", "添加用户", "角色", "设置"}


def _rows() -> list[list[str]]:
    """The cells of each duty: id, what is asked, state, files, tests."""
    lines = [line for line in CHECKLIST.read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def _quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_checklist_has_every_duty_once():
    ids = [row[0] for row in _rows()]
    assert (len(ids), set(ids)) == (len(DUTIES), DUTIES)


def test_what_is_done_names_files_and_tests_and_what_is_not_names_none():
    wrong = [
        row[0]
        for row in _rows()
        if row[2] not in {"已做", "部分", "未做"}
        or [bool(_quoted(cell)) for cell in row[3:]] != [row[2] != "未做"] * 2
    ]
    assert wrong == []


def test_every_file_of_the_checklist_exists():
    named = {name for row in _rows() for name in _quoted(row[3])}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_test_of_the_checklist_exists():
    named = {name for row in _rows() for name in _quoted(row[4])}
    assert [name for name in sorted(named) if not _is_test(name)] == []


def _is_test(name: str) -> bool:
    path, _, function = name.partition("::")
    return (ROOT / path).is_file() and f"\ndef {function}(" in (ROOT / path).read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text())
    assert [link for link in links if not _resolves(page, link)] == []


def _resolves(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.is_relative_to(ROOT) or not target.exists():
        return False
    return not anchor or anchor in re.findall(r"^#+ (.+)$", target.read_text(), re.MULTILINE)


def test_pictures_are_small_and_each_is_shown():
    pictures = sorted((ROOT / "docs/handbook/pictures").iterdir())
    shown = {name for page in HANDBOOK for name in re.findall(r"\(pictures/([^)]+)\)", page.read_text())}
    assert {picture.name for picture in pictures} == shown
    assert [picture.name for picture in pictures if picture.stat().st_size >= 120_000] == []
    widths = {int.from_bytes(picture.read_bytes()[16:20]) for picture in pictures}  # of a PNG, in its header
    assert widths == {1200}


def test_every_command_exists():
    text = "\n".join(page.read_text() for page in [ROOT / "README.md", *HANDBOOK])
    shell = re.findall(r"^  ([a-z |-]+)\)", (ROOT / "run").read_text(), re.MULTILINE)
    ours = {word for line in shell for word in line.split(" | ")}
    assert set(re.findall(r"\./run ([a-z_]+)", text)) <= ours
    assert set(re.findall(r"(?:\./run manage|manage\.py) ([a-z_]+)", text)) <= get_commands().keys()


def test_every_word_on_the_screen_is_said_by_the_product():
    words = {word for page in HANDBOOK for word in re.findall(r"【([^】]+)】", page.read_text())}
    ours = {text for path in _sources() for text in _texts(path.read_text())}
    assert [word for word in sorted(words - WAGTAILS) if _plain(word) not in ours] == []
    theirs = {text for path in _catalogues() for text in re.findall(r'msgstr "(.+)"', path.read_text())}
    assert (words & WAGTAILS, WAGTAILS - theirs) == (WAGTAILS, set())


def _sources() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    names = [name for name in listed.stdout.splitlines() if name.endswith((".py", ".html", ".js"))]
    return [ROOT / name for name in names if not name.startswith("tests/") and (ROOT / name).exists()]


def _catalogues() -> list[Path]:
    """The Chinese of Wagtail and Django, and what we say in place of it."""
    folders = [Path(find_spec(name).origin).parent for name in ("wagtail", "django.contrib.auth")]
    return [path for folder in [*folders, ROOT / "cms"] for path in folder.rglob("zh_Hans/LC_MESSAGES/*.po")]


def _texts(source: str) -> list[str]:
    """What stands between tags and quotes: a label, a word of a button, a sentence."""
    return [text.strip() for text in re.split(r"""[<>"'`]""", _plain(re.sub(r"{%.*?%}", "<>", source)))]


def _plain(text: str) -> str:
    """Without what differs from case to case: numbers in documents, their placeholders in sources."""
    return re.sub(r"{{.*?}}|{[^{}\n]*}|\d+(\.\d+)?%?", "N", text)


def test_the_author_reads_about_every_obstacle_of_the_gate_and_no_other():
    text = (ROOT / "docs/handbook/author.md").read_text()
    table = text.partition("### 送审前的每一种问题")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ")[:2] for line in table.splitlines() if line.startswith("| ")][1:]
    found = [(_plain(each.message).removeprefix("「」"), _plain(each.clause)) for each in _obstacles()]
    assert {tuple(map(_plain, row)) for row in rows} == set(found)


def _obstacles() -> list:
    """One of each kind: from a course without anything, and from lessons in every stage."""
    lessons = [LessonFacts(key="k", title="", video=stage) for stage in VideoStage]
    long = {"key": "k", "title": "", "video": VideoStage.INSPECTED, "duration_s": 3060.0}
    lessons.append(LessonFacts(**long, failed_checks=("声音过弱",), questions=4, unusable_questions=1))
    empty = {
        "kind": "",
        "objectives": "",
        "instructors": 0,
        "rights": "",
        "rights_holder": "",
        "rights_until": None,
    }
    expired = {**empty, "rights": "own", "rights_holder": "某", "rights_until": date(2026, 11, 1)}
    outline = OutlineFacts(version="2018 年版", hours=48.0, points=("验电",))
    courses = [
        CourseFacts(**empty, lessons=()),
        CourseFacts(**expired, lessons=tuple(lessons)),
        CourseFacts(**expired, lessons=tuple(lessons), hours=40.0, outline=outline),
    ]
    return [found for course in courses for found in obstacles(course, today=date(2026, 11, 23))]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_a_number_a_title_and_fits_on_a_page(path):
    number = re.fullmatch(r"(\d{4})-[a-z0-9-]+\.md", path.name)
    lines = path.read_text().splitlines()
    assert number and re.match(rf"# {number[1]}:? \S", lines[0]) and 12 <= len(lines) <= 45


def test_no_two_decisions_share_a_number():
    numbers = [path.name[:4] for path in DECISIONS]
    assert sorted(set(numbers)) == numbers
