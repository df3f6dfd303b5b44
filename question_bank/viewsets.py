from django.urls import URLPattern, path
from wagtail.admin.viewsets.model import ModelViewSet

from question_bank import views
from question_bank.forms import QuestionForm
from question_bank.models import Question


class QuestionViewSet(ModelViewSet):
    """Questions in the admin. No snippet: a snippet would add a chooser and bulk actions, doors to guard."""

    model = Question
    name = "question"
    icon = "help"
    menu_label = "题库"
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["__str__", "type", "item", "state", "version", "institution", "updated_at"]
    list_filter = ["type", "state", "item"]
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

    def get_form_class(self, for_update: bool = False) -> type[QuestionForm]:
        return QuestionForm

    def get_urlpatterns(self) -> list[URLPattern]:
        retire = self.construct_view(views.QuestionRetireView)
        return [*super().get_urlpatterns(), path("retire/<int:pk>/", retire, name="retire")]
