"""The handbook inside the product: the pages of `docs/handbook` as HTML."""

import re
from functools import cache
from pathlib import Path

import markdown
from django.conf import settings

from accounts.models import User
from accounts.roles import Role

FOLDER = Path(settings.BASE_DIR) / "docs" / "handbook"
PAGES = {
    Role.AUTHOR: "作者手册",
    Role.REVIEWER: "审核员手册",
    Role.INSTITUTION: "培训机构手册",
    Role.ADMIN: "平台管理员手册",
}


@cache
def page_html(role: Role) -> str:
    """The handbook page of `role`; links to other pages and pictures stay inside the product."""
    text = (FOLDER / f"{role}.md").read_text(encoding="utf-8")
    html = markdown.markdown(text, extensions=["tables", "toc"])
    html = re.sub(r'href="(?:README|([a-z]+))\.md(#[^"]*)?"', _inside, html)
    return html.replace('src="pictures/', 'loading="lazy" src="pictures/')


def _inside(link: re.Match[str]) -> str:
    return f'href="../{link[1]}/{link[2] or ""}"' if link[1] else 'href="../"'


def picture(name: str) -> Path | None:
    """The picture of this name; None when there is none."""
    return next((path for path in (FOLDER / "pictures").glob("*.png") if path.name == name), None)


def own_page(user: User) -> Role:
    """The page a person reads first: that of their first role."""
    return next((role for role in PAGES if user.has_role(role)), Role.INSTITUTION)
