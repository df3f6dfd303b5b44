"""Our own pages inside the admin; Wagtail lets in only who may enter it, each page asks for its roles."""

from django.urls import include, path

from cms.views import course, coverage, law, limits, notice, overrulings, questions, reminders, report, review

app_name = "cms"
urlpatterns = [
    path("courses/<int:pk>/", course.CoursePage.as_view(), name="course"),
    path("courses/<int:pk>/submit/", course.submit, name="submit"),
    path("courses/<int:pk>/withdraw/", course.withdraw, name="withdraw"),
    path("courses/<int:pk>/lessons/", course.add_lesson, name="add_lesson"),
    path("courses/<int:pk>/lessons/<uuid:key>/row/", course.lesson_row, name="lesson_row"),
    path("courses/<int:pk>/lessons/<uuid:key>/rename/", course.rename_lesson, name="rename_lesson"),
    path("courses/<int:pk>/lessons/<uuid:key>/dates/", course.date_lesson, name="date_lesson"),
    path("courses/<int:pk>/lessons/<uuid:key>/move/", course.move_lesson, name="move_lesson"),
    path("courses/<int:pk>/lessons/<uuid:key>/remove/", course.remove_lesson, name="remove_lesson"),
    path("courses/<int:pk>/lessons/<uuid:key>/video/", course.attach_video, name="attach_video"),
    path(
        "courses/<int:pk>/lessons/<uuid:key>/questions/",
        questions.LessonQuestionsPage.as_view(),
        name="place_question",
    ),
    path(
        "courses/<int:pk>/lessons/<uuid:key>/questions/place/",
        questions.place_from_bank,
        name="place_from_bank",
    ),
    path(
        "courses/<int:pk>/lessons/<uuid:key>/questions/remove/",
        questions.remove_question,
        name="remove_question",
    ),
    path("videos/<uuid:pk>/", report.VideoReportView.as_view(), name="video_report"),
    path("videos/<uuid:pk>/live/", report.VideoReportLiveView.as_view(), name="video_report_live"),
    path("videos/<uuid:pk>/retry/", report.retry_inspection, name="retry_inspection"),
    path("videos/<uuid:pk>/report.docx", report.video_report_document, name="video_report_document"),
    path("videos/<uuid:pk>/ask/", overrulings.ask, name="ask_overruling"),
    path("videos/<uuid:pk>/overrule/", overrulings.overrule, name="overrule"),
    path("overrulings/<int:pk>/confirm/", overrulings.confirm, name="confirm_overruling"),
    path("overrulings/<int:pk>/close/", overrulings.close, name="close_overruling"),
    path("videos/<uuid:pk>/captions/", include("cms.caption_urls")),
    path("reviews/", review.ReviewQueue.as_view(), name="review_queue"),
    path("reviews/<int:pk>/", review.ReviewDesk.as_view(), name="review_desk"),
    path("coverage/", coverage.CoverageView.as_view(), name="coverage"),
    path("law/", law.LawBoardView.as_view(), name="law_board"),
    path("limits/", limits.LimitsList.as_view(), name="limits"),
    path("limits/compare/", limits.LimitsCompare.as_view(), name="limits_compare"),
    path("limits/judging/", limits.judging, name="limits_judging"),
    path("limits/rejudge/", limits.rejudge, name="limits_rejudge"),
    path("limits/<int:pk>/", limits.LimitsVersion.as_view(), name="limits_version"),
    path("limits/<int:pk>/change/", limits.LimitsNew.as_view(), name="limits_new"),
    path("limits/<int:pk>/activate/", limits.activate, name="limits_activate"),
    path("limits/<int:pk>/download/", limits.download, name="limits_download"),
    path("law/calendar/", law.LawCalendarView.as_view(), name="law_calendar"),
    path("law/report/", law.LawReportView.as_view(), name="law_report"),
    path("law/policy/", law.switch_policy, name="switch_policy"),
    path("notices/<int:pk>/", notice.NoticeView.as_view(), name="notice"),
    path("notices/<int:pk>/no-change/", notice.propose_no_change, name="propose_no_change"),
    path("notices/<int:pk>/no-change/decide/", notice.decide_no_change, name="decide_no_change"),
    path("notices/<int:pk>/remark/", notice.remark, name="remark"),
    path("reminders/", reminders.RemindersPage.as_view(), name="reminders"),
]
