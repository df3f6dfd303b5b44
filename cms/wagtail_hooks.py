"""Where Wagtail is told of courses: policies first, then snippets, pages, menus and the home."""

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from accounts.menus import RoleMenuItem
from accounts.roles import Role
from catalog.models import Instrument, InstrumentVersion, Succession
from cms import admin_urls
from cms.home import home_panels
from cms.law.knowledge import RECORDERS
from cms.models import Course, Instructor
from cms.policies import AuthoredPolicy
from cms.reminding.page import AT_WORK
from cms.reminding.reminders import unseen_count
from cms.viewsets import CourseGroup

register_permission_policy(Course, AuthoredPolicy(Course))
register_permission_policy(Instructor, AuthoredPolicy(Instructor))
register_snippet(CourseGroup)

# Wagtail's own entries that have no use here, or that would lead round the review.
HIDDEN_MENU = {"explorer", "reports", "images", "documents", "help"}
KEPT_ACTIONS = {"action-save", "action-locked"}


@hooks.register("register_admin_urls")
def our_pages() -> list[URLPattern | URLResolver]:
    return [path("", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def review_menu() -> MenuItem:
    return RoleMenuItem("待审核", "cms:review_queue", Role.REVIEWER, icon="clipboard-list", order=50)


@hooks.register("register_admin_menu_item")
def coverage_menu() -> MenuItem:
    return RoleMenuItem("覆盖情况", "cms:coverage", Role.ADMIN, Role.REVIEWER, icon="table", order=60)


@hooks.register("register_admin_menu_item")
def law_menu() -> MenuItem:
    return RoleMenuItem("法规更新", "cms:law_board", Role.ADMIN, Role.REVIEWER, icon="date", order=70)


@hooks.register("register_admin_menu_item")
def knowledge_menu() -> MenuItem:
    return RoleMenuItem("新知识登记", "cms:knowledge", *RECORDERS, icon="openquote", order=75)


class Bell(RoleMenuItem):
    """The entry of the reminders, with the number of those not read yet."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        entry = super().render_component(request)
        if count := unseen_count(request.user):
            entry.label = f"期限提醒（{count}）"
        return entry


@hooks.register("register_admin_menu_item")
def bell() -> MenuItem:
    return Bell("期限提醒", "cms:reminders", *AT_WORK, icon="bell", order=40)


@hooks.register("register_icons")
def our_icons(icons: list[str]) -> list[str]:
    return [*icons, "cms/icons/bell.svg"]


@hooks.register("register_admin_menu_item")
def limits_menu() -> MenuItem:
    return RoleMenuItem("检查阈值", "cms:limits", Role.ADMIN, Role.REVIEWER, icon="sliders", order=80)


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    readers = (Role.ADMIN, Role.REVIEWER, Role.AUTHOR)
    return RoleMenuItem("法规登记", "cms:register", *readers, icon="doc-full", order=65)


@hooks.register("register_admin_menu_item")
def handbook_menu() -> MenuItem:
    return RoleMenuItem("手册", "site:handbook_start", *Role, icon="help", order=900)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def on_to_the_impact(request: HttpRequest, instance: Model) -> HttpResponse | None:
    """Whoever entered a version or what it replaces sees next what that touches."""
    version = instance.newer if isinstance(instance, Succession) else instance
    if isinstance(version, InstrumentVersion):
        leads_to_impact = request.user.has_role(Role.ADMIN) and version.predecessions.exists()
        page = ("cms:impact", version.pk) if leads_to_impact else ("cms:instrument", version.instrument_id)
        return redirect(*page)
    return redirect("cms:instrument", instance.pk) if isinstance(instance, Instrument) else None


@hooks.register("construct_main_menu")
def hide_unused(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_MENU]


@hooks.register("construct_snippet_action_menu")
def keep_only_saving(menu_items: list, request: HttpRequest, context: dict) -> None:
    """Submitting happens on the course page, publishing by approval alone."""
    if context["model"] is Course:
        menu_items[:] = [item for item in menu_items if item.name in KEPT_ACTIONS]


@hooks.register("construct_homepage_panels")
def role_homes(request: HttpRequest, panels: list[Component]) -> None:
    panels[:] = home_panels(request)


@hooks.register("insert_global_admin_css")
def our_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/anke.css"))


@hooks.register("insert_global_admin_js")
def our_forms() -> str:
    scripts = [(static(f"cms/{name}.js"),) for name in ("files", "waiting")]
    return format_html_join("", '<script src="{}"></script>', scripts)


@hooks.register("register_log_actions")
def our_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("cms.take_down", "下架课程", "课程已下架")
    actions.register_action("cms.close_notice", "办结更新提醒", "更新提醒已办结")
    actions.register_action("cms.policy", "改动期限规则", "期限规则已改动")
    actions.register_action("cms.record_knowledge", "登记新知识", "已登记新知识并发出更新提醒")
    actions.register_action("cms.open_impact", "登记法规影响", "已按影响预览登记更新提醒")
    actions.register_action("cms.import_register", "导入法规", "法规版本由文件导入")
    actions.register_action("cms.import_outlines", "导入培训大纲", "培训大纲由文件导入")
    actions.register_action("cms.upload_text", "录入法规文本", "法规文本已录入")
    actions.register_action("cms.publish_refused", "拒绝发布", "没有经过审核的定时发布已取消")
