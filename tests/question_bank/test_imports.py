"""A file handed in: kept, read once, put right by a person, saved once or not at all."""

from datetime import timedelta
from itertools import count
from time import sleep

import pytest
from django.db import OperationalError
from django.utils import timezone

from question_bank.content import Content
from question_bank.intake import looking, reading, receiving, saving, turns
from question_bank.intake.lease import kept_alive
from question_bank.intake.turns import begin, read_batch, tend
from question_bank.models import BatchState, ColumnMapping, ImportBatch, Outcome, Question
from question_bank.questions.acts import create_question
from question_bank.views.mapping import shown_tables
from tests.question_bank.importing.reading import workbook

pytestmark = pytest.mark.django_db
FINE = "1. 触电后应先断电。\n答案：对\n解析：先断电。\n"
DOUBTFUL = "2. 断电用（ ）。\nA. 开关，\nB. 手\n答案：A\n解析：用开关。\n"
REFUSED = "3. 灭火用（ ）。\nA. 水\nB. 沙\n答案：D\n"
BANK = FINE + DOUBTFUL + REFUSED + FINE.replace("1.", "4.")


@pytest.fixture
def hand_in(item, author):
    def make(text=BANK, name="低压电工.txt", keys=None):
        data = text.encode() if isinstance(text, str) else text
        batch = receiving.receive(
            item=item, institution=author.institution, name=name, data=data, keys=keys, by=author
        )
        read_batch(batch.pk, now=timezone.now())
        batch.refresh_from_db()
        return batch

    return make


def outcomes(batch):
    return [
        Outcome(value).name for value in batch.rows.order_by("position").values_list("outcome", flat=True)
    ]


def save(batch, by):
    looking.accept_rest(batch)
    return saving.save(batch, by=by, now=timezone.now())


def test_each_question_found_is_in_one_of_the_parts_of_the_bar(hand_in):
    batch = hand_in()
    assert outcomes(batch) == ["FINE", "DOUBTFUL", "REFUSED", "DUPLICATE"]
    assert looking.counts(batch) == {
        "found": 4, "accepted": 2, "fine": 1, "doubtful": 1, "update": 0, "refused": 1, "duplicate": 1,
    }  # fmt: skip
    assert batch.rows.get(position=2).source == "2. 断电用（ ）。\nA. 开关，\nB. 手\n答案：A\n解析：用开关。"


def test_while_the_storage_is_out_of_reach_an_import_waits_and_costs_no_attempt(hand_in, monkeypatch):
    def away(stored):
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(reading, "bytes_of", away)
        batch = hand_in()
    assert (batch.state, batch.attempts, batch.error) == (BatchState.WAITING, 0, "")
    read_batch(batch.pk, now=timezone.now())
    assert outcomes(batch) == ["FINE", "DOUBTFUL", "REFUSED", "DUPLICATE"]


def test_nothing_is_saved_while_a_doubt_is_open(hand_in, author):
    batch = hand_in()
    with pytest.raises(receiving.ImportRefused, match="还有 1 道存疑的题没有决定"):
        saving.save(batch, by=author, now=timezone.now())
    assert (ImportBatch.objects.get().state, Question.objects.count()) == (BatchState.REVIEW, 0)


def test_saving_twice_saves_once(hand_in, author):
    batch = hand_in()
    assert (save(batch, author), saving.save(batch, by=author, now=timezone.now())) == (True, False)
    assert list(Question.objects.order_by("pk").values_list("stem", "state")) == [
        ("触电后应先断电。", "draft"),
        ("断电用（ ）。", "draft"),
    ]


def test_a_save_that_breaks_off_leaves_nothing(hand_in, author, monkeypatch):
    batch = hand_in()
    looking.accept_rest(batch)
    monkeypatch.setattr(saving, "_link", _killed)
    with pytest.raises(KeyboardInterrupt):
        saving.save(batch, by=author, now=timezone.now())
    assert (ImportBatch.objects.get().state, Question.objects.count()) == (BatchState.REVIEW, 0)


def _killed(*args, **kwargs):
    raise KeyboardInterrupt


def test_a_refused_question_is_accepted_when_it_was_fixed(hand_in):
    row = hand_in().rows.get(position=3)
    with pytest.raises(receiving.ImportRefused, match="答案 D 不在选项之中"):
        looking.accept(row, by=row.batch.created_by)
    fixed = looking.fix(
        row,
        Content(type="single", stem=row.stem, options=("水", "沙"), answer=("B",)),
        by=row.batch.created_by,
    )
    assert (fixed.outcome, fixed.edited, fixed.defects) == (Outcome.FINE, True, [])


def test_a_fix_that_makes_a_copy_is_a_copy(hand_in):
    row = hand_in().rows.get(position=3)
    fixed = looking.fix(
        row, Content(type="true_false", stem="触电后应先断电", answer=("T",)), by=row.batch.created_by
    )
    assert (fixed.outcome, fixed.defects[0]["message"]) == (
        Outcome.DUPLICATE,
        "与第 1 行相同，没有重复导入。",
    )


def test_a_fix_against_the_bank_is_refused(hand_in, item, author):
    content = Content(type="true_false", stem="沙能灭火。", answer=("T",), explanation="能。")
    standing = create_question(item=item, institution=author.institution, content=content, by=author)
    row = hand_in().rows.get(position=3)
    fixed = looking.fix(
        row, Content(type="true_false", stem="沙能灭火。", answer=("F",)), by=row.batch.created_by
    )
    assert (fixed.outcome, fixed.codes, f"题库第 {standing.pk} 号题" in fixed.defects[0]["message"]) == (
        Outcome.REFUSED, "|contradiction|", True,
    )  # fmt: skip


def test_what_the_bank_got_meanwhile_is_not_saved_again(hand_in, item, author):
    batch = hand_in(FINE)
    content = Content(type="true_false", stem="触电后应先断电。", answer=("T",), explanation="先断电。")
    create_question(item=item, institution=author.institution, content=content, by=author)
    assert save(batch, author)
    assert (outcomes(batch), Question.objects.count()) == (["DUPLICATE"], 1)


def test_a_contradiction_that_came_meanwhile_keeps_all_from_being_saved(hand_in, item, author):
    batch = hand_in(FINE)
    content = Content(type="true_false", stem="触电后应先断电。", answer=("F",), explanation="先断电。")
    create_question(item=item, institution=author.institution, content=content, by=author)
    with pytest.raises(receiving.ImportRefused, match="有 1 道题与题库里的题答案相反"):
        save(batch, author)
    assert (outcomes(batch), ImportBatch.objects.get().state) == (["REFUSED"], BatchState.REVIEW)


def test_the_same_bank_again_renews_what_was_changed_and_copies_nothing(hand_in, author):
    save(hand_in(), author)
    changed = FINE.replace("对", "错") + DOUBTFUL.replace("断电用", "切断电源用") + "5. 新题。\n答案：对\n"
    batch = hand_in(changed, name="低压电工 (2).txt")
    assert [(row.outcome, row.codes) for row in batch.rows.order_by("position")] == [
        (Outcome.DOUBTFUL, "|key_changed|"),
        (Outcome.DOUBTFUL, "|option_truncated|updated|"),
        (Outcome.DOUBTFUL, "|number_jump|"),
    ]
    save(batch, author)
    assert list(Question.objects.order_by("pk").values_list("stem", "answer", "version")) == [
        ("触电后应先断电。", ["F"], 2),
        ("切断电源用（ ）。", ["A"], 2),
        ("新题。", ["T"], 1),
    ]


def test_a_question_mended_here_is_not_undone_by_the_same_file(hand_in, author):
    batch = hand_in()
    row = batch.rows.get(position=3)
    looking.fix(
        row,
        Content(type="single", stem=row.stem, options=("水", "沙"), answer=("B",)),
        by=row.batch.created_by,
    )
    save(batch, author)
    again = hand_in()
    assert outcomes(again) == ["DUPLICATE", "DUPLICATE", "REFUSED", "DUPLICATE"]


def test_another_bank_with_another_key_is_a_contradiction(hand_in, author):
    save(hand_in(FINE), author)
    other = hand_in(FINE.replace("对", "错"), name="别的题库.txt")
    assert [(row.outcome, row.codes) for row in other.rows.all()] == [(Outcome.REFUSED, "|contradiction|")]


@pytest.mark.parametrize(
    ("name", "bank"),
    [
        ("低压电工.xlsx", "低压电工"),
        ("低压电工 (2).xlsx", "低压电工"),
        ("低压电工-副本.docx", "低压电工"),
        ("低压电工_20240105.xls", "低压电工"),
        ("低压电工 v2.1.txt", "低压电工"),
        ("2024.xlsx", "2024"),
    ],
)
def test_a_bank_is_known_by_its_name_without_the_marks_of_copies(name, bank):
    assert receiving.bank_name(name) == bank


def test_a_reader_that_was_killed_is_made_up_for(hand_in, item, author, monkeypatch):
    batch = receiving.receive(
        item=item, institution=author.institution, name="甲.txt", data=FINE.encode(), by=author
    )
    now, rung = timezone.now(), []
    monkeypatch.setattr("question_bank.intake.turns.ring", lambda task, pk: rung.append(pk))
    reading.claim(batch.pk, now=now)  # and then nothing: the process is gone
    tend(now)
    later = now + reading.LEASE + timedelta(seconds=1)
    tend(later)
    read_batch(batch.pk, now=later)
    batch.refresh_from_db()
    assert (rung, batch.state, batch.attempts, outcomes(batch)) == (
        [batch.pk],
        BatchState.REVIEW,
        2,
        ["FINE"],
    )


def test_a_reader_that_lost_its_lease_writes_nothing(item, author):
    batch = receiving.receive(
        item=item, institution=author.institution, name="甲.txt", data=FINE.encode(), by=author
    )
    now = timezone.now()
    slow = reading.claim(batch.pk, now=now)
    reading.claim(batch.pk, now=now + reading.LEASE + timedelta(seconds=1))
    with pytest.raises(receiving.ImportRefused, match="另一个进程接手"):
        reading.read(slow, clock=lambda: now)
    assert batch.rows.count() == 0


def test_a_reader_that_wakes_too_late_leaves_what_another_laid_out(item, author, monkeypatch):
    batch = receiving.receive(
        item=item, institution=author.institution, name="甲.txt", data=FINE.encode(), by=author
    )
    start, examine = timezone.now(), reading.examine

    def asleep(*args, **options):
        monkeypatch.setattr(reading, "examine", examine)
        examined = examine(*args, **options)
        read_batch(batch.pk, now=start + reading.LEASE + timedelta(seconds=1))
        looking.refuse(batch.rows.get(), by=author)
        return examined

    monkeypatch.setattr(reading, "examine", asleep)
    read_batch(batch.pk, now=start)
    batch.refresh_from_db()
    assert (batch.state, batch.rows.get().decided_by) == (BatchState.REVIEW, author)


def test_a_database_that_is_away_says_nothing_of_the_file(hand_in, monkeypatch):
    def away(*args, **options):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(reading, "standing_beside", away)
        batch = hand_in()
    assert (batch.state, batch.error) == (BatchState.READING, "")
    read_batch(batch.pk, now=timezone.now() + reading.LEASE + timedelta(seconds=1))
    assert outcomes(batch) == ["FINE", "DOUBTFUL", "REFUSED", "DUPLICATE"]


def test_why_a_question_cannot_be_accepted_is_its_error_and_no_doubt(hand_in, author):
    row = hand_in().rows.get(position=3)
    row.defects.insert(0, row.defects[0] | {"level": "warning", "message": "只是存疑。"})
    row.save()
    with pytest.raises(receiving.ImportRefused) as refused:
        looking.accept(row, by=author)
    assert str(refused.value) == f"这道题还不能收：{row.defects[1]['message']}请先修改。"


def test_a_reader_that_gets_on_keeps_its_lease_however_long_it_takes(item, author, monkeypatch):
    many = "".join(f"{n}. 触电后第 {n} 步应断电。\n答案：对\n" for n in range(1, 1201))
    batch = receiving.receive(
        item=item, institution=author.institution, name="甲.txt", data=many.encode(), by=author
    )
    start, step = timezone.now(), reading.LEASE - timedelta(seconds=1)
    times, rivals, tell = (start + step * n for n in count(1)), [], reading._tell

    def slow(batch, *, now, **fields):
        rivals.append(reading.claim(batch.pk, now=now))  # another reader looks just before progress is told
        tell(batch, now=now, **fields)

    monkeypatch.setattr(reading, "_tell", slow)
    reading.read(reading.claim(batch.pk, now=start), clock=lambda: next(times))
    batch.refresh_from_db()
    assert (batch.state, batch.attempts, batch.rows.count()) == (BatchState.REVIEW, 1, 1200)
    assert len(rivals) > 3
    assert set(rivals) == {None}


def test_a_file_that_kills_each_reader_is_given_up_in_one_sentence(item, author):
    batch = receiving.receive(
        item=item, institution=author.institution, name="甲.txt", data=FINE.encode(), by=author
    )
    now = timezone.now()
    for _ in range(reading.MAX_ATTEMPTS):
        assert reading.claim(batch.pk, now=now)
        now += reading.LEASE + timedelta(seconds=1)
    tend(now)
    batch.refresh_from_db()
    assert (batch.state, batch.error) == ("unreadable", "读取连续 3 次中断，已停止；请把文件分成几份再导入。")


def test_a_large_file_rings_a_worker(item, author, monkeypatch, django_capture_on_commit_callbacks):
    batch = receiving.receive(
        item=item, institution=author.institution, name="甲.txt", data=FINE.encode(), by=author
    )
    rung = []
    monkeypatch.setattr("question_bank.intake.turns.ring", lambda task, pk: rung.append((task, pk)))
    with django_capture_on_commit_callbacks(execute=True):
        begin(batch, size=turns.SMALL_BYTES + 1, now=timezone.now())
    assert (rung, ImportBatch.objects.get().state) == ([("read_import", batch.pk)], BatchState.WAITING)


UNKNOWN = [("问", "甲", "乙", "丙", "对的"), ("触电后应首先做什么才最安全？", "断电", "喊人", "泼水", "A")]


def test_a_table_nobody_knows_waits_for_its_columns_and_they_are_remembered(hand_in, author):
    batch = hand_in(workbook(UNKNOWN), name="甲.xlsx")
    assert batch.state == BatchState.MAPPING
    fingerprint = shown_tables(batch)[0].fingerprint
    columns = {"columns": {"stem": 1, "answer": 5}, "options": [2, 3, 4]}
    receiving.read_again(batch, hints={"tables": {fingerprint: columns}})
    read_batch(batch.pk, now=timezone.now())
    other = hand_in(workbook(UNKNOWN), name="乙.xlsx")
    rows = [(r.stem, r.options, r.answer) for b in (batch, other) for r in b.rows.all()]
    assert rows == [("触电后应首先做什么才最安全？", ["断电", "喊人", "泼水"], ["A"])] * 2
    assert ColumnMapping.objects.get().institution == author.institution


def test_keys_of_a_second_file_are_joined(hand_in):
    text = "一、单选题\n1. 灭火用（ ）。\nA. 水\nB. 沙\n2. 断电用（ ）。\nA. 手\nB. 开关\n"
    batch = hand_in(text, keys=("答案.txt", "一、单选题\n1-2 AB\n".encode()))
    assert [row.answer for row in batch.rows.order_by("position")] == [["A"], ["B"]]
    assert batch.notes[0]["message"] == "从答案文件对上 2 道题的答案。"


def test_an_import_given_up_leaves_the_bank_as_it_was(hand_in, author):
    batch = hand_in()
    assert (receiving.discard(batch), receiving.discard(batch), batch.rows.count()) == (True, False, 0)
    assert saving.save(batch, by=author, now=timezone.now()) is False


@pytest.mark.django_db(transaction=True)
def test_a_reader_keeps_its_lease_while_a_library_parses_in_silence(author, item):
    batch = receiving.receive(item=item, institution=author.institution, name="长.txt", data=b"", by=author)
    now = timezone.now()
    batch = reading.claim(batch.pk, now=now)
    renewed = now + timedelta(hours=1)
    with kept_alive(batch, until=lambda: renewed, every_s=0.05):
        sleep(0.5)
    batch.refresh_from_db()
    assert batch.lease_until == renewed
    assert reading.claim(batch.pk, now=now + timedelta(minutes=10)) is None


@pytest.mark.django_db(transaction=True)
def test_a_reader_that_was_taken_over_renews_nothing(author, item):
    batch = receiving.receive(item=item, institution=author.institution, name="长.txt", data=b"", by=author)
    now = timezone.now()
    old = reading.claim(batch.pk, now=now)
    new = reading.claim(batch.pk, now=now + timedelta(hours=1))
    with kept_alive(old, until=lambda: now + timedelta(days=9), every_s=0.05):
        sleep(0.3)
    held = new.lease_until
    new.refresh_from_db()
    assert new.lease_until == held
