"""Profiles of instructors: photos looked into and kept from strangers, all of them as one Word document."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from PIL import Image

from accounts.roles import Role
from cms.models import Course, Instructor
from tests import makers

pytestmark = pytest.mark.django_db
ADD = "wagtailsnippets_cms_instructor:add"
PROFILE = {
    "name": "李工",
    "title": "教授级高工",
    "unit": "省安科院",
    "field": "防爆电气",
    "years_of_practice": 20,
    "introduction": "参与编写防爆标准。",
}


def picture(kind="JPEG"):
    buffer = io.BytesIO()
    Image.new("RGB", (60, 80), "navy").save(buffer, kind)
    return buffer.getvalue()


@pytest.fixture
def author():
    return makers.make_user(Role.AUTHOR)


def add(client, author, data, name="照片.jpg"):
    client.force_login(author)
    return client.post(reverse(ADD), PROFILE | {"photo": SimpleUploadedFile(name, data)})


def photo(client, user, instructor):
    client.force_login(user)
    return client.get(reverse("site:instructor_photo", args=[instructor.pk])).status_code


def test_a_photo_is_kept_under_a_name_of_our_own_by_what_it_is(client, author):
    assert add(client, author, picture("PNG"), "../x.exe").status_code == 302
    kept = Instructor.objects.get().photo.name
    assert (kept.startswith("instructors/"), kept.endswith(".png"), "x" in kept) == (True, True, False)


@pytest.mark.parametrize(
    "data", [b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture("GIF"), b""]
)
def test_what_is_no_photo_is_refused_in_a_sentence(client, author, data):
    response = add(client, author, data)
    assert response.status_code == 200
    assert not Instructor.objects.exists()


def test_a_photo_is_seen_by_its_institution_and_with_a_published_course_by_those_who_may_choose(
    client, author
):
    add(client, author, picture())
    instructor = Instructor.objects.get()
    school, stranger = makers.make_user(Role.INSTITUTION), makers.make_user(Role.AUTHOR)
    assert [photo(client, user, instructor) for user in (author, school, stranger)] == [200, 404, 404]
    course = makers.make_course(by=author)
    draft = course.get_latest_revision_as_object()
    draft.instructors = [instructor]
    draft.save_revision(user=author)
    makers.make_lesson(Course.objects.get(pk=course.pk), by=author)
    release = makers.release(Course.objects.get(pk=course.pk), by=author)
    assert photo(client, school, instructor) == 200
    page = client.get(reverse("site:course", args=[release.pk])).content.decode()
    assert reverse("site:instructor_photo", args=[instructor.pk]) in page
    assert "参与编写防爆标准。" in page


def test_a_photo_asks_for_a_log_in(client, author):
    add(client, author, picture())
    client.logout()
    answer = client.get(reverse("site:instructor_photo", args=[Instructor.objects.get().pk]))
    assert answer.status_code == 302


def test_the_document_lists_everybody_who_teaches_a_published_course_and_nobody_else(
    client, author, tmp_path
):
    release = makers.make_released_course(by=author, title="甲课")
    teacher = release.course.instructors.get()
    teacher.photo.save("photo.jpg", SimpleUploadedFile("photo.jpg", picture()))
    makers.make_course(by=author)
    client.force_login(makers.make_user(Role.ADMIN))
    document = docx.Document(io.BytesIO(client.get(reverse("cms:instructors_export")).content))
    [table] = document.tables
    facts = {row.cells[0].text: row.cells[1].text for row in table.rows}
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == ["1. 王安"]
    assert (facts["职称"], facts["从业年数"], facts["授课课程"]) == ("高级工程师", "12 年", "《甲课》")
    assert len(document.inline_shapes) == 1
    call_command("instructors", docx=tmp_path / "师资.docx")
    assert len(docx.Document(str(tmp_path / "师资.docx")).tables) == 1


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.INSTITUTION])
def test_the_exports_are_for_admins_and_reviewers(client, role):
    client.force_login(makers.make_user(role))
    for page in ("cms:instructors_export", "cms:checklist"):
        assert client.get(reverse(page)).status_code in (302, 403)
