from django.urls import path

from media_pipeline.views import uploads, videos

app_name = "media_pipeline"
urlpatterns = [
    path("uploads/", uploads.collection, name="uploads"),
    path("uploads/<uuid:video_id>/", uploads.resource, name="upload"),
    path("videos/<uuid:video_id>/file", videos.file, name="file"),
    path("videos/<uuid:video_id>/stills/<int:ms>.jpg", videos.still, name="still"),
    path("videos/<uuid:video_id>/renditions/<str:name>", videos.rendition, name="rendition"),
    path("videos/<uuid:video_id>/status", videos.status, name="status"),
]
