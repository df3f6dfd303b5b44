"""Rows that every installation has: the groups behind the roles, and the review workflow. Safe to repeat."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Task, Workflow, WorkflowContentType, WorkflowTask

from accounts.roles import Role
from cms.models import Course, CourseReviewTask, GateTask

# What Wagtail asks Django's permissions for; courses and instructors follow `cms.policies` instead.
PERMISSIONS = {
    Role.AUTHOR: ["wagtailadmin.access_admin", "question_bank.add_question", "question_bank.change_question"],
    Role.REVIEWER: ["wagtailadmin.access_admin", "question_bank.view_question"],
    Role.INSTITUTION: [],
    Role.ADMIN: [
        "wagtailadmin.access_admin",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.add_institution",
        "accounts.change_institution",
        "catalog.add_instrument",
        "catalog.change_instrument",
        "catalog.add_instrumentversion",
        "catalog.change_instrumentversion",
        "catalog.add_succession",
        "catalog.change_succession",
        "catalog.add_trainingoutline",
        "catalog.change_trainingoutline",
        "catalog.add_catalogedition",
        "catalog.change_catalogedition",
        "catalog.add_editionrow",
        "catalog.change_editionrow",
        "catalog.add_rowsuccession",
        "catalog.change_rowsuccession",
        "catalog.delete_rowsuccession",
        "catalog.view_operationitem",
        "question_bank.view_question",
    ],
}


@transaction.atomic
def load_seeds() -> None:
    """Create or mend the groups and the workflow."""
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role.group_name)
        group.permissions.set([_permission(name) for name in PERMISSIONS[role]])
    _load_workflow()
    _remove_wagtails_own()


def _remove_wagtails_own() -> None:
    """Wagtail's migrations leave two groups and a workflow that mean nothing here."""
    Group.objects.filter(name__in=["Moderators", "Editors"], user=None).delete()
    Workflow.objects.filter(name="Moderators approval").delete()
    Task.objects.filter(name="Moderators approval", task_states=None).delete()


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _load_workflow() -> None:
    workflow, _ = Workflow.objects.get_or_create(name="课程审核")
    for order, (model, name) in enumerate([(GateTask, "自动检查"), (CourseReviewTask, "人工审核")]):
        task, _ = model.objects.get_or_create(name=name)
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
    course = ContentType.objects.get_for_model(Course)
    WorkflowContentType.objects.update_or_create(content_type=course, defaults={"workflow": workflow})
