"""The lean pages: log-in, the library of published courses, and what an institution has chosen."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from cms.views import (
    feeds,
    handbook,
    instructors,
    library,
    release,
    reminders,
    said,
    selections,
    site,
    sittings,
)

app_name = "site"
urlpatterns = [
    path("", site.home, name="home"),
    path("login/", LoginView.as_view(template_name="cms/site/login.html"), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("courses/", library.library, name="library"),
    path("courses/<uuid:pk>/", release.course, name="course"),
    path("courses/<uuid:pk>/videos/<uuid:video>/", release.video, name="video"),
    path("courses/<uuid:pk>/videos/<uuid:video>/captions.vtt", said.release_captions_file, name="captions"),
    path("courses/<uuid:pk>/said/", said.release_said, name="said"),
    path("courses/<uuid:pk>/videos/<uuid:video>/renditions/<str:name>", release.rendition, name="rendition"),
    path("courses/<uuid:pk>/take-down/", release.take_down, name="take_down"),
    path("courses/<uuid:pk>/select/", selections.select, name="select"),
    path("courses/<uuid:pk>/unselect/", selections.unselect, name="unselect"),
    path("courses/<uuid:pk>/lessons/<uuid:key>/try/", sittings.released, name="try_release"),
    path("drafts/<int:pk>/lessons/<uuid:key>/try/", sittings.draft, name="try_draft"),
    path("sittings/<int:pk>/", sittings.sitting, name="sitting"),
    path("sittings/<int:pk>/answer/", sittings.answer, name="answer"),
    path("sittings/<int:pk>/images/<int:place>/<int:number>/", sittings.image, name="sitting_image"),
    path("my-courses/", selections.my_courses, name="my_courses"),
    path("instructors/<int:pk>/photo/", instructors.photo, name="instructor_photo"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/read/", reminders.read_all, name="read_reminders"),
    path("calendar/", feeds.subscription, name="subscription"),
    path("calendar/new/", feeds.subscribe, name="subscribe"),
    path("calendar/end/", feeds.unsubscribe, name="unsubscribe"),
    path("calendar/<str:secret>.ics", feeds.calendar, name="calendar"),
    path("handbook/", handbook.start, name="handbook_start"),
    path("handbook/<slug:role>/", handbook.page, name="handbook"),
    path("handbook/<slug:role>/pictures/<str:name>", handbook.picture, name="handbook_picture"),
]
