"""Pages of captions, below a video's."""

from django.urls import path

from cms.views import captions

urlpatterns = [
    path("", captions.CaptionsPage.as_view(), name="captions"),
    path("live/", captions.CaptionsLiveView.as_view(), name="captions_live"),
    path("save/", captions.save, name="save_captions"),
    path("upload/", captions.upload, name="upload_captions"),
    path("transcribe/", captions.transcribe_again, name="transcribe_again"),
    path("<int:number>/restore/", captions.restore, name="restore_captions"),
    path("<int:number>.<slug:kind>", captions.download, name="captions_file"),
]
