"""import_questions and export_questions: exit status, JSON, what is saved and what is said."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from wagtail.log_actions import registry

from accounts.models import User
from accounts.roles import Role
from catalog.models import OperationItem
from question_bank.management.commands.import_questions import Command as Import
from question_bank.models import Question, QuestionState, QuestionVersion
from tests.question_bank.importing.reading import workbook
from tests.question_bank.test_imports import UNKNOWN

pytestmark = pytest.mark.django_db
BANK = (
    "一、判断题\n1. 可以带电作业。\n答案：错\n解析：不可以。\n2. 先断电再救人。\n答案：对\n知识点：急救\n"
    "二、单选题\n1. 甲（ ）。\nA. 子\nB. 丑\n答案：C\n"
)
SOUND = BANK.partition("二、")[0]


@pytest.fixture
def bank(tmp_path):
    def make(text=SOUND, name="题库 一.txt"):
        path = tmp_path / name
        path.write_bytes(text.encode())
        return str(path)

    return make


def run(capsys, *arguments):
    """Exit status, standard output and standard error."""
    try:
        call_command(*arguments)
        status = 0
    except SystemExit as exit_:
        status = exit_.code
    except CommandError as error:
        return error.returncode, "", str(error)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_a_dry_run_reports_everything_in_one_json_document_and_saves_nothing(capsys, item, bank):
    path = bank(BANK)
    status, out, _ = run(
        capsys, "import_questions", path, "--item", item.pk, "--dry-run", "--items", "--json"
    )
    report = json.loads(out)
    items = report.pop("items")
    assert (status, report) == (
        1,
        {
            "file": path,
            "format": "txt",
            "found": 3,
            "accepted": 2,
            "duplicates": 0,
            "problems": [
                {
                    "where": "第 9 行",
                    "level": "error",
                    "code": "answer_unknown",
                    "message": "答案 C 不在选项之中，现有 2 个选项，请核对。",
                },
                {
                    "where": "整份文件",
                    "level": "warning",
                    "code": "explanation_missing",
                    "message": "有 1 道题没有填写解析，错题回放时学员要看到解析，请填写。（附件3第33项）",
                },
            ],
        },
    )
    assert items[0] == {
        "number": "1",
        "type": "true_false",
        "stem": "可以带电作业。",
        "options": [],
        "answer": ["F"],
        "explanation": "不可以。",
        "section": "一、判断题",
        "state": "accepted",
    }
    assert [entry["state"] for entry in items] == ["accepted", "accepted", "refused"]
    assert not Question.objects.exists() and not User.objects.exists()


def test_what_is_accepted_is_saved_as_drafts_with_versions_and_one_log_entry(capsys, item, author, bank):
    status, out, _ = run(capsys, "import_questions", bank(BANK), "--item", item.pk)
    assert (status, out.splitlines()[0].partition("：")[2]) == (
        1,
        "共 3 道题，已导入 2 道，重复 0 道，未收 1 道。",
    )
    saved = Question.objects.order_by("pk")
    assert [(q.stem, q.state, q.institution, q.created_by) for q in saved] == [
        ("可以带电作业。", QuestionState.DRAFT, author.institution, author),
        ("先断电再救人。", QuestionState.DRAFT, author.institution, author),
    ]
    assert [version.content for version in QuestionVersion.objects.order_by("pk")] == [
        q.content for q in saved
    ]
    assert [point.name for point in saved[1].knowledge_points.all()] == ["急救"]
    [entry] = registry.get_logs_for_instance(item)
    assert (entry.action, entry.user, entry.data) == (
        "question_bank.import",
        author,
        {"file": "题库 一.txt", "questions": 2},
    )


def test_importing_again_finds_only_duplicates_and_is_fine(capsys, item, author, bank):
    run(capsys, "import_questions", bank(), "--item", item.pk)
    status, out, _ = run(capsys, "import_questions", bank(), "--item", item.pk, "--json")
    report = json.loads(out)
    assert (status, report["found"], report["accepted"], report["duplicates"]) == (0, 2, 0, 2)
    assert Question.objects.count() == 2


WITHOUT_KEYS = "一、单选题\n1. 灭火用（ ）。\nA. 水\nB. 沙\n2. 断电用（ ）。\nA. 手\nB. 开关\n"


def items(capsys, item, *arguments):
    status, out, _ = run(
        capsys, "import_questions", *arguments, "--item", item.pk, "--dry-run", "--items", "--json"
    )
    report = json.loads(out)
    return status, [(one["stem"], one["options"], one["answer"]) for one in report["items"]]


def test_keys_come_from_a_second_file(capsys, item, bank):
    keys = bank("一、单选题\n1-2 AB\n", name="答案.txt")
    assert items(capsys, item, bank(WITHOUT_KEYS), "--keys", keys) == (
        0,
        [("灭火用（ ）。", ["水", "沙"], ["A"]), ("断电用（ ）。", ["手", "开关"], ["B"])],
    )
    assert items(capsys, item, bank(WITHOUT_KEYS))[0] == 1


def test_a_key_file_that_is_missing_is_one_sentence(capsys, item, bank):
    arguments = [bank(WITHOUT_KEYS), "--item", item.pk, "--keys", "/nowhere/k.txt", "--dry-run"]
    status, out, said = run(capsys, "import_questions", *arguments)
    assert (status, out, said.count("\n"), "k.txt" in said) == (2, "", 0, True)


def test_columns_come_from_a_mapping_file(capsys, item, bank, tmp_path):
    said = {"columns": {"stem": 1, "answer": 5}, "options": [2, 3, 4]}
    mapping = bank(json.dumps(said), name="各列.json")
    table = tmp_path / "表.xlsx"
    table.write_bytes(workbook(UNKNOWN))
    assert items(capsys, item, str(table), "--mapping", mapping) == (
        0,
        [("触电后应首先做什么才最安全？", ["断电", "喊人", "泼水"], ["A"])],
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "读不了列对应文件 各列.json，它应是一个 JSON 文件，请核对。"),
        ("[]", "列对应文件应是一个 JSON 对象"),
        ('{"colums": {}}', "列对应文件里有不认识的 colums，请删去。"),
        ('{"columns": {"answer": 1}}', "没有指定题干在哪一列，请先指定。"),
        ('{"columns": {"stem": 1, "answer": 1}}', "同一列只能对应一个字段，请核对重复的列。"),
        ('{"columns": {"stem": 0}}', "列号应是 1 到 200 的整数，请核对。"),
        ('{"true_digit": "2"}', "true_digit 应为 0 或 1"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_one_sentence(capsys, item, bank, text, said):
    arguments = [bank(), "--item", item.pk, "--mapping", bank(text, name="各列.json"), "--dry-run"]
    status, out, error = run(capsys, "import_questions", *arguments)
    assert (status, out, said in error, "\n" in error) == (2, "", True, False)


def test_another_institutions_questions_are_not_told_of(capsys, item, person, bank):
    ours, theirs = person(Role.AUTHOR), person(Role.AUTHOR, "乙培训机构")
    run(capsys, "import_questions", bank(), "--item", item.pk, "--by", theirs.username)
    status, out, _ = run(capsys, "import_questions", bank(), "--item", item.pk, "--by", ours.username)
    assert (status, "重复 0 道" in out, Question.objects.count()) == (0, True, 4)


def test_an_installation_without_authors_signs_for_itself(capsys, item, bank):
    assert run(capsys, "import_questions", bank(), "--item", item.pk)[0] == 0
    signed = Question.objects.first()
    assert (str(signed.created_by), signed.institution.name) == ("命令行", "平台题库")
    assert (signed.created_by.is_active, signed.created_by.has_usable_password()) == (False, False)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--by", "nobody"], "没有用户名为“nobody”的用户，请核对 --by。"),
        (["--institution", "无"], "没有名为“无”的机构，请核对 --institution。"),
        ([], "有多位课程作者，看不出由谁导入，请用 --by 用户名 指定。"),
    ],
)
def test_a_doubt_about_who_imports_is_one_sentence(capsys, item, person, bank, arguments, said):
    person(Role.AUTHOR), person(Role.AUTHOR, "乙培训机构")
    status, _, error = run(capsys, "import_questions", bank(), "--item", item.pk, *arguments)
    assert (status, error) == (2, f"题库 一.txt：{said}")


@pytest.mark.parametrize(
    ("slug", "text", "said"),
    [
        ("no-such", SOUND, "没有标识为“no-such”的操作项目，请核对 --item（目录页列有全部标识）。"),
        ("so-elec-lv", "", "题库 一.txt：文件是空的；请核对是否选错了文件。"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_status_2(capsys, item, bank, slug, text, said):
    assert run(capsys, "import_questions", bank(text), "--item", slug, "--dry-run") == (2, "", said)


def test_a_missing_file_is_one_sentence(capsys, item):
    found = run(capsys, "import_questions", "/nowhere/a.docx", "--item", item.pk, "--dry-run")
    assert found == (2, "", "a.docx：读不到文件 a.docx，请核对路径和权限。")


def test_an_empty_catalog_says_what_to_run(capsys, bank):
    found = run(capsys, "import_questions", bank(), "--item", "so-elec-lv", "--dry-run")
    assert found == (2, "", "数据库里还没有目录，请先运行 ./run manage prepare。")


def test_a_missing_database_says_what_to_run(capsys, bank, monkeypatch):
    monkeypatch.setattr(OperationItem._meta, "db_table", "no_such_table")
    found = run(capsys, "import_questions", bank(), "--item", "so-elec-lv", "--dry-run")
    connection.needs_rollback = False
    assert found == (2, "", "还没有数据库，请先运行 ./run manage prepare。")


def test_a_wrong_argument_is_answered_with_one_line_and_status_2(capsys):
    with pytest.raises(SystemExit) as exit_:
        Import().run_from_argv(["manage.py", "import_questions", "a.txt"])
    error = capsys.readouterr().err
    assert (exit_.value.code, error.count("\n"), "--item" in error) == (2, 1, True)


@pytest.mark.parametrize("format", ["docx", "xlsx", "gift", "moodle_xml", "qti21", "qti30", "aiken"])
def test_an_exported_bank_is_found_to_be_the_same_bank(capsys, item, author, bank, tmp_path, format):
    run(capsys, "import_questions", bank(), "--item", item.pk)
    out = tmp_path / "bank.out"
    status, said, _ = run(
        capsys, "export_questions", "--item", item.pk, "--format", format, "--out", str(out)
    )
    assert (status, said) == (0, f"已写出 2 道题：{out}\n")
    report = json.loads(run(capsys, "import_questions", str(out), "--item", item.pk, "--json")[1])
    assert (report["found"], report["accepted"], report["duplicates"]) == (2, 0, 2)


def test_what_a_format_cannot_hold_is_said_on_standard_error(capsys, item, author, bank, tmp_path):
    multiple = "一、多选题\n1. 哪些（ ）。\nA. 子\nB. 丑\nC. 寅\n答案：AB\n"
    run(capsys, "import_questions", bank(f"{SOUND}{multiple}"), "--item", item.pk)
    arguments = ("--item", item.pk, "--format", "aiken", "--out", str(tmp_path / "a.txt"))
    status, out, error = run(capsys, "export_questions", *arguments)
    assert (status, out) == (1, f"已写出 2 道题：{tmp_path / 'a.txt'}\n")
    assert error.splitlines() == [
        "aiken 格式存不下解析，涉及 1 道题。",
        "aiken 格式存不下知识点，涉及 1 道题。",
        "aiken 格式写不下这道多选题：哪些（ ）。",
    ]


def test_an_empty_bank_and_an_unwritable_path_are_one_sentence_each(capsys, item, author, bank):
    arguments = ("--item", item.pk, "--format", "gift", "--out", "/nowhere/a.txt")
    assert run(capsys, "export_questions", *arguments) == (
        2,
        "",
        "“低压电工”还没有题目可导出，请先新建或导入。",
    )
    run(capsys, "import_questions", bank(), "--item", item.pk)
    assert run(capsys, "export_questions", *arguments) == (
        2,
        "",
        "写不了文件 /nowhere/a.txt，请核对路径和权限。",
    )
