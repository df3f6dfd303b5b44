"""What keeps the house in order and the import linter cannot see."""

import re
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.conf import settings

LAYER = {"cms": 2, "question_bank": 1, "media_pipeline": 1, "catalog": 0, "accounts": 0}


def _relations() -> list[tuple[str, str, str]]:
    """(package, field, package it points at) of every relation between packages of ours."""
    return [
        (model._meta.app_label, f"{model.__name__}.{field.name}", field.related_model._meta.app_label)
        for model in apps.get_models(include_auto_created=True)
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.related_model and not isinstance(field.related_model, str)
        if {model._meta.app_label, field.related_model._meta.app_label} <= LAYER.keys()
    ]


def test_no_relation_points_upwards_or_at_a_sibling():
    wrong = [
        relation
        for relation in _relations()
        if relation[0] != relation[2] and LAYER[relation[0]] <= LAYER[relation[2]]
    ]
    assert wrong == []


def test_the_relations_that_must_point_down_are_seen():
    assert ("media_pipeline", "Video.institution", "accounts") in _relations()


def test_every_package_of_ours_has_its_place():
    here = Path(settings.BASE_DIR)
    assert {app for app in settings.INSTALLED_APPS if (here / app).is_dir()} == LAYER.keys()


def test_the_migrations_say_what_the_models_say(tmp_path):
    command = [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]
    environment = {"ANKE_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "No changes detected")


def test_no_file_names_a_registry_or_a_machine():
    hosts = ["py" + "pi.org", "pythonhosted" + ".org", "npmjs" + ".org", "deb.debian" + ".org"]
    paths = ["/ro" + "ot/", "/wo" + "rk/", "/ho" + "me/"]
    pattern = re.compile("|".join([*map(re.escape, hosts), *(rf"(?<![\w.]){path}" for path in paths)]))
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=settings.BASE_DIR, capture_output=True, check=True)
    files = [Path(settings.BASE_DIR) / name for name in listed.stdout.decode().split("\0") if name]
    named = [
        f"{path.name}: {found[0]}"
        for path in files
        if path.is_file() and (found := pattern.search(path.read_text(errors="ignore")))
    ]
    assert named == []
