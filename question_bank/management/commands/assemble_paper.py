"""`assemble_paper --item SLUG --blueprint FILE.json [--forms N] [--seed S] [--json]`: papers by rule."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from accounts.models import Institution
from question_bank.content import LETTERS, QuestionType
from question_bank.entry import show_answer
from question_bank.intake.at_once import NoSignatory, command_line_signatory, find_institution, find_signatory
from question_bank.management.bank_command import FALLS_SHORT, BankCommand, find_item, refusal
from question_bank.models import Question
from question_bank.papers.assembly import Assembly, Shortfall
from question_bank.papers.blueprints import BadBlueprint, Plan, read_plan
from question_bank.papers.drawing import MAX_FORMS, draw, save_lot
from question_bank.papers.pools import unknown_points

_MAX_BYTES = 1_000_000


class Command(BankCommand):
    help = "按蓝图组卷。退出码：0 组成，1 题目不够（逐项说明差几道），2 蓝图或参数不对。"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--blueprint", required=True, type=Path, metavar="FILE.json", help="蓝图文件")
        parser.add_argument("--forms", type=int, default=1, metavar="N", help="组几套，各套没有相同的题")
        parser.add_argument("--seed", type=int, default=0, metavar="S", help="同一种子组出同样的试卷")
        parser.add_argument("--institution", metavar="NAME", help="只用该机构的题目")
        parser.add_argument("--reviewed-only", action="store_true", help="只用已审的题目")
        parser.add_argument("--save", metavar="TITLE", help="存为草稿试卷，以此为名")
        parser.add_argument("--by", metavar="USERNAME", help="以谁的名义保存，默认为唯一的课程作者")
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 文档")

    def handle(self, *, forms: int, seed: int, **options: Any) -> None:
        plan = _plan(options["blueprint"])
        if not 1 <= forms <= MAX_FORMS:
            raise refusal(f"--forms 应是 1 到 {MAX_FORMS} 的整数，现为 {forms}。")
        if abs(seed) >= 2**63:
            raise refusal("--seed 太大，请用 19 位以内的整数。")
        item = find_item(options["item"])
        chosen = {"forms": forms, "seed": seed, "reviewed_only": options["reviewed_only"]}
        try:
            institution, by = self._owner(options)
        except NoSignatory as error:
            raise refusal(str(error)) from error
        assembly = draw(plan, item=item, institution=institution, today=timezone.localdate(), **chosen)
        if by and assembly.forms:
            del chosen["forms"]
            save_lot(
                plan, assembly, item=item, title=options["save"], institution=institution, by=by, **chosen
            )
        warnings = [*filter(None, [plan.warning]), *unknown_points(plan, item)]
        report = {"item": item.pk, "seed": seed, "warnings": warnings, **_report(plan, assembly)}
        self.stdout.write(_json(report) if options["json"] else _text(report))
        if assembly.shortfalls:
            sys.exit(FALLS_SHORT)

    def _owner(self, options: dict[str, Any]) -> tuple[Institution | None, Any]:
        """Whose questions are taken (None: all of the item) and who keeps the papers (None: nobody)."""
        name = options["institution"]
        if not options["save"]:
            return (find_institution(name) if name else None), None
        signatory = find_signatory(username=options["by"], institution=name)
        signatory = signatory or command_line_signatory(name)
        return signatory.institution, signatory.user


def _plan(file: Path) -> Plan:
    try:
        with file.open("rb") as stream:
            text = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise refusal(f"读不到蓝图文件 {file}，请核对路径和权限。") from error
    if len(text) > _MAX_BYTES:
        raise refusal(f"蓝图文件 {file} 超过 1 MB，不像是蓝图。")
    try:
        return read_plan(json.loads(text.decode("utf-8-sig")))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise refusal(f"蓝图文件 {file} 不是 UTF-8 的 JSON，请核对。") from error
    except BadBlueprint as error:
        raise refusal(f"蓝图文件 {file} 不对：{error}") from error


def _report(plan: Plan, assembly: Assembly) -> dict[str, Any]:
    asked = Question.objects.prefetch_related("knowledge_points").in_bulk(
        [pk for form in assembly.forms for pk in form]
    )
    return {
        "minutes": plan.minutes,
        "forms": [
            {
                "form": number,
                "questions": [_question(place, asked[pk]) for place, pk in enumerate(form, start=1)],
            }
            for number, form in enumerate(assembly.forms, start=1)
        ],
        "shortfalls": [_shortfall(shortfall) for shortfall in assembly.shortfalls],
    }


def _question(number: int, question: Question) -> dict[str, Any]:
    return {
        "number": number,
        "id": question.pk,
        "version": question.version,
        "state": question.state,
        "type": question.type,
        "stem": question.stem,
        "options": question.options,
        "answer": question.answer,
        "difficulty": question.difficulty,
        "knowledge_points": [point.name for point in question.knowledge_points.all()],
    }


def _shortfall(shortfall: Shortfall) -> dict[str, Any]:
    return {
        "quota": shortfall.quota.as_rule(),
        "needed": shortfall.needed,
        "lacking": shortfall.lacking,
        "message": f"{shortfall}。",
    }


def _json(report: dict[str, Any]) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2)


def _text(report: dict[str, Any]) -> str:
    if report["shortfalls"]:
        lacking = [f"  {shortfall['message']}" for shortfall in report["shortfalls"]]
        return "\n".join(["题目不够，组不成：", *lacking, *report["warnings"]])
    return "\n".join(
        [*report["warnings"], *(line for form in report["forms"] for line in _form(form, report))]
    )


def _form(form: dict[str, Any], report: dict[str, Any]) -> list[str]:
    count = f"{len(form['questions'])} 道题，{report['minutes']} 分钟"
    head = f"第 {form['form']} 套：{count}，种子 {report['seed']}"
    return [head, *(_line(question) for question in form["questions"])]


def _line(question: dict[str, Any]) -> str:
    options = "　".join(
        f"{letter}. {text}" for letter, text in zip(LETTERS, question["options"], strict=False)
    )
    kind = QuestionType(question["type"]).label
    key = show_answer(tuple(question["answer"]), question["type"])
    name = f"题库第 {question['id']} 号题第 {question['version']} 版"
    return f"  {question['number']}. 〔{kind}〕{question['stem']}　{options}　〔{key}〕（{name}）"
