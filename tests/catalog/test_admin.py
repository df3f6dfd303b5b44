import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.models import User
from catalog.loading import load_catalog
from catalog.models import Instrument, InstrumentVersion, Succession

pytestmark = pytest.mark.django_db
VERSIONS = "wagtailsnippets_catalog_instrumentversion"
ITEMS = "wagtailsnippets_catalog_operationitem"


@pytest.fixture
def admin(client):
    user = User.objects.create_superuser("admin")
    client.force_login(user)
    return client


def add_versions(start, count):
    for number in range(start, start + count):
        instrument = Instrument.objects.create(slug=f"law-{number}", title=f"法{number}", kind="law")
        old, new = (
            InstrumentVersion.objects.create(
                instrument=instrument, slug=f"{number}-{age}", title=f"法{number}{age}"
            )
            for age in ("旧", "新")
        )
        Succession.objects.create(older=old, newer=new)


def queries_of(client, url, assert_max):
    with assert_max(200) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_list_costs_the_same_at_one_and_three_instruments(admin, django_assert_max_num_queries):
    url = reverse(f"{VERSIONS}:list")
    add_versions(0, 1)
    admin.get(url)
    few = queries_of(admin, url, django_assert_max_num_queries)
    add_versions(1, 2)
    assert queries_of(admin, url, django_assert_max_num_queries) == few


def test_the_list_shows_kind_dates_state_and_successor(admin):
    add_versions(0, 1)
    InstrumentVersion.objects.filter(slug="0-旧").update(effective="2010-07-01", expires="2020-06-01")
    page = admin.get(reverse(f"{VERSIONS}:list")).content.decode()
    assert [word for word in ("法律", "2010年7月1日", "已失效", "法0新", "不明") if word not in page] == []


def test_a_version_effective_before_it_was_published_is_refused_in_place(admin):
    add_versions(0, 1)
    version = InstrumentVersion.objects.get(slug="0-新")
    form = {
        "instrument": version.instrument_id,
        "title": "打了一半的名称",
        "slug": "0-new",
        "published": "2026-06-02",
        "effective": "2026-06-01",
        "verified": "no",
    }
    page = admin.post(reverse(f"{VERSIONS}:edit", args=[version.pk]), form).content.decode()
    assert "施行日期不能早于发布日期，请核对两个日期。" in page
    assert "打了一半的名称" in page


@pytest.mark.parametrize("door", ["add", "edit", "delete"])
def test_operation_items_are_only_listed(admin, door):
    load_catalog()
    args = [] if door == "add" else ["so-elec-lv"]
    assert admin.get(reverse(f"{ITEMS}:list")).status_code == 200
    assert admin.get(reverse(f"{ITEMS}:{door}", args=args)).status_code == 302
    assert admin.post(reverse(f"{ITEMS}:{door}", args=args), {"name": "改"}).status_code == 302


def test_an_author_without_the_permission_is_turned_away_from_instruments(client):
    author = User.objects.create_user("author")
    author.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(author)
    assert client.get(reverse(f"{VERSIONS}:list")).status_code == 302


CHOOSERS = (
    "instrumentversion instrument succession operationitem trainingoutline catalogedition editionrow "
    "rowsuccession"
)


@pytest.mark.parametrize("model", CHOOSERS.split())
def test_a_chooser_finds_rows_by_their_words_and_makes_none(admin, model):
    load_catalog()
    add_versions(0, 2)
    chooser = f"wagtailsnippetchoosers_catalog_{model}"
    words = {"instrument": "法0", "instrumentversion": "法0 旧", "succession": "法0"}
    words["operationitem"] = "低压电工"
    found = admin.get(reverse(f"{chooser}:choose_results"), {"q": words.get(model, "高压电工")})
    assert ("法1" in found.content.decode(), found.status_code) == (False, 200)
    if model in words:
        assert found.context["results"].paginator.count == 1
    assert admin.get(reverse(f"{chooser}:choose")).status_code == 200
    assert admin.post(f"/admin/snippets/choose/catalog/{model}/create/").status_code == 404


def test_a_new_version_starts_with_its_instrument_and_gets_a_free_mark(admin):
    add_versions(0, 1)
    instrument, old = Instrument.objects.get(), InstrumentVersion.objects.get(slug="0-旧")
    InstrumentVersion.objects.create(instrument=instrument, slug="law-0-2026", title="占用")
    url = f"{reverse(f'{VERSIONS}:add')}?instrument={instrument.pk}"
    form = admin.get(url).context["form"]
    assert (form["instrument"].value(), form["title"].value()) == (instrument.pk, "法0")
    posted = {"instrument": instrument.pk, "title": "法0（修订）", "effective": "2026-06-01"}
    admin.post(url, posted | {"replaced": [old.pk], "verified": "no"})
    made = InstrumentVersion.objects.get(title="法0（修订）")
    assert (made.slug, list(made.replaces.all())) == ("law-0-2026-2", [old])
    assert admin.get(f"{reverse(f'{VERSIONS}:add')}?instrument=x").status_code == 200


def test_what_is_replaced_already_stands_first_in_the_list_to_tick(admin):
    add_versions(0, 3)
    new = InstrumentVersion.objects.get(slug="2-新")
    form = admin.get(reverse(f"{VERSIONS}:edit", args=[new.pk])).context["form"]
    assert form.fields["replaced"].queryset.first().slug == "2-旧"
    assert "data-picks" in str(form["replaced"])
