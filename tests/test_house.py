"""The direction of the house, where the import linter cannot see: relations named by a string."""

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
