"""The question editor: pictures, validity, law, what comes next, and the way back from retirement."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.roles import Role
from catalog.models import Instrument, InstrumentVersion
from question_bank.images import MAX_IMAGES, BadImage, keep_image
from question_bank.models import Question, QuestionState
from question_bank.questions.acts import retire_question
from question_bank.questions.guidance import guide_to
from question_bank.questions.reviewing import approve_question, send_question_back
from question_bank.questions.suggesting import sweep_questions
from tests.question_bank.conftest import SINGLE
from tests.question_bank.test_admin import TYPED

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def question(write, author):
    return write(author, replace(SINGLE, stem="按《安全生产法》第三十条，谁须持证上岗？"))


@pytest.fixture
def law():
    instrument = Instrument.objects.create(slug="law", title="中华人民共和国安全生产法", kind="law")
    InstrumentVersion.objects.create(
        instrument=instrument, slug="law-2021", title="中华人民共和国安全生产法（2021修正）"
    )
    return instrument


def picture(colour="red", format="PNG"):
    stream = BytesIO()
    Image.new("RGB", (40, 30), colour).save(stream, format)
    return stream.getvalue()


def upload(*data):
    return [SimpleUploadedFile(f"图{n}.png", each) for n, each in enumerate(data)]


def text(response):
    return response.content.decode()


def edit(client, question, **changes):
    typed = TYPED | {"stem": question.stem, "version": question.version} | changes
    return client.post(reverse("question:edit", args=[question.pk]), typed)


def test_pictures_are_kept_shown_and_taken_off_each_time_as_a_version(client, author, question):
    client.force_login(author)
    assert edit(client, question, pictures=upload(picture(), picture("blue"))).status_code == 302
    question.refresh_from_db()
    assert (question.version, len(question.images)) == (2, 2)
    shown = client.get(reverse("bank:image", args=[question.pk, 2, 1]))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    assert Image.open(BytesIO(shown.content)).getpixel((0, 0)) == (0, 0, 255)
    assert client.get(reverse("bank:image", args=[question.pk, 2, 2])).status_code == 404
    edit(client, question, kept=[question.images[1]])
    question.refresh_from_db()
    assert (question.version, len(question.images)) == (3, 1)
    assert len(question.versions.get(number=2).images) == 2


def test_an_uploaded_picture_stays_when_the_rest_is_refused(client, author, question):
    client.force_login(author)
    page = text(edit(client, question, answer="Z", pictures=upload(picture())))
    assert "第 1 张（已上传，尚未保存）" in page
    assert 'name="kept"' in page


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([b"MZ no picture"], "“图0.png”不是能显示的图片，请用 PNG 或 JPEG。"),
        (
            [picture(f"#0000{n:02x}") for n in range(MAX_IMAGES)] + [picture()],
            "一道题最多 6 张配图，现有 7 张，请取消几张。",
        ),
    ],
)
def test_what_is_no_picture_is_refused_with_one_sentence(client, author, question, files, sentence):
    client.force_login(author)
    response = edit(client, question, pictures=upload(*files))
    assert sentence in text(response)
    question.refresh_from_db()
    assert len(question.images) <= MAX_IMAGES


def test_the_same_picture_is_kept_once_and_without_what_else_the_file_held():
    plain = picture(format="JPEG")
    exif = Image.Exif()
    exif[0x010E] = "拍摄地点"
    stream = BytesIO()
    Image.open(BytesIO(plain)).save(stream, "JPEG", exif=exif, quality="keep")
    assert keep_image(BytesIO(plain)) == keep_image(BytesIO(stream.getvalue()))


def test_a_picture_that_unpacks_to_too_much_is_refused():
    stream = BytesIO()
    Image.new("1", (9000, 9000)).save(stream, "PNG")
    with pytest.raises(BadImage, match="太大了"):
        keep_image(BytesIO(stream.getvalue()))


def test_another_institutions_pictures_and_law_are_behind_closed_doors(client, person, question, law):
    client.force_login(person(Role.AUTHOR, "乙培训机构"))
    doors = [
        client.get(reverse("bank:image", args=[question.pk, 1, 0])),
        client.get(reverse("bank:review", args=[question.pk])),
        client.post(reverse("bank:review", args=[question.pk]), {"approve": ""}),
        client.post(reverse("bank:cite", args=[question.pk]), {"instrument": law.pk}),
        client.post(reverse("bank:uncite", args=[question.pk]), {"citation": 1}),
        client.post(reverse("bank:dismiss", args=[question.pk]), {"suggestion": 1}),
        client.post(reverse("question:restore", args=[question.pk])),
    ]
    assert [door.status_code for door in doors] == [404] * 7


def test_a_reviewer_confirms_no_law(client, person, question, law):
    client.force_login(person(Role.REVIEWER))
    response = client.post(reverse("bank:cite", args=[question.pk]), {"instrument": law.pk})
    assert (response.status_code, question.citations.count()) == (302, 0)


def test_the_law_a_question_names_is_confirmed_by_one_click_and_taken_off_by_another(
    client, author, question, law
):
    client.force_login(author)
    page = text(client.get(reverse("question:edit", args=[question.pk])))
    assert "题里提到" in page and "《中华人民共和国安全生产法》第三十条" in page
    cite = reverse("bank:cite", args=[question.pk])
    for _ in range(2):
        client.post(cite, {"instrument": law.pk, "article": "第三十条"})
    citation = question.citations.get()
    assert (str(citation), citation.created_by) == ("中华人民共和国安全生产法第三十条", author)
    part = text(client.get(reverse("question:edit", args=[question.pk])))
    assert "题里提到" not in part and "已确认" in part
    removed = client.post(
        reverse("bank:uncite", args=[question.pk]), {"citation": citation.pk}, headers={"HX-Request": "true"}
    )
    assert "题里提到" in text(removed) and "<html" not in text(removed)
    assert question.citations.count() == 0


def test_what_was_rejected_is_not_suggested_again_for_the_same_words(client, author, question, law):
    client.force_login(author)
    edit = reverse("question:edit", args=[question.pk])
    client.get(edit)
    suggestion = question.suggestions.get()
    client.post(reverse("bank:dismiss", args=[question.pk]), {"suggestion": suggestion.pk})
    law.aliases.create(name="安法")
    sweep_questions()
    assert "题里提到" not in text(client.get(edit))
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by, question.citations.count()) == ("rejected", author, 0)


def test_the_sweep_searches_each_question_once_until_its_words_or_the_register_change(question, law):
    assert [sweep_questions(), sweep_questions()] == [1, 0]
    law.aliases.create(name="安法")
    assert [sweep_questions(), sweep_questions()] == [1, 0]
    assert question.suggestions.count() == 1


def test_dates_are_part_of_the_words_and_must_be_in_order(client, author, question):
    client.force_login(author)
    page = text(edit(client, question, valid_from="2026-09-01", valid_to="2026-08-01"))
    assert "最后有效日早于启用日期，请核对两个日期。" in page
    edit(client, question, valid_from="2026-08-01", valid_to="2026-09-01")
    question.refresh_from_db()
    assert (question.version, question.valid_to) == (2, date(2026, 9, 1))
    days = [date(2026, 7, 31), date(2026, 8, 1), date(2026, 9, 1), date(2026, 9, 2)]
    assert [question.content.holds_on(day) for day in days] == [False, True, True, False]
    assert [Question.objects.holding_on(day).count() for day in days] == [0, 1, 1, 0]


def test_the_page_says_where_a_question_stands_and_what_is_next(author, person, question):
    judge = person(Role.REVIEWER)

    def guide(user=author, **changes):
        question.refresh_from_db()
        for name, value in changes.items():
            setattr(question, name, value)
        return guide_to(question, user=user, today=TODAY)

    assert (guide().word, guide().may_review, guide(judge).may_review) == ("待审定", False, True)
    assert guide(explanation="").word == "待补全"
    send_question_back(question, note="改题干。", by=judge)
    assert (guide().word, guide().sentences[0][:10]) == ("待修改", "审题人退回：改题干。")
    approve_question(question, by=judge)
    assert guide().word == "已审"
    late = guide(valid_to=date(2026, 1, 1)).sentences[0]
    assert late == "有效期已于 2026年1月1日结束，课时和试卷不能再用。"
    retire_question(question, by=author)
    assert (guide().word, guide().is_retired) == ("已停用", True)


def test_a_reviewer_goes_from_question_to_question(client, person, write, author):
    first, second = write(author), write(author, replace(SINGLE, stem="第二题"))
    judge = person(Role.REVIEWER)
    client.force_login(judge)
    start = reverse("bank:review_next")
    assert client.get(start).url == reverse("bank:review", args=[first.pk])
    assert client.get(f"{start}?after={first.pk}").url == reverse("bank:review", args=[second.pk])
    page = text(client.get(reverse("bank:review", args=[first.pk])))
    assert "待您审定 2 道" in page and "切断电源" in page
    client.post(reverse("bank:review", args=[first.pk]), {"approve": "", "version": 1})
    client.post(reverse("bank:review", args=[second.pk]), {"back": "", "note": "改", "version": 1})
    assert [(q.state, q.review_note) for q in Question.objects.order_by("pk")] == [
        (QuestionState.REVIEWED, ""),
        (QuestionState.DRAFT, "改"),
    ]
    assert client.get(start).url == reverse("bank:review_done")


def test_the_author_cannot_approve_by_posting(client, author, question):
    client.force_login(author)
    client.post(reverse("bank:review", args=[question.pk]), {"approve": "", "version": 1})
    question.refresh_from_db()
    assert question.state == QuestionState.DRAFT


def test_a_retired_question_is_restored_from_its_page(client, author, question):
    retire_question(question, by=author)
    client.force_login(author)
    assert "恢复使用" in text(client.get(reverse("question:edit", args=[question.pk])))
    client.post(reverse("question:restore", args=[question.pk]))
    question.refresh_from_db()
    assert question.state == QuestionState.DRAFT


def test_the_list_is_narrowed_by_each_filter_and_offers_only_what_is_seen(client, author, person, write):
    write(author, replace(SINGLE, stem="甲题触电"), ("急救",))
    write(author, replace(SINGLE, stem="乙题接地", type="multiple", answer=("A", "B"), difficulty=3))
    write(person(Role.AUTHOR, "乙培训机构"), replace(SINGLE, stem="丙题"), ("乙的点",))
    client.force_login(author)

    def shown(query):
        page = text(client.get(f"{reverse('question:index')}?{query}"))
        return [stem for stem in ("甲题触电", "乙题接地", "丙题") if stem in page]

    assert shown("") == ["甲题触电", "乙题接地"]
    queries = ["q=触电", "type=multiple", "knowledge_points=急", "difficulty=3", "state=retired"]
    assert [shown(query) for query in queries] == [["甲题触电"], ["乙题接地"], ["甲题触电"], ["乙题接地"], []]
    assert "乙的点" not in text(client.get(reverse("question:index")))
