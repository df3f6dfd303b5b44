"""Who may log in to the demo. Only the demo has these people and this password."""

from dataclasses import dataclass

from accounts.roles import Role

PASSWORD = "anke-2026"  # noqa: S105 - printed at every start of the demo


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    name: str
    institution: str
    role: Role
    does: str


STUDIO, SCHOOL, PLATFORM = "粤安课程制作中心", "示范培训学校", "安课平台"
PEOPLE = (
    Person("author", "陈立文", STUDIO, Role.AUTHOR, "课程作者：上传视频、写题、送审"),
    Person("reviewer", "林审之", PLATFORM, Role.REVIEWER, "审核员：通过或退回"),
    Person("school", "黄培元", SCHOOL, Role.INSTITUTION, "培训机构：选课"),
    Person("admin", "郑管安", PLATFORM, Role.ADMIN, "平台管理员：看覆盖情况和法规更新"),
)
