"""People, a clock and a maker of clips for the tests of this package."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group

from accounts.models import Institution, User
from accounts.roles import Role
from tests.media_pipeline.clips import Clips

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Clips:
    """One maker for the whole run: the same wish is made only once."""
    return Clips(tmp_path_factory.mktemp("clips"))


@pytest.fixture
def now() -> dt.datetime:
    return NOW


@pytest.fixture
def person(db):
    """A maker: `person(Role.AUTHOR, institution="甲")`."""

    def make(*roles: Role, institution: str | None = None) -> User:
        home = Institution.objects.get_or_create(name=institution)[0] if institution else None
        user = User.objects.create_user(f"u{User.objects.count()}", institution=home)
        user.groups.set([Group.objects.get_or_create(name=role.group_name)[0] for role in roles])
        return user

    return make


@pytest.fixture
def author(person) -> User:
    return person(Role.AUTHOR, institution="甲培训中心")
