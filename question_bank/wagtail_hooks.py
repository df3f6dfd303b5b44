from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from question_bank import admin_urls
from question_bank.menus import bank_menu
from question_bank.models import Question
from question_bank.policies import QuestionPolicy
from question_bank.viewsets import QuestionViewSet

# A policy must be registered before the viewset asks for one.
register_permission_policy(Question, QuestionPolicy(Question))


@hooks.register("register_admin_viewset")
def register_question_viewset() -> QuestionViewSet:
    return QuestionViewSet()


@hooks.register("register_admin_urls")
def bank_pages() -> list[URLResolver]:
    return [path("bank/", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def register_bank_menu() -> MenuItem:
    return bank_menu()


@hooks.register("register_log_actions")
def register_question_actions(actions: LogActionRegistry) -> None:
    actions.register_action("question_bank.review", "审定题目", "题目已审定")
    actions.register_action("question_bank.send_back", "退回题目", "题目已退回修改")
    actions.register_action("question_bank.restore", "恢复题目", "题目已恢复为草稿")
    actions.register_action("question_bank.retire", "停用题目", "题目已停用")
    actions.register_action("question_bank.cite", "确认依据", "已确认法规依据")
    actions.register_action("question_bank.uncite", "删除依据", "已删除法规依据")
    actions.register_action("question_bank.finalise", "定稿试卷", "试卷已定稿")
    actions.register_action("question_bank.import", "导入题目", "题目已导入")
