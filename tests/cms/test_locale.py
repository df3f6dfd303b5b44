"""The Chinese that Wagtail's own catalogue lacks: complete, compiled, in use, still needed."""

import ast
import gettext
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from accounts.roles import Role
from tests import makers

OURS = Path(apps.get_app_config("cms").path) / "locale/zh_Hans/LC_MESSAGES"
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|\{\w+\}|</?\w+")
FIELD = re.compile(r'^(msg\w+(?:\[0\])?) ((?:"[^\n]*"\n?)+)', re.MULTILINE)
both_domains = pytest.mark.parametrize("domain", ["django", "djangojs"])


def entries(po: Path) -> Iterator[dict[str, str]]:
    """Each message but the header as keyword → text, e.g. {"msgid": "Saved", "msgstr": "已保存"}."""
    for block in po.read_text(encoding="utf-8").split("\n\n"):
        entry = {
            keyword: "".join(map(ast.literal_eval, text.splitlines()))
            for keyword, text in FIELD.findall(block)
        }
        if entry.get("msgid"):
            yield entry


def chinese(entry: dict[str, str]) -> str:
    return entry.get("msgstr") or entry.get("msgstr[0]", "")


def parts(text: str) -> list[str]:
    """What must survive translation: placeholders and tags, in no order."""
    return sorted(PLACEHOLDER.findall(text))


def ours(domain: str) -> list[dict[str, str]]:
    return list(entries(OURS / f"{domain}.po"))


def upstream(domain: str, language: str) -> list[dict[str, str]]:
    """What Django and the installed packages of Wagtail say in `language`."""
    packages = [app.path for app in apps.get_app_configs() if app.name.startswith("wagtail")]
    roots = [Path(path) for path in [*packages, str(files("django.conf"))]]
    found = [root / f"locale/{language}/LC_MESSAGES/{domain}.po" for root in roots]
    return [entry for po in found if po.exists() for entry in entries(po)]


@both_domains
def test_the_compiled_catalogue_says_what_the_text_says(domain):
    with (OURS / f"{domain}.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)._catalog
    expected = {
        (entry["msgid"], 0) if "msgid_plural" in entry else entry["msgid"]: chinese(entry)
        for entry in ours(domain)
    }
    assert {msgid: text for msgid, text in catalogue.items() if msgid} == expected


@both_domains
def test_a_translation_keeps_the_placeholders_and_tags_of_its_english(domain):
    pairs = [(entry.get("msgid_plural", entry["msgid"]), chinese(entry)) for entry in ours(domain)]
    assert [pair for pair in pairs if parts(pair[0]) != parts(pair[1])] == []


@both_domains
def test_every_translated_text_still_exists_upstream(domain):
    known = {entry["msgid"] for entry in upstream(domain, "en")}
    assert {entry["msgid"] for entry in ours(domain)} - known == set()


@both_domains
def test_no_text_of_wagtail_is_left_in_english(domain):
    theirs = {entry["msgid"] for entry in upstream(domain, "zh_Hans") if chinese(entry)}
    english = {entry["msgid"] for entry in upstream(domain, "en")}
    assert english - theirs - {entry["msgid"] for entry in ours(domain)} == set()


def test_our_words_win_over_those_of_wagtail():
    assert translation.gettext("Submit for moderation") == "送审"
    assert translation.ngettext("1 snippet type", "%(counter)s snippet types", 2) == "%(counter)s 种内容类型"


@pytest.mark.django_db
def test_an_author_whose_form_is_refused_meets_no_english(client):
    client.force_login(makers.make_user(Role.AUTHOR))
    page = client.post(reverse("wagtailsnippets_cms_instructor:add"), {}).content.decode()
    english = ["New: ", "Go to the first error", "Save your changes before leaving", "could not be created"]
    expected = ["新建授课教师", "转到第一处错误", "离开前请先保存", "授课教师没有创建。"]
    assert [text for text in english if text in page] == []
    assert [text for text in expected if text not in page] == []


@pytest.mark.django_db
def test_the_scripts_of_the_admin_speak_chinese(client):
    catalogue = client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    assert f'"Changes have been autosaved.": {json.dumps("修改已自动保存。")}' in catalogue
