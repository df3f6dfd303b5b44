"""Responses come in once, by csv or by API; figures follow; what nobody gets right is put forward."""

import json
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from accounts.roles import Role
from question_bank.flags import Flag
from question_bank.models import DeliveryToken, Question, QuestionFigures, Response
from question_bank.questions.acts import revise_question
from question_bank.responses.reckoning import reckon, reckon_when_new
from question_bank.responses.statistics import MIN_RESPONSES, Figures, figures
from question_bank.responses.table import BadResponses, read_csv
from question_bank.responses.taking import take
from question_bank.responses.tokens import make_token, revoke
from tests.question_bank.conftest import SINGLE

API = "/api/responses/"
HEAD = "测试编号,题目编号,版本,作答\n"


def text(response):
    return response.content.decode()


def test_discrimination_is_the_correlation_with_the_rest_of_the_test():
    rng = np.random.default_rng(1)
    scores = (rng.normal(size=(200, 1)) + rng.normal(size=(200, 6)) > 0).astype(int)
    scores[:, 5] = 1 - scores[:, 5]
    attempts, questions = np.indices(scores.shape)
    found = figures(attempts.ravel(), questions.ravel(), scores.ravel())
    for question in range(6):
        rest = np.delete(scores, question, axis=1).mean(axis=1)
        wanted = np.corrcoef(scores[:, question], rest)[0, 1]
        assert found[question].discrimination == pytest.approx(wanted, abs=1e-9)
        assert (found[question].responses, found[question].right) == (200, scores[:, question].sum())
    assert [found[question].flag for question in range(6)] == [None] * 5 + [Flag.INVERTED]


def test_an_attempt_at_one_question_says_how_hard_it_is_and_no_more():
    assert figures([1, 2], [7, 7], [True, False]) == {7: Figures(2, 1, None)}
    assert figures([], [], []) == {}


@pytest.mark.parametrize(
    ("responses", "right", "flag"),
    [
        (MIN_RESPONSES, 0, Flag.NOBODY),
        (MIN_RESPONSES, MIN_RESPONSES, Flag.EVERYBODY),
        (MIN_RESPONSES - 1, 0, None),
        (MIN_RESPONSES, 1, None),
    ],
)
def test_a_question_is_put_forward_only_when_enough_have_answered_it(responses, right, flag):
    assert Figures(responses, right, 0.3).flag is flag


@pytest.mark.django_db
class TestTaking:
    def rows(self, question, *answers, version=1):
        return [
            {"attempt": f"考{n}", "question": question.pk, "version": version, "answer": answer}
            for n, answer in enumerate(answers)
        ]

    def test_the_same_row_twice_counts_once(self, write, author):
        question = write(author)
        rows = self.rows(question, "A", "B")
        questions = Question.objects.all()
        first = take([*rows, rows[0]], source="甲平台", questions=questions)
        again = take(rows, source="甲平台", questions=questions)
        assert (first.accepted, first.duplicates, again.accepted, again.duplicates) == (2, 1, 0, 2)
        assert take(rows, source="乙平台", questions=questions).accepted == 2
        assert sorted(Response.objects.values_list("source", "right")) == [
            ("乙平台", False),
            ("乙平台", True),
            ("甲平台", False),
            ("甲平台", True),
        ]

    def test_an_answer_is_marked_by_the_key_of_the_version_that_was_asked(self, write, author):
        question = write(author)
        revise_question(question, content=replace(SINGLE, answer=("B",)), knowledge_points=(), by=author)
        rows = [*self.rows(question, "A"), *self.rows(question, "B", "A", version=2)[1:]]
        take(rows, source="甲", questions=Question.objects.all())
        assert sorted(Response.objects.values_list("number", "right")) == [(1, True), (2, False)]
        assert reckon() == 2

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"question": 999}, "没有这道题的这一版，或不属于您的机构。"),
            ({"version": 2}, "没有这道题的这一版，或不属于您的机构。"),
            ({"question": "x" * 50}, "没有这道题的这一版，或不属于您的机构。"),
            ({"attempt": " "}, "没有测试编号，或超过 100 个字符。"),
            ({"attempt": None}, "没有测试编号，或超过 100 个字符。"),
            ({"answer": None}, "看不出答对没有：作答写字母或“对”“错”，是否正确写 1 或 0。"),
            ({"correct": "也许"}, "看不出答对没有：作答写字母或“对”“错”，是否正确写 1 或 0。"),
        ],
    )
    def test_a_wrong_row_is_refused_by_its_number_and_the_others_are_taken(
        self, write, author, changed, sentence
    ):
        rows = self.rows(write(author), "A", "A")
        taken = take([rows[0], rows[1] | changed], source="甲", questions=Question.objects.all())
        assert (taken.found, taken.accepted, taken.refused) == (2, 1, 1)
        assert taken.problems == [{"row": 2, "message": sentence}]

    def test_figures_are_reckoned_by_and_by_only_when_something_new_came(self, write, author):
        take(self.rows(write(author), "A", "B", "A"), source="甲", questions=Question.objects.all())
        reckon_when_new()
        kept = QuestionFigures.objects.get()
        assert (kept.responses, kept.right, kept.share) == (3, 2, pytest.approx(2 / 3))
        reckon_when_new()
        assert QuestionFigures.objects.get().reckoned_at == kept.reckoned_at

    def test_what_was_sent_before_the_last_reckoning_and_came_in_after_it_is_counted(self, write, author):
        question = write(author)
        take(self.rows(question, "A"), source="甲", questions=Question.objects.all())
        reckon_when_new()
        take(self.rows(question, "B"), source="乙", questions=Question.objects.all())
        Response.objects.update(created_at=QuestionFigures.objects.get().reckoned_at - timedelta(minutes=1))
        reckon_when_new()
        kept = QuestionFigures.objects.get()
        assert (kept.responses, kept.right) == (2, 1)

    def test_a_null_beside_an_answer_is_no_word_on_it(self, write, author):
        rows = [row | {"correct": None} for row in self.rows(write(author), "A")]
        assert take(rows, source="甲", questions=Question.objects.all()).accepted == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "缺少测试编号、题目编号、版本"),
        (b"\x00\x01\x02", "文件不是 csv"),
        ("测试编号,题目编号,版本\n".encode(), "缺少作答或是否正确这一列"),
        ("测试编号,题目编号,版本,作答,手机号\n".encode(), "不认得“手机号”这一列.*附件3第14项"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_one_sentence(data, sentence):
    with pytest.raises(BadResponses, match=sentence):
        read_csv(data)


def test_a_csv_in_gb18030_with_blank_lines_is_read():
    rows = read_csv(f"{HEAD}考1,5,1,对\n\n,,,\n".encode("gb18030"))
    assert rows == [{"attempt": "考1", "question": "5", "version": "1", "answer": "对"}]


@pytest.mark.django_db
class TestDoors:
    def upload(self, client, question, name="甲"):
        lines = "".join(f"{name}{n},{question.pk},1,B\n" for n in range(MIN_RESPONSES))
        file = SimpleUploadedFile("作答.csv", (HEAD + lines).encode())
        return client.post(reverse("bank:upload_responses"), {"file": file, "source": "甲平台"}, follow=True)

    def test_an_upload_puts_forward_what_nobody_gets_right(self, client, author, write):
        question = write(author)
        client.force_login(author)
        assert "还没有学员作答" in text(client.get(reverse("bank:statistics")))
        page = text(self.upload(client, question))
        assert f"共 {MIN_RESPONSES} 行：收下 {MIN_RESPONSES}，重复 0，未收 0。" in page
        assert "1 道提请复核" in page and "无人答对" in page
        assert f"收下 0，重复 {MIN_RESPONSES}" in text(self.upload(client, question))

    def test_without_the_platforms_name_nothing_is_taken(self, client, author, write):
        client.force_login(author)
        file = SimpleUploadedFile("作答.csv", HEAD.encode())
        page = client.post(reverse("bank:upload_responses"), {"file": file, "source": " "}, follow=True)
        assert "没有写是哪个学习平台的作答" in text(page)

    def test_an_author_uploads_to_and_sees_only_their_institutions_questions(self, client, write, person):
        question = write(person(Role.AUTHOR, "乙培训机构"), replace(SINGLE, stem="乙的题"))
        other = person(Role.AUTHOR, "甲培训机构")
        client.force_login(other)
        assert "没有这道题的这一版，或不属于您的机构。" in text(self.upload(client, question))
        client.force_login(person(Role.ADMIN, "丙"))
        self.upload(client, question)
        assert "乙的题" in text(client.get(reverse("bank:statistics")))
        client.force_login(other)
        assert "乙的题" not in text(client.get(reverse("bank:statistics") + "?all"))

    @pytest.mark.parametrize("role", [Role.REVIEWER, Role.INSTITUTION])
    def test_nobody_else_uploads(self, client, write, author, person, role):
        client.force_login(person(role, "丙"))
        self.upload(client, write(author))
        assert Response.objects.count() == 0

    def test_a_platform_hands_in_with_its_key_and_without_it_nothing(self, client, write, author, person):
        question = write(author)
        secret = make_token("学习平台", by=person(Role.ADMIN))
        assert not DeliveryToken.objects.filter(digest=secret).exists()
        body = {
            "responses": [
                {"attempt": "1", "question": question.pk, "version": 1, "answer": ["A"]},
                {"attempt": "2", "question": question.pk, "version": 1, "correct": False},
                "x",
            ]
        }

        def send(key=secret, data=body):
            sent = data if isinstance(data, str) else json.dumps(data)
            headers = {"Authorization": f"Bearer {key}"}
            response = client.post(API, sent, content_type="application/json", headers=headers)
            return response.status_code, response.json()

        status, taken = send()
        assert (status, taken["accepted"], taken["refused"]) == (200, 2, 1)
        assert send()[1]["duplicates"] == 2
        assert [send(data=wrong)[0] for wrong in ("{", "[]", {"responses": 1}, {})] == [400] * 4
        assert [send(key=wrong)[0] for wrong in ("", "nonsense")] == [401] * 2
        assert client.get(API).status_code == 405
        revoke(DeliveryToken.objects.get())
        assert send()[0] == 401
        assert sorted(Response.objects.values_list("right", flat=True)) == [False, True]

    def test_only_an_admin_gives_and_takes_keys_and_a_key_is_shown_once(self, client, person):
        client.force_login(person(Role.AUTHOR))
        client.post(reverse("bank:add_token"), {"name": "乙平台"})
        assert DeliveryToken.objects.count() == 0
        client.force_login(person(Role.ADMIN))
        shown = text(client.post(reverse("bank:add_token"), {"name": "乙平台"}, follow=True))
        assert "只显示这一次" in shown
        assert "只显示这一次" not in text(client.get(reverse("bank:statistics")))
        client.post(reverse("bank:revoke_token"), {"token": DeliveryToken.objects.get().pk})
        assert DeliveryToken.objects.get().revoked_at is not None

    def test_the_page_costs_the_same_at_one_and_three_rows(
        self, client, author, write, django_assert_max_num_queries
    ):
        client.force_login(author)

        def queries():
            with django_assert_max_num_queries(60) as captured:
                client.get(reverse("bank:statistics"))
            return len(captured)

        self.upload(client, write(author))
        queries()
        few = queries()
        self.upload(client, write(author), "乙")
        self.upload(client, write(author), "丙")
        assert queries() == few

    def test_the_command_takes_a_file_and_says_what_it_took(self, capsys, write, author, tmp_path):
        path = tmp_path / "作答 一.csv"
        path.write_text(f"{HEAD}考1,{write(author).pk},1,A\n考2,1,9,A\n")
        with pytest.raises(SystemExit) as ended:
            call_command("import_responses", str(path), "--source", "甲", "--json")
        report = json.loads(capsys.readouterr().out)
        assert (ended.value.code, report["found"], report["accepted"], report["refused"]) == (1, 2, 1, 1)
        assert QuestionFigures.objects.get().responses == 1
        path.write_text("姓名\n")
        with pytest.raises(CommandError, match="不认得“姓名”这一列") as refused:
            call_command("import_responses", str(path), "--source", "甲")
        assert refused.value.returncode == 2
