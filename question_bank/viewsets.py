from django.urls import URLPattern, path
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from question_bank.models import Question
from question_bank.questions.columns import StateColumn
from question_bank.questions.illustrated_form import IllustratedQuestionForm
from question_bank.views import questions as views


class QuestionViewSet(ModelViewSet):
    """Questions in the admin. No snippet: a snippet would add a chooser and bulk actions, doors to guard."""

    model = Question
    name = "question"
    icon = "help"
    list_display = [
        "__str__",
        Column("get_type_display", label="题型", sort_key="type"),
        "item",
        StateColumn("state", label="状态", sort_key="state"),
        Column("version", label="版本"),
        "institution",
        "updated_at",
    ]
    search_fields = ["stem"]
    search_backend_name = None
    list_per_page = 25
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "item",
        "type",
        "stem",
        "options",
        "answer",
        "explanation",
        "difficulty",
        "knowledge_points",
        "state",
        "version",
        "institution",
        "created_by",
    ]
    index_view_class = views.QuestionIndexView
    add_view_class = views.QuestionCreateView
    edit_view_class = views.QuestionEditView
    delete_view_class = views.QuestionDeleteView
    history_view_class = views.QuestionHistoryView
    usage_view_class = views.QuestionUsageView
    inspect_view_class = views.QuestionInspectView

    def get_form_class(self, for_update: bool = False) -> type[IllustratedQuestionForm]:
        return IllustratedQuestionForm

    def get_urlpatterns(self) -> list[URLPattern]:
        retire = self.construct_view(views.QuestionRetireView)
        restore = self.construct_view(views.QuestionRestoreView)
        return [
            *super().get_urlpatterns(),
            path("retire/<int:pk>/", retire, name="retire"),
            path("restore/<int:pk>/", restore, name="restore"),
        ]
