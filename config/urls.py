"""One table of addresses: the admin for those who write and review, lean pages for those who choose."""

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls

from cms.views.base import not_offered
from question_bank.views.statistics import receive

urlpatterns = [
    # Wagtail's reports tell everybody with a right to a model about all its rows, whosever they are.
    re_path(r"^admin/(reports|choose-page|pages)/", not_offered),
    path("admin/", include(wagtailadmin_urls)),
    path("api/responses/", receive, name="receive_responses"),
    path("", include("media_pipeline.urls")),
    path("", include("cms.site_urls")),
]
