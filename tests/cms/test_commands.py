"""What the command line promises: text or JSON, and the exit status."""

import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.roles import Role
from cms.management.commands.question_density import Command as QuestionDensity
from cms.management.commands.regulation_status import Command as RegulationStatus
from cms.models import Course, UpdateNotice
from tests import makers


def run(capsys, *arguments):
    """Exit status and standard output."""
    try:
        call_command(*arguments)
        status = 0
    except SystemExit as exit_:
        status = exit_.code
    return status, capsys.readouterr().out


@pytest.mark.django_db
def test_coverage_counts_96_cells_and_falls_short_while_one_is_empty(capsys):
    makers.make_edition()
    course = makers.make_released_course().course
    status, out = run(capsys, "coverage", "--json")
    report = json.loads(out)
    cells = report.pop("cells_detail")
    assert (status, report) == (1, {"edition": "gd-2022", "rows": 48, "cells": 96, "covered": 1})
    assert cells[:2] == [
        {"item": "so-elec-lv", "kind": "new", "state": "covered", "course": course.pk, "missing": []},
        {
            "item": "so-elec-lv",
            "kind": "renewal",
            "state": "empty",
            "course": None,
            "missing": ["还没有课程"],
        },
    ]


@pytest.mark.django_db
def test_coverage_in_words_names_what_is_missing(capsys):
    makers.make_edition()
    status, out = run(capsys, "coverage")
    assert status == 1
    assert out.splitlines()[:2] == [
        "gd-2022：96 格中 0 格已有发布的课程。",
        "so-elec-lv new：还没有课程",
    ]


@pytest.mark.django_db
def test_coverage_without_a_catalog_says_how_to_load_it():
    with pytest.raises(CommandError, match="load_catalog") as refusal:
        call_command("coverage")
    assert refusal.value.returncode == 2


@pytest.mark.django_db
def test_regulation_status_tells_each_notice_on_a_given_day(capsys):
    release = makers.make_due_release(days_left=10)
    notice = UpdateNotice.objects.get()
    UpdateNotice.objects.update(base_date="2026-06-01", due="2026-08-01")
    told = {
        "course": release.course_id,
        "title": release.title,
        "instrument": notice.version.instrument.slug,
        "version": notice.version.slug,
        "reason": notice.reason,
        "base_date": "2026-06-01",
        "due": "2026-08-01",
    }
    states = {
        "2026-06-30": ("open", 32, 0),
        "2026-08-01": ("due_soon", 0, 0),
        "2026-08-02": ("overdue", -1, 1),
    }
    for today, (state, left, status) in states.items():
        found, out = run(capsys, "regulation_status", "--today", today, "--json")
        expected = {"today": today, "notices": [told | {"state": state, "days_left": left}]}
        assert (found, json.loads(out)) == (status, expected)


@pytest.mark.django_db
def test_regulation_status_tells_an_unknown_base_date_as_null_and_opens_nothing(capsys):
    old, _ = makers.make_versions()
    makers.make_released_course(cites=(old,))
    today = timezone.localdate()
    before = run(capsys, "regulation_status", "--json")
    assert not UpdateNotice.objects.exists()
    makers.open_notices(today)
    assert run(capsys, "regulation_status", "--json") == before
    [notice] = json.loads(before[1])["notices"]
    assert (notice["state"], notice["base_date"], notice["due"], notice["days_left"]) == (
        "open",
        None,
        None,
        None,
    )


@pytest.mark.django_db
def test_question_density_counts_the_windows_of_the_newest_draft(capsys):
    author = makers.make_user(Role.AUTHOR)
    course = makers.make_course(by=author)
    key = makers.make_lesson(course, by=author, title="甲", duration_s=1200.5)
    status, out = run(capsys, "question_density", "--course", str(course.pk), "--json")
    assert (status, json.loads(out)) == (
        0,
        [
            {
                "lesson": key,
                "title": "甲",
                "duration_s": 1200.5,
                "required": 3,
                "present": 3,
                "windows": [
                    {"start_s": 0.0, "end_s": 600.0, "questions": 1},
                    {"start_s": 600.0, "end_s": 1200.0, "questions": 1},
                    {"start_s": 1200.0, "end_s": 1200.5, "questions": 1},
                ],
            }
        ],
    )


@pytest.mark.django_db
def test_question_density_says_how_many_questions_are_missing(capsys):
    author = makers.make_user(Role.AUTHOR)
    course = makers.make_course(by=author)
    key = makers.make_lesson(course, by=author, title="甲", duration_s=3060.0)
    draft = Course.objects.get(pk=course.pk).get_latest_revision_as_object()
    [lesson] = draft.lessons.all()
    for placement in list(lesson.placements.all())[:3]:
        makers.drafts.remove_question(course.pk, key, question=placement.question, by=author)
    assert run(capsys, "question_density", "--course", str(course.pk)) == (
        1,
        "「甲」至少需要 6 道题，现有 3 道，还差 3 道。（附件3第32项）\n",
    )


@pytest.mark.django_db
def test_question_density_of_an_unknown_course_is_refused_in_one_sentence():
    with pytest.raises(CommandError, match="没有编号为 999 的课程") as refusal:
        call_command("question_density", "--course", "999")
    assert refusal.value.returncode == 2


@pytest.mark.parametrize(
    ("command", "arguments", "said"),
    [
        (QuestionDensity, ["--course", "x"], "课程编号「x」不对，应为数字，如 12。"),
        (QuestionDensity, [], "required: --course"),
        (RegulationStatus, ["--today", "31.2."], "日期「31.2.」不对，请写成 2026-11-23 这样。"),
    ],
)
def test_a_wrong_argument_is_answered_with_one_line_and_status_2(capsys, command, arguments, said):
    name = command.__module__.rpartition(".")[2]
    with pytest.raises(SystemExit) as exit_:
        command().run_from_argv(["manage.py", name, *arguments])
    error = capsys.readouterr().err
    assert (exit_.value.code, error.count("\n")) == (2, 1)
    assert said in error


@pytest.mark.parametrize("command", ["coverage", "regulation_status", "question_density --course 1"])
def test_without_a_database_one_sentence_says_how_to_make_it(command, tmp_path):
    environment = {"ANKE_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    argv = [sys.executable, "manage.py", *command.split(), "--json"]
    done = subprocess.run(
        argv, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == "CommandError: 数据库打不开或还没有建好，请先运行 ./run manage prepare。"
