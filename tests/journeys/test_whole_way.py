"""From an uploaded lesson to an institution's choice, as four people do it in a browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.media_pipeline.clips import Clips

pytestmark = pytest.mark.browser
TITLE, LESSON = "高压电工安全技术", "倒闸操作"
A_WHILE = 120_000  # milliseconds; inspection on a busy machine


def test_from_upload_to_choice(site: Site, tmp_path: Path):
    clip = Clips(tmp_path).lecture()
    author = site.log_in("author")
    begin_course(site, author)
    upload_lesson(site, author, clip)
    be_refused_for_want_of_questions(site, author)
    add_a_question(site, author)
    submit(site, author)
    review(site)
    choose(site)
    see_the_matrix(site)


def begin_course(site: Site, page: Page) -> None:
    page.click("text=新建课程")
    page.fill("[name=title]", TITLE)
    page.select_option("[name=item]", label="1.2 高压电工")
    page.select_option("[name=kind]", label="新取证")
    page.fill("[name=hours]", "1")
    page.fill("[name=objectives]", "能按操作票完成倒闸操作。")
    page.check("[name=instructors]")
    page.select_option("[name=rights]", label="自有版权")
    page.fill("[name=rights_holder]", "粤安课程制作中心")
    site.shot(page, "course-form")
    page.click("text=保存草稿")
    expect(page.locator("#obstacles")).to_contain_text("课程还没有课时")


def upload_lesson(site: Site, page: Page, clip: Path) -> None:
    page.fill("#new-lesson", LESSON)
    page.click("button:has-text('添加课时')")
    page.set_input_files("[data-upload-file]", clip)
    expect(page.locator(".lesson .ak-chip").first).to_contain_text("检查合格", timeout=A_WHILE)
    expect(page.locator("#obstacles")).to_contain_text("还差 1 道")
    site.shot(page, "uploaded")


def be_refused_for_want_of_questions(site: Site, page: Page) -> None:
    page.click("button:has-text('提交审核')")
    expect(page.locator(".messages")).to_contain_text("还不能送审：有 1 处要先处理")
    expect(page.locator("#obstacles")).to_contain_text("至少需要 1 道题，现有 0 道，还差 1 道")
    site.shot(page, "refused")


def add_a_question(site: Site, page: Page) -> None:
    page.click("#obstacles >> text=去处理")
    page.check("label:has-text('判断题') input")
    page.fill("[name=stem]", "倒闸操作应由两人进行，一人操作，一人监护。")
    page.fill("[name=answer]", "对")
    page.fill("[name=explanation]", "一人监护可以及时发现误操作。")
    page.click("text=保存并放进课时")
    expect(page.locator("body")).to_contain_text("题目已保存")
    site.shot(page, "question")
    page.click("text=回到课程")


def submit(site: Site, page: Page) -> None:
    expect(page.locator("#obstacles")).to_contain_text("都齐了，可以送审")
    page.click("button:has-text('提交审核')")
    expect(page.locator(".messages")).to_contain_text("已送审")
    site.shot(page, "submitted")


def review(site: Site) -> None:
    page = site.log_in("reviewer")
    site.shot(page, "reviewer-home")
    page.locator(".ak-card", has_text=TITLE).get_by_text("开始审核").click()
    page.click("text=通过并发布")
    expect(page.locator(".desk-form")).to_contain_text("还有 6 项没有填写")
    for choice in page.locator("label:has-text('符合') input[value=yes]").all():
        choice.check()
    site.shot(page, "desk")
    page.click("text=通过并发布")
    expect(page.locator(".messages")).to_contain_text("已通过审核并发布")


def choose(site: Site) -> None:
    page = site.log_in("school")
    site.shot(page, "library")
    page.click(f"text={TITLE}")
    site.shot(page, "course")
    page.click("text=选用这门课程")
    expect(page.locator("body")).to_contain_text("已选")
    page.goto(f"{site.url}/my-courses/")
    expect(page.locator("body")).to_contain_text(TITLE)
    site.shot(page, "my-courses")


def see_the_matrix(site: Site) -> None:
    page = site.log_in("admin")
    site.shot(page, "admin-home")
    page.click("text=覆盖情况")
    row = page.locator("tr", has_text="高压电工")
    expect(row.locator("td").first).to_contain_text("已发布")
    expect(row.locator("td").last).to_contain_text("没有课程")
    site.shot(page, "coverage")
    page.click("text=法规更新")
    expect(page.locator("body")).to_contain_text("2026年8月1日")
    site.shot(page, "law")
