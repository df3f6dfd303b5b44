"""The four kinds of people. A role is a Django group of this name; what it permits is data in `cms.roles`."""

from enum import StrEnum


class Role(StrEnum):
    AUTHOR = "author"
    REVIEWER = "reviewer"
    INSTITUTION = "institution"
    ADMIN = "admin"

    @property
    def group_name(self) -> str:
        """The name of the group, as people read it."""
        return _GROUP_NAMES[self]


_GROUP_NAMES = {
    Role.AUTHOR: "课程作者",
    Role.REVIEWER: "审核员",
    Role.INSTITUTION: "培训机构",
    Role.ADMIN: "平台管理员",
}
