from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from question_bank.models import Question
from question_bank.policies import QuestionPolicy
from question_bank.viewsets import QuestionViewSet

# A policy must be registered before the viewset asks for one.
register_permission_policy(Question, QuestionPolicy(Question))


@hooks.register("register_admin_viewset")
def register_question_viewset() -> QuestionViewSet:
    return QuestionViewSet()


@hooks.register("register_log_actions")
def register_question_actions(actions: LogActionRegistry) -> None:
    actions.register_action("question_bank.review", "审定题目", "题目已审定")
    actions.register_action("question_bank.send_back", "退回题目", "题目已退回修改")
    actions.register_action("question_bank.restore", "恢复题目", "题目已恢复为草稿")
    actions.register_action("question_bank.retire", "停用题目", "题目已停用")
    actions.register_action("question_bank.import", "导入题目", "题目已导入")
