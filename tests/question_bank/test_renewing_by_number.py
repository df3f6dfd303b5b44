"""A bank that was exported, edited and handed in again renews its questions by the numbers it carries."""

from dataclasses import replace

import pytest
from django.utils import timezone

from question_bank.content import Content
from question_bank.exporting.entry import Entry
from question_bank.exporting.writing import export
from question_bank.importing.origin import Origin, read_origin
from question_bank.intake import looking, receiving, saving
from question_bank.intake.at_once import read_intake
from question_bank.intake.turns import read_batch
from question_bank.models import Outcome, Question
from question_bank.questions.acts import create_question, renew_question
from tests.makers import make_institution, make_item
from tests.question_bank.importing.reading import workbook

pytestmark = pytest.mark.django_db
ASKED = Content(
    type="single",
    stem="进入有限空间前应先（ ）。",
    options=("通风", "吸烟", "签字"),
    answer=("A",),
    explanation="先通风。",
)
EDITED = replace(ASKED, stem="作业人员进入有限空间之前，首先必须（ ）。")
OTHER = replace(ASKED, stem="电焊机外壳要（ ）。", options=("接地", "涂漆", "加热"), explanation="漏电。")


@pytest.fixture
def standing(item, author):
    return create_question(item=item, institution=author.institution, content=ASKED, by=author)


@pytest.fixture
def hand_in(item, author):
    def make(data, name="导出的题库.xlsx"):
        batch = receiving.receive(item=item, institution=author.institution, name=name, data=data, by=author)
        read_batch(batch.pk, now=timezone.now())
        return batch

    return make


def exported(*pairs, format="xlsx"):
    return export([Entry(content, origin=origin) for content, origin in pairs], "题库", format).data


def said(batch):
    return [(Outcome(row.outcome).name, row.codes) for row in batch.rows.order_by("position")]


@pytest.mark.parametrize("format", ["xlsx", "gift", "moodle_xml", "qti21", "qti30"])
def test_an_edited_question_becomes_the_next_version_of_the_one_it_was(format, hand_in, standing, author):
    batch = hand_in(exported((EDITED, (standing.pk, 1)), format=format))
    assert said(batch) == [("UPDATE", "|updated|")]
    saving.save(batch, by=author, now=timezone.now())
    assert list(Question.objects.values_list("pk", "stem", "version")) == [(standing.pk, EDITED.stem, 2)]


def test_what_was_not_edited_is_there_already_and_what_was_added_is_new(hand_in, standing):
    batch = hand_in(exported((ASKED, (standing.pk, 1)), (OTHER, None)))
    assert said(batch) == [("DUPLICATE", "|duplicate|"), ("FINE", "")]


@pytest.mark.parametrize(
    ("change", "code"), [({"answer": ("C",)}, "|key_changed|"), ({"difficulty": 3}, "|updated|")]
)
def test_a_changed_key_is_looked_at_and_a_changed_difficulty_counts(change, code, hand_in, standing):
    [(_, codes)] = said(hand_in(exported((replace(ASKED, **change), (standing.pk, 1)))))
    assert codes == code


def test_a_wholly_different_question_under_an_old_number_is_doubted_and_new(hand_in, standing, author):
    batch = hand_in(exported((OTHER, (standing.pk, 1))))
    assert said(batch) == [("DOUBTFUL", "|number_differs|")]
    looking.accept_rest(batch)
    saving.save(batch, by=author, now=timezone.now())
    assert list(Question.objects.order_by("pk").values_list("stem", "version")) == [
        (ASKED.stem, 1),
        (OTHER.stem, 1),
    ]


def test_of_two_rows_with_one_number_the_more_alike_renews(hand_in, standing):
    nearer = replace(ASKED, stem="进入有限空间前必须先（ ）。")
    batch = hand_in(exported((EDITED, (standing.pk, 1)), (nearer, (standing.pk, 1))))
    assert said(batch) == [("DOUBTFUL", "|number_differs|"), ("UPDATE", "|updated|")]


def test_a_question_edited_here_since_the_export_is_looked_at(hand_in, standing, author):
    renew_question(standing, content=replace(ASKED, explanation="先通风再检测。"), by=author)
    assert said(hand_in(exported((EDITED, (standing.pk, 1))))) == [("DOUBTFUL", "|updated|version_behind|")]


@pytest.mark.parametrize("elsewhere", ["item", "institution"])
def test_the_number_of_another_item_or_institution_is_no_key(elsewhere, hand_in, item, author):
    others = {"item": make_item("so-other"), "institution": make_institution()}
    where = {"item": item, "institution": author.institution, elsewhere: others[elsewhere]}
    theirs = create_question(**where, content=ASKED, by=author)
    assert said(hand_in(exported((EDITED, (theirs.pk, 1))))) == [("FINE", "")]


def test_while_nobody_is_known_to_import_a_number_is_no_key(item, standing, tmp_path):
    file = tmp_path / "题库.xlsx"
    file.write_bytes(exported((EDITED, (standing.pk, 1))))
    [verdict] = read_intake(file, item=item, institution=None).examination.verdicts
    assert (verdict.state, verdict.question) == ("accepted", None)
    [verdict] = read_intake(file, item=item, institution=standing.institution).examination.verdicts
    assert (verdict.question, verdict.renews) == (standing.pk, True)


def test_numbers_that_mostly_name_other_questions_are_another_installations(hand_in, item, author):
    asked = [replace(OTHER, stem=f"第 {n} 类电焊机的外壳要（ ）。") for n in range(5)]
    named = [replace(ASKED, stem=f"{letter * 9}", options=("甲", "乙", "丙")) for letter in "子丑寅卯辰"]
    ours = [
        create_question(item=item, institution=author.institution, content=content, by=author)
        for content in asked
    ]
    pairs = [(content, (one.pk, 1)) for content, one in zip(named, ours, strict=True)]
    assert said(hand_in(exported(*pairs))) == [("FINE", "")] * 5


def test_a_question_put_right_here_still_renews(hand_in, standing, author):
    batch = hand_in(exported((replace(EDITED, answer=("F",)), (standing.pk, 1))))
    assert said(batch) == [("REFUSED", "|answer_unknown|")]
    fixed = looking.fix(batch.rows.get(), EDITED, by=author)
    assert (fixed.outcome, fixed.question) == (Outcome.UPDATE, standing)


def test_a_number_without_its_version_is_anybodys_number(hand_in, standing):
    rows = [("题目编号", "题目", "A", "B", "答案"), (str(standing.pk), EDITED.stem, "通风", "吸烟", "A")]
    batch = hand_in(workbook(rows))
    assert (said(batch)[0][0], batch.rows.get().number) == ("FINE", str(standing.pk))


def test_only_our_own_identifiers_are_numbers():
    assert read_origin("question-601-version-2") == Origin(601, 2)
    assert [read_origin(text) for text in ("601", "q-601", "question-x-version-", "")] == [None] * 4
