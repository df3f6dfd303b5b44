"""The page of exports: what a format loses is told before the download, and the file holds what was told."""

from dataclasses import replace
from http import HTTPStatus

import pytest
from django.core.cache import caches
from django.urls import reverse

from accounts.roles import Role
from question_bank.exporting import writing
from question_bank.exporting.writing import export
from question_bank.importing.judging import examine
from question_bank.importing.reading import read_bank
from question_bank.models import Question
from question_bank.questions.acts import revise_question
from question_bank.views import exports
from tests.question_bank.conftest import SINGLE

pytestmark = pytest.mark.django_db
TRIPLE = replace(SINGLE, type="multiple", stem="绝缘用具有哪些？", answer=("A", "B"))


def page(client, item, format, **more):
    return client.get(reverse("bank:export"), {"item": item.pk, "format": format, **more}).content.decode()


def file_of(client, item, format, **more):
    return client.get(reverse("bank:export_file"), {"item": item.pk, "format": format, **more})


def test_what_aiken_cannot_hold_is_told_before_the_download(client, author, write, item):
    write(author)
    write(author, TRIPLE)
    client.force_login(author)
    told = page(client, item, "aiken")
    assert "Aiken 写得下 1 道题，另外 1 道写不下" in told
    assert "Aiken 格式写不下这道多选题：绝缘用具有哪些？" in told
    assert "Aiken 格式存不下解析，涉及 1 道题。" in told
    assert "下载 1 道题" in told


@pytest.mark.parametrize("format", exports.FORMATS)
def test_every_format_is_downloaded_as_it_was_told(client, author, write, item, format):
    write(author)
    write(author, replace(SINGLE, stem="另一道单选题怎么答？"))
    client.force_login(author)
    assert "写得下全部 2 道题" in page(client, item, format)
    answer = file_of(client, item, format)
    assert answer["Content-Disposition"].startswith("attachment")
    assert len(examine(read_bank(b"".join(answer.streaming_content))).verdicts) == 2


def test_a_file_is_written_once_for_page_and_download_until_a_question_changes(
    client, author, write, item, monkeypatch
):
    question, written = write(author), []
    caches["exports"].clear()
    monkeypatch.setattr(writing, "export", lambda *given: written.append(1) or export(*given))
    client.force_login(author)
    page(client, item, "docx")
    told = b"".join(file_of(client, item, "docx").streaming_content)
    assert (len(written), len(examine(read_bank(told)).verdicts)) == (1, 1)
    revise_question(question, content=TRIPLE, knowledge_points=(), by=author)
    again = b"".join(file_of(client, item, "docx").streaming_content)
    assert (len(written), examine(read_bank(again)).verdicts[0].content.stem) == (2, TRIPLE.stem)


def test_an_author_exports_nothing_of_another_institution(client, author, write, item, person):
    write(author)
    client.force_login(person(Role.AUTHOR, "乙培训机构"))
    assert "没有可以导出的" in page(client, item, "docx")
    assert file_of(client, item, "docx").status_code == HTTPStatus.FOUND


def test_very_many_questions_come_in_parts(client, author, write, item, monkeypatch):
    monkeypatch.setattr(exports, "PART", 2)
    for number in range(3):
        write(author, replace(SINGLE, stem=f"第{number}个设备怎么停？"))
    client.force_login(author)
    assert "第 2 份</a>" in page(client, item, "gift")
    files = [b"".join(file_of(client, item, "gift", p=part).streaming_content).decode() for part in (1, 2)]
    assert [text.count("个设备怎么停") for text in files] == [2, 1]


def test_a_lost_picture_is_a_sentence_and_no_crash(client, author, write, item):
    question = write(author)
    Question.objects.filter(pk=question.pk).update(images=[f"question-images/{'0' * 64}.png"])
    client.force_login(author)
    assert exports.PICTURE_LOST in page(client, item, "docx")
    assert file_of(client, item, "docx").status_code == HTTPStatus.FOUND
