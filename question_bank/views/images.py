from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from question_bank.images import read_image
from question_bank.models import Question, QuestionVersion


def image_of_version(request: HttpRequest, pk: int, number: int, place: int) -> HttpResponse:
    """A picture of one version, for whoever may see the question."""
    visible = Question.objects.visible_to(request.user).filter(pk=pk)
    version = get_object_or_404(QuestionVersion, question__in=visible, number=number)
    return image_response(version.images, place)


def image_urls(question: Question) -> list[str]:
    """The addresses of the pictures of its present version."""
    return [
        reverse("bank:image", args=[question.pk, question.version, place])
        for place in range(len(question.images))
    ]


def image_response(names: list[str], place: int) -> HttpResponse:
    """The picture at `place` of `names`; its bytes never change."""
    try:
        data = read_image(names[place])
    except (IndexError, FileNotFoundError) as error:
        raise Http404 from error
    headers = {"Cache-Control": "private, max-age=86400", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type="image/png", headers=headers)
