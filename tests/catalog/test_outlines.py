"""Training outlines: their hours, their points as people paste them, and which one is in force."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from catalog.models import CatalogEdition, EditionRow, RowSuccession, TrainingOutline
from catalog.outlines.hours import is_long_enough, required_minutes
from catalog.outlines.point_lists import BadPoints, points_of
from tests import makers

ADD = "wagtailsnippets_catalog_trainingoutline:add"


def test_forty_eight_hours_are_2160_minutes_and_not_one_less():
    assert required_minutes(48) == 2160
    minutes = [2159, 2159.999, 2160, 2161]
    assert [is_long_enough(60 * each, 48) for each in minutes] == [False, False, True, True]


def test_points_are_read_without_numbering_and_each_once():
    pasted = "1. 触电的原因\n（二）验电\n\n• 接地\t4 学时\n 验电 \n3、 停电"
    assert points_of(pasted) == ["触电的原因", "验电", "接地", "停电"]


def test_a_name_that_begins_with_a_number_keeps_it():
    assert points_of("10 kV 停电操作\n1、10 kV 验电") == ["10 kV 停电操作", "10 kV 验电"]


@pytest.mark.parametrize(
    ("text", "said"), [("长" * 101, "最多 100 个"), ("\n".join(f"点{n}" for n in range(501)), "最多 500 个")]
)
def test_a_list_that_cannot_be_is_refused_in_a_sentence(text, said):
    with pytest.raises(BadPoints, match=said):
        points_of(text)


@pytest.mark.django_db
def test_the_newest_outline_that_holds_on_a_day_counts():
    item = makers.make_item()
    dated = {"item": item, "kind": "new", "hours": 4, "source": "文号"}
    TrainingOutline.objects.create(version="旧", valid_from=date(2018, 1, 1), **dated)
    TrainingOutline.objects.create(version="新", valid_from=date(2026, 6, 1), **dated)
    days = (date(2017, 12, 31), date(2026, 5, 31), date(2026, 6, 1))
    found = [list(TrainingOutline.objects.in_force_on(day).values_list("version", flat=True)) for day in days]
    assert found == [[], ["旧"], ["旧", "新"]]


def form(**more):
    return {
        "item": makers.ITEM,
        "kind": "new",
        "version": "2018 年版",
        "hours": "48",
        "valid_from": "2018-01-01",
        "source": "文号",
        "points_text": "1. 触电\n2. 验电",
    } | more


@pytest.mark.django_db
def test_an_admin_enters_an_outline_with_points_typed_and_from_a_file_and_changes_it(client):
    makers.make_item()
    client.force_login(makers.make_user(Role.ADMIN))
    file = SimpleUploadedFile("点.csv", "接地,4\n验电,2\n".encode())
    response = client.post(reverse(ADD), form(points_file=file))
    outline = TrainingOutline.objects.get()
    assert response.status_code == 302
    assert [point.name for point in outline.points.all()] == ["触电", "验电", "接地"]
    edit = reverse("wagtailsnippets_catalog_trainingoutline:edit", args=[outline.pk])
    assert "触电\n验电\n接地</textarea>" in client.get(edit).content.decode()
    client.post(edit, form(points_text="接地\n新点"))
    assert [point.name for point in outline.points.all()] == ["接地", "新点"]


@pytest.mark.django_db
def test_what_cannot_be_read_is_refused_and_nothing_is_saved(client):
    makers.make_item()
    client.force_login(makers.make_user(Role.ADMIN))
    for data in (b"\x00\x01\x02\xff" * 9, ("长" * 200).encode()):
        response = client.post(reverse(ADD), form(points_file=SimpleUploadedFile("点.txt", data)))
        assert response.status_code == 200
    assert not TrainingOutline.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.AUTHOR, Role.REVIEWER, Role.INSTITUTION])
def test_only_admins_enter_outlines_editions_and_their_mapping(client, role):
    client.force_login(makers.make_user(role))
    for model in ("trainingoutline", "catalogedition", "editionrow", "rowsuccession"):
        assert client.get(reverse(f"wagtailsnippets_catalog_{model}:add")).status_code in (302, 403)


@pytest.mark.django_db
def test_an_old_row_leads_to_rows_of_a_later_edition_only(client):
    old = makers.make_edition()
    later = old.valid_from + timedelta(days=400)
    new = CatalogEdition.objects.create(slug="later", title="新目录", valid_from=later, source="文号")
    first = old.rows.first()
    rows = [
        EditionRow.objects.create(
            edition=new,
            item=row.item,
            qualification_type="特种作业",
            category="电工",
            name=row.name,
            order=order,
            applies_new=True,
            applies_renewal=True,
        )
        for order, row in enumerate(old.rows.all()[:2], start=1)
    ]
    client.force_login(makers.make_user(Role.ADMIN))
    add = reverse("wagtailsnippets_catalog_rowsuccession:add")
    client.post(add, {"older": first.pk, "newer": rows[0].pk})
    client.post(add, {"older": first.pk, "newer": rows[1].pk})
    assert [row.newer for row in RowSuccession.objects.all()] == rows
    page = client.post(add, {"older": rows[0].pk, "newer": first.pk}).content.decode()
    assert "新条目应当属于启用更晚的目录版本" in page
