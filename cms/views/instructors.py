"""Photos of instructors for who may see their courses, and all profiles as one Word document."""

from io import BytesIO
from mimetypes import guess_type

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.roles import Role
from cms.instructor_export import instructor_document, profiles
from cms.library import readable_by
from cms.models import Instructor
from cms.views.base import AdminPage
from cms.words import WORD


@login_required
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """For who may see the instructor, or a release of a course they teach."""
    taught = Q(courses__releases__in=readable_by(request.user))
    mine = Q(pk__in=Instructor.objects.visible_to(request.user))
    instructor = get_object_or_404(Instructor.objects.filter(taught | mine).distinct(), pk=pk)
    if not instructor.photo:
        raise Http404
    with instructor.photo.open() as file:
        kind, _ = guess_type(instructor.photo.name)
        response = HttpResponse(file.read(), content_type=kind)
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class InstructorsExport(AdminPage):
    roles = (Role.ADMIN, Role.REVIEWER)

    def get(self, request: HttpRequest) -> HttpResponse:
        buffer = BytesIO()
        instructor_document(profiles(), today=timezone.localdate()).save(buffer)
        headers = {"Content-Disposition": 'attachment; filename="instructors.docx"'}
        return HttpResponse(buffer.getvalue(), content_type=WORD, headers=headers)
