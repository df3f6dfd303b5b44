"""A bank of many questions: list, search of Chinese words, five disjoint forms of a hundred.

    ./run bench bank [QUESTIONS]

Pages are told against the log-in page, assembling against merely reading the columns it needs, both in CPU
time of the same run. A search must find every question whose stem holds the word.
"""

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django

django.setup()

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from catalog.models import OperationItem
from question_bank.content import Content
from question_bank.models import Question
from question_bank.papers.blueprints import read_plan
from question_bank.papers.drawing import draw, save_lot
from question_bank.questions.bulk import Draft, create_drafts
from tests import makers

FEW, MANY, SHARE, ROUNDS = 500, 100_000, 50, 3  # of SHARE questions one speaks of 触电
POINTS = ("急救", "验电", "接地", "绝缘", "用电管理", "防火", "防雷", "工具")
RULES = {
    "quotas": [
        {"type": "true_false", "count": 30},
        {"type": "single", "count": 30},
        {"type": "single", "knowledge_point": "急救", "count": 10},
        {"type": "single", "difficulty": 3, "count": 10},
        {"type": "multiple", "knowledge_point": "验电", "count": 10},
        {"type": "multiple", "difficulty": 2, "count": 10},
    ]
}


def fill(item: OperationItem, by: User, number: int) -> None:
    chance = random.Random(1)
    drafts = [Draft(content(n, chance), (chance.choice(POINTS),)) for n in range(number)]
    create_drafts(item=item, institution=by.institution, drafts=drafts, source="bench", by=by)


def content(number: int, chance: random.Random) -> Content:
    kind = ("true_false", "single", "multiple")[number % 3]
    subject = "发生触电事故" if number % SHARE == 0 else "进行停电检修"
    options = () if kind == "true_false" else ("断开电源", "验明无电", "挂接地线", "悬挂标示牌")
    answer = {"true_false": ("T",), "single": ("A",), "multiple": ("A", "B")}[kind]
    stem = f"第 {number} 题：{subject}时，作业人员应当怎样做才符合安全要求？"
    level = chance.choice((1, 2, 3, None))
    return Content(
        type=kind, stem=stem, options=options, answer=answer, explanation="按规程。", difficulty=level
    )


def least(act: Callable[[], object]) -> float:
    """CPU seconds, the least of some rounds."""

    def one() -> float:
        before = time.process_time()
        act()
        return time.process_time() - before

    return min(one() for _ in range(ROUNDS))


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200, url
    return len(captured)


def measure_pages(client: Client, item: OperationItem) -> dict[str, tuple[float, int]]:
    """Cost and queries of each page."""
    yardstick = least(lambda: Client().get(reverse("site:login")))
    index, bank = reverse("question:index"), reverse("bank:statistics")
    point = item.knowledge_points.get(name="急救").pk
    pages = {
        "list": index,
        "list, last page": f"{index}?p={Question.objects.count() // 25}",
        "list, search 触电": f"{index}?q=触电",
        "list, one point": f"{index}?item={item.pk}&knowledge_points={point}",
        "statistics": bank,
    }
    return {
        name: (least(lambda url=url: client.get(url)) / yardstick, queries(client, url))
        for name, url in pages.items()
    }


def tell_pages(few: dict[str, tuple[float, int]], many: dict[str, tuple[float, int]]) -> None:
    for name, (ratio, asked) in few.items():
        grown, asked_then = many[name]
        print(f"{name:<24}{ratio:>8.1f} → {grown:>6.1f} × the log-in page{asked:>6} → {asked_then} queries")


def tell_search(number: int) -> None:
    stems = Question.objects.values_list("stem", flat=True)
    reading = least(lambda: list(stems.all()))
    searching = least(lambda: list(Question.objects.search("触电").values_list("pk")))
    there = sum("触电" in stem for stem in stems.all())
    found = Question.objects.search("触电").count()
    print(f"{'search 触电':<22}{searching / reading:>8.2f} × reading all stems, {found} of {there} found")


def tell_papers(item: OperationItem, by: User) -> None:
    plan, today = read_plan(RULES), timezone.localdate()
    own = {"item": item, "institution": by.institution}
    reading = least(lambda: list(Question.objects.values_list("pk", "type", "difficulty")))
    made = draw(plan, forms=5, seed=7, today=today, **own)
    again = draw(plan, forms=5, seed=7, today=today, **own)
    asked = [question for form in made.forms for question in form]
    assert (made, len(asked), len(set(asked))) == (again, 500, 500)
    drawing = least(lambda: draw(plan, forms=5, seed=7, today=today, **own))
    print(f"{'5 forms of 100':<24}{drawing / reading:>8.1f} × reading (id, type, difficulty); all disjoint")
    save_lot(plan, made, title="卷", seed=7, by=by, **own)
    other = draw(plan, forms=5, seed=8, today=today, **own)
    shared = set(asked) & {question for form in other.forms for question in form}
    print(f"{'another 5 forms':<24}{len(shared):>8} of 500 questions used before")


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    with transaction.atomic():
        makers.make_edition()
        author, item = makers.make_user(Role.AUTHOR), makers.make_item()
        client = Client()
        client.force_login(author)
        fill(item, author, FEW)
        few = measure_pages(client, item)
        fill(item, author, number - FEW)
        print(f"{FEW} → {number} questions, {len(POINTS)} knowledge points")
        tell_pages(few, measure_pages(client, item))
        tell_search(number)
        tell_papers(item, author)


if __name__ == "__main__":
    main()
