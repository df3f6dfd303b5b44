"""What each door answers, a line for a kind of door: the method, then a word for each of PEOPLE.

`login` and `away` are redirects to the log-in and to the home of the admin. Every door of ours is listed.
"""

PEOPLE = ("anonymous", "outsider", "institution", "owner", "reviewer", "admin")
TABLE = {
    "GET login 404 login 200 200 200": """
        cms:course cms:lesson_row cms:place_question cms:video_report cms:video_report_live
        cms:video_report_document cms:course_said cms:captions cms:captions_live cms:captions_file
        cms:video_qualities cms:course_law cms:notice bank:lot bank:image bank:paper bank:paper_word
        bank:key_word bank:blueprint
        wagtailsnippets_cms_course:confirm_workflow_cancellation question:inspect
    """,
    "POST login away login 302 away away": """
        cms:submit cms:withdraw cms:add_lesson cms:rename_lesson cms:date_lesson cms:move_lesson
        cms:remove_lesson cms:answer_proposal
    """,
    "POST login 404 login 200 409 409": "cms:attach_video",
    "POST login 404 login 302 away away": """
        cms:place_from_bank cms:remove_question cms:upload_captions cms:transcribe_again
        cms:restore_captions cms:decide_law bank:arrange bank:finalise bank:refresh_paper
        bank:discard_paper bank:assemble bank:cite bank:dismiss bank:uncite
    """,
    "POST login 404 login 200 away away": "bank:describe",
    "POST login 404 login 302 302 302": """
        cms:retry_inspection cms:ask_overruling cms:overrule cms:confirm_overruling cms:close_overruling
        cms:read_law cms:retry_qualities bank:pair
    """,
    "POST login 404 login 422 away away": "cms:save_captions",
    "GET login away login away 200 away": "cms:review_queue cms:review_desk",
    "GET login away login away 200 200": """
        cms:coverage cms:checklist cms:instructors_export cms:law_board cms:limits cms:limits_compare
        cms:limits_judging cms:limits_version cms:limits_download cms:law_calendar cms:law_report
    """,
    "POST login 404 login away 302 away": "cms:decide_no_change",
    "GET login 200 login 200 200 200": """
        cms:register cms:export_register_csv cms:export_register_json cms:instrument cms:compare_law
        cms:reminders bank:export bank:pairs bank:papers bank:blueprints bank:statistics
        wagtailsnippets_cms_course:list wagtailsnippets_cms_course:list_results
        wagtailsnippets_cms_instructor:list wagtailsnippets_cms_instructor:list_results question:index
        question:index_results
    """,
    "GET login away login away away 200": """
        cms:import_register cms:import_outlines cms:outline_template
        cms:impact cms:limits_new institution:index institution:index_results
        institution:add institution:edit institution:history institution:history_results
        institution:usage
    """,
    "POST login away login away away 302": """
        cms:add_alias cms:upload_law_text cms:limits_rejudge cms:limits_activate cms:switch_policy
        bank:add_token bank:revoke_token
    """,
    "POST login 404 login 200 200 200": "cms:propose_no_change cms:remark",
    "GET login 200 login 200 away away": """
        bank:imports bank:new_blueprint wagtailsnippets_cms_course:add
        wagtailsnippets_cms_instructor:add question:add
    """,
    "GET login 200 login 200 away 200": "cms:knowledge",
    "POST login 302 login 302 302 302": "bank:import_upload bank:compare",
    "GET login 404 login 200 away 200": "bank:import",
    "POST login 404 login 302 404 302": """
        bank:import_finish bank:import_retry bank:import_row bank:import_read_as
    """,
    "GET login 404 login 200 away away": """
        bank:import_columns wagtailsnippets_cms_course:edit wagtailsnippets_cms_course:usage
        wagtailsnippets_cms_course:history wagtailsnippets_cms_course:history_results
        wagtailsnippets_cms_course:revisions_revert wagtailsnippets_cms_course:revisions_compare
        wagtailsnippets_cms_course:workflow_history wagtailsnippets_cms_course:workflow_history_detail
        wagtailsnippets_cms_instructor:edit wagtailsnippets_cms_instructor:usage
        wagtailsnippets_cms_instructor:history wagtailsnippets_cms_instructor:history_results
        question:edit question:history question:history_results question:usage question:retire
        question:restore
    """,
    "GET login 404 login 200 404 200": "bank:import_image",
    "GET login 302 login 302 302 302": "bank:review_next bank:export_file",
    "GET login 200 login 200 200 away": "bank:review_done",
    "GET login 404 login 200 200 away": "bank:review",
    "POST login 302 login 302 away 302": "bank:upload_responses",
    "GET login 404 login away away away": """
        wagtailsnippets_cms_course:delete wagtailsnippets_cms_course:revisions_unschedule
        wagtailsnippets_cms_course:unpublish wagtailsnippets_cms_course:lock
        wagtailsnippets_cms_course:unlock wagtailsnippets_cms_course:collect_workflow_action_data
        wagtailsnippets_cms_instructor:delete question:delete
    """,
    "POST login 404 login away away away": "wagtailsnippets_cms_course:workflow_action",
    "GET login away login away away away": "institution:delete",
    "POST 401 401 401 401 401 401": "receive_responses",
    "GET 401 412 412 412 412 412": "media_pipeline:uploads media_pipeline:upload",
    "GET 404 404 404 200 200 200": """
        media_pipeline:file media_pipeline:still media_pipeline:status media_pipeline:rendition
    """,
    "GET login away 302 away away away": "site:home",
    "GET 200 200 200 200 200 200": "site:login site:calendar",
    "POST login login login login login login": "site:logout",
    "POST login 403 403 403 403 302": "site:take_down",
    "POST login 403 302 403 403 403": "site:select",
    "POST login 404 302 404 404 404": "site:unselect",
    "POST login 404 404 302 404 404": "site:answer",
    "POST login 302 302 302 302 302": "site:read_reminders site:unsubscribe",
    "POST login 200 200 200 200 200": "site:subscribe",
    "GET login 200 200 200 200 200": """
        site:library site:course site:video site:captions site:said site:try_release site:subscription
        site:handbook site:handbook_picture site:rendition
    """,
    "GET login 404 404 200 200 200": "site:try_draft site:instructor_photo",
    "GET login 404 404 200 404 404": "site:sitting site:sitting_image",
    "GET login 403 200 403 403 403": "site:my_courses",
    "GET login 302 200 302 302 302": "site:reminders",
    "GET login 302 302 302 302 302": "site:handbook_start",
}

_CATALOG = (
    "instrumentversion",
    "instrument",
    "succession",
    "trainingoutline",
    "catalogedition",
    "editionrow",
    "rowsuccession",
)
_LISTS, _ROWS = ("list", "list_results"), ("add", "edit", "usage", "history", "history_results")
CATALOG = {
    "GET login away login away away 200": [
        *[f"{model}:{view}" for model in _CATALOG for view in (*_LISTS, *_ROWS)],
        *[f"operationitem:{view}" for view in _LISTS],
        *[f"{model}:copy" for model in _CATALOG[:3]],
        "rowsuccession:delete",
    ],
    "GET login away login away away away": [
        *[f"operationitem:{view}" for view in (*_ROWS, "delete")],
        *[f"{model}:delete" for model in _CATALOG[:-1]],
    ],
}
CHOOSING = ("choose", "choose_results", "chosen", "chosen_multiple")


def rules() -> dict[str, list[str]]:
    """The line of each door: its method and what each of PEOPLE gets."""
    found = {name: rule.split() for rule, names in TABLE.items() for name in names.split()}
    for rule, doors in CATALOG.items():
        found |= {f"wagtailsnippets_catalog_{door}": rule.split() for door in doors}
    choosers = [f"{model}:{view}" for model in (*_CATALOG, "operationitem") for view in CHOOSING]
    chosen = ["GET", "login", "200", "login", "200", "200", "200"]
    return found | {f"wagtailsnippetchoosers_catalog_{door}": chosen for door in choosers}
