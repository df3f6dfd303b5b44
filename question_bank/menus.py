"""What stands under 题库 in the admin's menu."""

from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from accounts.menus import RoleMenuItem
from accounts.roles import Role

READERS = (Role.AUTHOR, Role.REVIEWER, Role.ADMIN)


def bank_menu() -> MenuItem:
    items = [
        RoleMenuItem("题目", "question:index", *READERS, icon="list-ul", order=10),
        RoleMenuItem("审题", "bank:review_next", Role.AUTHOR, Role.REVIEWER, icon="check", order=20),
        RoleMenuItem("导入", "bank:imports", Role.AUTHOR, icon="upload", order=22),
        RoleMenuItem("导出", "bank:export", *READERS, icon="download", order=23),
        RoleMenuItem("相似和矛盾", "bank:pairs", *READERS, icon="copy", order=24),
        RoleMenuItem("试卷", "bank:papers", *READERS, icon="doc-full", order=30),
        RoleMenuItem("组卷蓝图", "bank:blueprints", *READERS, icon="table", order=40),
        RoleMenuItem("做题统计", "bank:statistics", *READERS, icon="order", order=50),
    ]
    return SubmenuMenuItem("题库", Menu(register_hook_name=None, items=items), icon_name="help", order=210)
