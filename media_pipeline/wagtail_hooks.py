from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def our_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("media_pipeline.activate_profile", "启用阈值", "检查阈值已启用")
