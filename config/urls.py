"""One table of addresses: the admin for those who write and review, lean pages for those who choose."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("", include("media_pipeline.urls")),
    path("", include("cms.site_urls")),
]
