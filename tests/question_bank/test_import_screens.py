"""The pages of an import: who may enter, what a card says, what a click does."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from PIL import Image

from accounts.roles import Role
from question_bank.models import ImportBatch, Outcome, Question
from question_bank.views.import_cards import shown_source
from tests.question_bank.importing.reading import saved, workbook
from tests.question_bank.test_imports import BANK, UNKNOWN

pytestmark = pytest.mark.django_db
FILE = BANK.encode()
HTMX = {"HX-Request": "true"}


def page(name, *args):
    return reverse(f"bank:{name}", args=args)


@pytest.fixture
def drop(client, item):
    def post(data=FILE, name="低压电工.txt", by=None, **others):
        if by:
            client.force_login(by)
        file = SimpleUploadedFile(name, data)
        return client.post(page("import_upload"), {"item": item.pk, "file": file, **others}, follow=True)

    return post


def text_of(response):
    return response.content.decode()


def test_a_dropped_file_is_reviewed_with_its_doubts_first(drop, author):
    shown = text_of(drop(by=author))
    batch = ImportBatch.objects.get()
    plain = re.sub("<[^>]*>", "", shown)
    assert "找到 4 道 = 接收 2 + 重复 1 + 不收 1" in plain
    assert [shown.index(f'id="row-{row.pk}"') for row in batch.rows.all()] == sorted(
        shown.index(f'id="row-{row.pk}"') for row in batch.rows.all()
    )
    assert batch.rows.first().outcome == Outcome.DOUBTFUL
    assert "选项 A 的结尾“开关，”像被截断，请核对。" in shown


def test_cards_are_filtered_by_outcome_and_by_doubt(drop, client, author):
    drop(by=author)
    batch = ImportBatch.objects.get()
    shown = text_of(client.get(page("import", batch.pk), {"code": "answer_unknown"}))
    assert (shown.count("<article"), "灭火用" in shown) == (1, True)
    shown = text_of(client.get(page("import", batch.pk), {"outcome": "3_fine"}))
    assert (shown.count("<article"), "触电后应先断电" in shown) == (1, True)


def test_a_click_gives_back_the_card_and_the_bar(drop, client, author):
    drop(by=author)
    row = ImportBatch.objects.get().rows.get(outcome=Outcome.DOUBTFUL)
    answer = client.post(page("import_row", row.batch_id, row.pk), {"accept": "1"}, headers=HTMX)
    shown = text_of(answer)
    assert ("无疑问（看过，没问题）" in shown, 'id="bar"' in shown, "存疑 0" in shown) == (True, True, True)


def test_a_fix_that_is_no_good_keeps_what_was_typed(drop, client, author):
    drop(by=author)
    row = ImportBatch.objects.get().rows.get(outcome=Outcome.REFUSED)
    typed = {"fix": "1", "type": "single", "stem": "灭火用什么（ ）。", "options": "水\n沙", "answer": "E"}
    shown = text_of(client.post(page("import_row", row.batch_id, row.pk), typed, headers=HTMX))
    assert ("灭火用什么" in shown, 'value="E"' in shown, "答案 E 不在选项之中" in shown) == (True, True, True)
    assert ("这样改还不能收" in shown, " hidden>" in shown) == (True, False)
    mended = client.post(page("import_row", row.batch_id, row.pk), typed | {"answer": "B"}, headers=HTMX)
    assert ("这样改还不能收" in text_of(mended), "无疑问（已修改）" in text_of(mended)) == (False, True)


def test_the_whole_way_without_script(drop, client, author):
    drop(by=author)
    batch = ImportBatch.objects.get()
    client.post(page("import_finish", batch.pk), {"rest": "1"})  # a button of an older page does nothing
    rows = batch.rows.filter(outcome=Outcome.DOUBTFUL)
    client.post(page("import_finish", batch.pk), {"looked": "1", "row": rows.values_list("pk", flat=True)})
    first = client.post(page("import_finish", batch.pk), {"save": "1"}, follow=True)
    second = client.post(page("import_finish", batch.pk), {"save": "1"}, follow=True)
    assert "已保存到题库，等待审定；没有解析的请先补全。" in text_of(first)
    assert "这次导入已经保存过，没有重复保存。" in text_of(second)
    assert Question.objects.count() == 2


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_the_review_takes_as_many_queries_for_three_questions_as_for_one(drop, client, author):
    for count in (1, 3):
        drop("".join(f"{n}. 第{n}条。\n答案：对\n" for n in range(1, count + 1)).encode(), by=author)
    one, three = (queries(client, page("import", b.pk)) for b in ImportBatch.objects.order_by("pk"))
    assert one == three


def test_the_list_of_imports_takes_as_many_queries_for_three_as_for_one(drop, client, author):
    drop(by=author)
    one = queries(client, page("imports"))
    drop(name="乙.txt")
    drop(name="丙.txt")
    assert queries(client, page("imports")) == one


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.INSTITUTION])
def test_only_authors_import(client, drop, person, role):
    client.force_login(person(role))
    assert client.get(page("imports")).status_code in (302, 403)
    drop()
    assert ImportBatch.objects.count() == 0


def test_an_import_of_another_institution_does_not_exist(drop, client, author, person):
    drop(picture_bank(), name="图.docx", by=author)
    batch, row = ImportBatch.objects.get(), ImportBatch.objects.get().rows.get()
    assert client.get(page("import_image", batch.pk, row.pk, 0)).status_code == 200
    client.force_login(person(Role.AUTHOR, "乙培训机构"))
    answers = [
        client.get(page("import", batch.pk)),
        client.get(page("import_columns", batch.pk)),
        client.get(page("import_image", batch.pk, row.pk, 0)),
        client.post(page("import_row", batch.pk, row.pk), {"accept": "1"}),
        client.post(page("import_finish", batch.pk), {"save": "1"}),
        client.post(page("import_retry", batch.pk)),
    ]
    assert [answer.status_code for answer in answers] == [404] * 6
    assert "低压电工.txt" not in text_of(client.get(page("imports")))


def picture_bank():
    document, stream = Document(), io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(stream, "PNG")
    document.add_paragraph("1. 图中是接地。").add_run().add_picture(stream)
    document.add_paragraph("答案：对")
    return saved(document)


def test_a_picture_comes_along_into_the_question(drop, client, author):
    drop(picture_bank(), name="图.docx", by=author)
    batch = ImportBatch.objects.get()
    client.post(page("import_finish", batch.pk), {"save": "1"})
    question = Question.objects.get()
    picture = client.get(page("image", question.pk, 1, 0))
    assert (question.stem, len(question.images), picture.content[:4]) == (
        "图中是接地。〔图1〕",
        1,
        b"\x89PNG",
    )


def test_a_file_that_cannot_be_read_says_why_and_may_be_tried_again(drop, client, author):
    shown = text_of(drop(b"%PDF-1.7", name="a.docx", by=author))
    assert "这是PDF文件，不是题库" in shown
    again = client.post(page("import_retry", ImportBatch.objects.get().pk), follow=True)
    assert "这是PDF文件，不是题库" in text_of(again)


def test_columns_are_named_over_the_first_rows(drop, client, author):
    shown = text_of(drop(workbook(UNKNOWN), name="甲.xlsx", by=author))
    batch = ImportBatch.objects.get()
    assert "指定各列" in shown
    assert "触电后应首先做什么才最安全？" in text_of(client.get(page("import_columns", batch.pk)))
    refused = client.post(page("import_columns", batch.pk), {"t0-4": "answer", "true_digit": "1"})
    assert '<option value="answer" selected>' in text_of(refused), "what was chosen stays"
    assert 'value="1" checked' in text_of(refused)
    assert "没有指定题干在哪一列，请先指定。" in text_of(refused)
    chosen = {"t0-0": "stem", "t0-1": "option", "t0-2": "option", "t0-3": "option", "t0-4": "answer"}
    done = client.post(page("import_columns", batch.pk), chosen, follow=True)
    assert "找到 <strong>1</strong> 道 = 接收 <strong>1</strong>" in text_of(done)


def test_a_file_without_a_name_or_an_item_is_asked_for(client, author):
    client.force_login(author)
    shown = text_of(client.post(page("import_upload"), {}, follow=True))
    assert "请选择操作项目和题库文件，再点“开始导入”。" in shown


DIGITS = "".join(f"{n}. 第{n}条说法是成立的。\n答案：{n % 2}\n" for n in range(1, 6))
KEYLESS = "".join(f"{n}. 灭火第{n}步用（ ）。\nA. 水\nB. 沙\nC. 土\n" for n in range(1, 6))


def test_digits_are_asked_for_once_and_the_file_read_again(drop, client, author):
    shown = text_of(drop(DIGITS.encode(), by=author))
    batch = ImportBatch.objects.get()
    assert "5 道判断题的答案写成 0 或 1" in shown
    shown = text_of(client.post(page("import_read_as", batch.pk), {"true_digit": "1"}, follow=True))
    assert "写成 0 或 1" not in shown
    assert list(batch.rows.order_by("position").values_list("answer", flat=True)) == [
        ["T"], ["F"], ["T"], ["F"], ["T"],
    ]  # fmt: skip


def test_a_file_of_keys_can_be_added_afterwards(drop, client, author):
    shown = text_of(drop(KEYLESS.encode(), by=author))
    batch = ImportBatch.objects.get()
    assert "5 道题没有答案" in shown
    keys = SimpleUploadedFile("答案.txt", "".join(f"{n}. B\n" for n in range(1, 6)).encode())
    shown = text_of(client.post(page("import_read_as", batch.pk), {"keys": keys}, follow=True))
    batch.refresh_from_db()
    assert (batch.keys_name, "道题没有答案" in shown) == ("答案.txt", False)


def test_who_may_not_see_an_import_cannot_read_it_again(drop, client, author, person):
    drop(DIGITS.encode(), by=author)
    client.force_login(person(Role.AUTHOR, institution="乙培训机构"))
    batch = ImportBatch.objects.get()
    assert client.post(page("import_read_as", batch.pk), {"true_digit": "1"}).status_code == 404


def test_a_page_of_doubts_is_looked_at_in_one_click_and_only_that_page(drop, client, author):
    drop(by=author)
    batch = ImportBatch.objects.get()
    row = batch.rows.get(outcome=Outcome.DOUBTFUL)
    assert f'name="row" value="{row.pk}"' in text_of(client.get(page("import", batch.pk)))
    client.post(page("import_finish", batch.pk), {"looked": "1", "row": ["0", "x"]})
    assert batch.rows.filter(outcome=Outcome.DOUBTFUL).exists()
    looked = {"looked": "1", "row": [row.pk]}
    shown = text_of(client.post(page("import_finish", batch.pk), looked, follow=True))
    row.refresh_from_db()
    assert (row.outcome, row.decided_by, "看过，没问题" in shown) == (Outcome.FINE, author, True)


def test_saving_the_rest_takes_no_doubt_that_nobody_looked_at(drop, client, author):
    drop(by=author)
    batch = ImportBatch.objects.get()
    shown = text_of(client.get(page("import", batch.pk)))
    assert "全部接收" not in shown and "其余存疑的 1 道都不收" in shown
    client.post(page("import_finish", batch.pk), {"leave": "1"})
    client.post(page("import_finish", batch.pk), {"save": "1"})
    assert list(Question.objects.values_list("stem", flat=True)) == ["触电后应先断电。"]


def test_options_that_share_a_cell_are_shown_line_by_line():
    assert shown_source("单选题 │ 方针是（ ） │ **A.以人为本**B.发展##C.综合 │ C") == (
        "单选题\n方针是（ ）\n\nA.以人为本\nB.发展\nC.综合\nC".replace("\n\n", "\n")
    )
