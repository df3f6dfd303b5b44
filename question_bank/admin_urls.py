"""Our own pages on banks inside the admin; each asks for its roles."""

from django.urls import path

from question_bank.views import citations, images, review

app_name = "bank"
urlpatterns = [
    path("questions/review/", review.next_question, name="review_next"),
    path("questions/review/done/", review.ReviewDonePage.as_view(), name="review_done"),
    path("questions/<int:pk>/review/", review.ReviewPage.as_view(), name="review"),
    path("questions/<int:pk>/citations/add/", citations.add, name="cite"),
    path("questions/<int:pk>/citations/remove/", citations.remove, name="uncite"),
    path(
        "questions/<int:pk>/versions/<int:number>/images/<int:place>/", images.image_of_version, name="image"
    ),
]
