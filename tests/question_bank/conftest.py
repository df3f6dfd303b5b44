from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.models import Institution, User
from accounts.roles import Role
from catalog.models import OperationItem
from question_bank.content import Content
from question_bank.models import Question
from question_bank.questions.acts import create_question

PERMITTED = {
    Role.AUTHOR: ["access_admin", "add_question", "change_question", "delete_question"],
    Role.REVIEWER: ["access_admin", "view_question"],
    Role.ADMIN: ["access_admin", "view_question"],
    Role.INSTITUTION: ["access_admin", "view_question"],
}

SINGLE = Content(
    type="single",
    stem="低压触电后应首先怎么做？",
    options=("切断电源", "拨打电话", "泼水"),
    answer=("A",),
    explanation="先断电，再救人。",
    difficulty=1,
)


@pytest.fixture
def item() -> OperationItem:
    return OperationItem.objects.create(slug="so-elec-lv", name="低压电工")


@pytest.fixture
def person() -> Callable[..., User]:
    """Make a person of a role; the group permits more than it should, so the policy must refuse."""

    def make(role: Role, institution: str = "甲培训机构") -> User:
        group, _ = Group.objects.get_or_create(name=role.group_name)
        group.permissions.set(Permission.objects.filter(codename__in=PERMITTED[role]))
        unit, _ = Institution.objects.get_or_create(name=institution)
        user = User.objects.create_user(f"{role}-{User.objects.count()}", institution=unit)
        user.groups.add(group)
        return user

    return make


@pytest.fixture
def author(person) -> User:
    return person(Role.AUTHOR)


@pytest.fixture
def write(item) -> Callable[..., Question]:
    def make(by: User, content: Content = SINGLE, points: tuple[str, ...] = ()) -> Question:
        return create_question(
            item=item, institution=by.institution, content=content, knowledge_points=points, by=by
        )

    return make
