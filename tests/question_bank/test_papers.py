"""Papers: what may stand in one, who may touch it, what is frozen, and what is printed."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document
from PIL import Image

from accounts.roles import Role
from question_bank.images import keep_image
from question_bank.models import Blueprint, Paper, PaperState, Question
from question_bank.papers import drawing
from question_bank.papers.acts import PaperRefused, arrange, create_paper
from question_bank.papers.acts import take_newest_versions as refresh
from question_bank.papers.blueprints import read_plan
from question_bank.papers.drawing import draw, save_lot
from question_bank.papers.finalising import finalise
from question_bank.questions.acts import retire_question, revise_question
from question_bank.questions.bulk import Draft, create_drafts
from question_bank.questions.reviewing import approve_question
from tests.browsing import browsing
from tests.question_bank.conftest import SINGLE

pytestmark = pytest.mark.django_db
TRUE_FALSE = replace(SINGLE, type="true_false", options=(), answer=("F",), stem="可以带电作业。")


@pytest.fixture
def questions(item, author):
    drafts = [Draft(replace(SINGLE, stem=f"第{n}题")) for n in range(4)]
    create_drafts(item=item, institution=author.institution, drafts=drafts, source="a", by=author)
    return list(Question.objects.order_by("pk"))


@pytest.fixture
def paper(item, author, questions):
    made = create_paper(item=item, title="期中", institution=author.institution, by=author)
    return arrange(made, [question.pk for question in questions[:3]], by=author)


@pytest.fixture
def blueprint(item, author, questions):
    rules = read_plan({"quotas": [{"type": "single", "count": 2}]}).as_rules()
    return Blueprint.objects.create(
        item=item, institution=author.institution, created_by=author, name="小测", rules=rules
    )


def asked(paper):
    return [entry.question_id for entry in Paper.objects.get(pk=paper.pk).entries.all()]


def text(response):
    return response.content.decode()


def test_a_paper_pins_versions_until_the_newest_are_asked_for(paper, questions, author):
    revise_question(
        questions[0], content=replace(SINGLE, stem="改过"), knowledge_points=(), based_on=1, by=author
    )
    arrange(paper, asked(paper)[::-1], by=author)
    assert [entry.version.stem for entry in paper.entries.all()] == ["第2题", "第1题", "第0题"]
    assert (refresh(paper, by=author), refresh(paper, by=author)) == (1, 0)
    assert [entry.version.stem for entry in paper.entries.all()] == ["第2题", "第1题", "改过"]


def test_what_may_not_be_asked_does_not_join_a_paper(paper, questions, author, write, person):
    retire_question(questions[3], by=author)
    theirs = write(person(Role.AUTHOR, "乙培训机构"))
    for wrong in (questions[3].pk, theirs.pk, 999_999):
        with pytest.raises(PaperRefused, match="请刷新页面后再选"):
            arrange(paper, [*asked(paper), wrong], by=author)
    assert len(asked(paper)) == 3


def test_a_paper_is_final_only_when_each_version_was_reviewed_and_then_never_changes(
    paper, questions, author, person
):
    with pytest.raises(PaperRefused, match="有 3 道题在试卷里的版本还没有经另一个人审定"):
        finalise(paper, by=author)
    for question in questions:
        approve_question(question, by=person(Role.REVIEWER))
    finalise(paper, by=author)
    paper.refresh_from_db()
    assert (paper.state, paper.finalised_by) == (PaperState.FINAL, author)
    for act in (lambda: arrange(paper, [], by=author), lambda: refresh(paper, by=author)):
        with pytest.raises(PaperRefused, match="试卷已定稿，不能再改"):
            act()
    assert len(asked(paper)) == 3


def test_a_retired_question_keeps_a_paper_from_being_final(paper, questions, author, person):
    for question in questions:
        approve_question(question, by=person(Role.REVIEWER))
    retire_question(questions[0], by=author)
    with pytest.raises(PaperRefused, match="还没有经另一个人审定"):
        finalise(paper, by=author)


def test_questions_are_moved_removed_and_added_by_buttons(client, author, paper, questions):
    client.force_login(author)
    order = asked(paper)

    def press(**button):
        client.post(reverse("bank:arrange", args=[paper.pk]), button)
        return asked(paper)

    assert press(down=order[0]) == [order[1], order[0], order[2]]
    assert press(up=order[0]) == order
    assert press(remove=order[1]) == [order[0], order[2]]
    assert press(add=questions[3].pk) == [order[0], order[2], questions[3].pk]


def test_the_page_offers_the_bank_without_what_is_in_the_paper(client, author, paper, questions):
    client.force_login(author)
    page = text(client.get(reverse("bank:paper", args=[paper.pk]), {"q": "第"}))
    assert f'data-question="{questions[3].pk}"' in page
    assert page.count(f'data-question="{questions[0].pk}"') == 1
    assert "定稿前还要处理" in page


def test_a_paper_shows_pictures_and_which_question_is_not_complete(client, author, item, write):
    named = f"question-images/{'0' * 64}.png"
    drawn = write(author, replace(SINGLE, stem="看图答题。", images=(named,)))
    rough = Draft(replace(SINGLE, stem="还没有解析。", explanation=""))
    (bare,) = create_drafts(item=item, institution=author.institution, drafts=[rough], source="a", by=author)
    made = create_paper(item=item, title="图", institution=author.institution, by=author)
    arrange(made, [drawn.pk, bare], by=author)
    client.force_login(author)
    page = text(client.get(reverse("bank:paper", args=[made.pk])))
    assert f'src="{reverse("bank:image", args=[drawn.pk, 1, 0])}"' in page
    chip = f'href="{reverse("question:edit", args=[bare])}"><span aria-hidden="true">!</span>待补全'
    assert (chip in page, page.count("待补全")) == (True, 1)


@pytest.mark.parametrize(
    ("role", "institution", "sees", "changes"),
    [
        (Role.AUTHOR, "甲培训机构", 200, 302),
        (Role.AUTHOR, "乙培训机构", 404, 404),
        (Role.REVIEWER, "丙", 200, 302),
        (Role.INSTITUTION, "甲培训机构", 302, 404),
    ],
)
def test_each_door_of_a_paper_and_a_blueprint(
    client, person, paper, blueprint, role, institution, sees, changes
):
    user = person(role, institution)
    client.force_login(user)
    own = role is Role.AUTHOR and institution == "甲培训机构"
    pages = ["paper", "paper_word", "key_word"]
    shown = [client.get(reverse(f"bank:{page}", args=[paper.pk])).status_code for page in pages]
    assert shown == ([sees] * 3 if role is not Role.INSTITUTION else [302, 404, 404])
    assert client.get(reverse("bank:blueprint", args=[blueprint.pk])).status_code == sees
    order = asked(paper)
    for door, posted in (
        ("arrange", {"remove": order[0]}),
        ("describe", {"title": "改", "minutes": "7"}),
        ("discard_paper", {}),
    ):
        answer = client.post(reverse(f"bank:{door}", args=[paper.pk]), posted).status_code
        assert answer == changes or (role is Role.INSTITUTION and answer == 302)
        if not own:
            assert (asked(paper), Paper.objects.get().title) == (order, "期中")
    client.post(reverse("bank:assemble", args=[blueprint.pk]), {"forms": "1"})
    assert Paper.objects.filter(blueprint=blueprint).exists() is own
    assert Paper.objects.filter(title="改").exists() is False


def test_a_blueprint_is_written_in_a_table_and_makes_forms(client, author, item, questions):
    client.force_login(author)
    typed = {
        "name": "结业",
        "item": item.pk,
        "minutes": "",
        "type": ["single", "single"],
        "knowledge_point": ["", ""],
        "difficulty": ["1", ""],
        "count": ["2", ""],
    }
    refused = text(client.post(reverse("bank:new_blueprint"), typed | {"count": ["两", ""]}))
    assert "第 1 行的题数应是 1 到 1000 的整数，现为“两”" in refused and 'value="结业"' in refused
    unknown = text(client.post(reverse("bank:new_blueprint"), typed | {"knowledge_point": ["急就", ""]}))
    assert "第 1 项的知识点“急就”在“低压电工”里没有，这个操作项目还没有知识点" in unknown
    assert 'value="急就"' in unknown and not Blueprint.objects.exists()
    assert client.post(reverse("bank:new_blueprint"), typed).status_code == 302
    made = Blueprint.objects.get()
    assert made.rules == {"quotas": [{"type": "single", "count": 2, "difficulty": 1}]}
    assert "4 道" in text(client.get(reverse("bank:blueprint", args=[made.pk])))
    address = reverse("bank:assemble", args=[made.pk])
    lot = client.post(address, {"title": "结业", "forms": "2", "seed": "7"}).url
    page = text(client.get(lot))
    assert "各套没有相同的题" in page and "结业 第 2 套" in page
    assert Paper.objects.count() == 2
    said = text(client.post(address, {"title": "结业", "forms": "3", "seed": "7"}, follow=True))
    assert 'name="forms" inputmode="numeric" size="3" value="3"' in said
    assert "题目不够，没有组卷。3 套合计，单选题、难度“易”：需要 6 道，还差 2 道。" in said
    assert "套数应是 1 到 20" in text(client.post(address, {"title": "结业", "forms": "00011"}, follow=True))
    assert Paper.objects.count() == 2


def test_of_two_who_make_one_lot_at_once_both_get_the_same_papers(author, item, blueprint, monkeypatch):
    plan, own = read_plan(blueprint.rules), {"item": item, "institution": author.institution, "seed": 7}
    made = draw(plan, forms=2, today=timezone.localdate(), **own)
    first = save_lot(plan, made, title="卷", by=author, **own)
    looks = iter([[], first])  # the second looks before the first has written
    monkeypatch.setattr(drawing, "_papers_of", lambda institution, lot: next(looks))
    assert save_lot(plan, made, title="卷", by=author, **own) == first
    assert [paper.title for paper in Paper.objects.order_by("form")] == ["卷 第 1 套", "卷 第 2 套"]


@pytest.mark.parametrize("page", ["papers", "blueprints"])
def test_a_list_costs_the_same_at_one_and_three_rows(
    client, author, item, page, django_assert_max_num_queries
):
    client.force_login(author)
    rules = read_plan({"quotas": [{"type": "single", "count": 2}]}).as_rules()

    def one_more():
        create_paper(item=item, title="卷", institution=author.institution, by=author)
        Blueprint.objects.create(
            item=item, institution=author.institution, created_by=author, name="图", rules=rules
        )

    def queries():
        with django_assert_max_num_queries(60) as captured:
            client.get(reverse(f"bank:{page}"))
        return len(captured)

    one_more()
    queries()
    few = queries()
    one_more()
    one_more()
    assert queries() == few


def test_paper_and_key_are_two_word_documents_that_others_can_read(item, author, write, client):
    stream = BytesIO()
    Image.new("RGB", (900, 300), "red").save(stream, "PNG")
    name = keep_image(SimpleUploadedFile("图.png", stream.getvalue()))
    first, second = (
        write(author, TRUE_FALSE),
        write(author, replace(SINGLE, stem="低压触电后应首先（ ）。", images=(name,))),
    )
    made = create_paper(item=item, title="期末", institution=author.institution, by=author)
    arrange(made, [first.pk, second.pk], by=author)
    client.force_login(author)

    def document(kind):
        response = client.get(reverse(f"bank:{kind}_word", args=[made.pk]))
        assert response["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E6%9C%9F%E6%9C%AB")
        return Document(BytesIO(response.content))

    paper, key = document("paper"), document("key")
    headings = [line.text for line in paper.paragraphs if line.style.name.startswith(("Heading", "Title"))]
    assert headings == ["期末", "一、判断题（共 1 题）", "二、单选题（共 1 题）"]
    words = "\n".join(line.text for line in paper.paragraphs)
    assert "1. 可以带电作业。（　　）" in words and words.count("（　　）") == 1 and "A. 切断电源" in words
    assert "先断电，再救人。" not in words and "满分 100 分，80 分合格" in words
    assert len(paper.inline_shapes) == 1
    assert "PAGE" in paper.sections[0].footer.paragraphs[0]._p.xml
    assert [[cell.text for cell in row.cells[:2]] for row in key.tables[0].rows] == [["1", "2"], ["错", "A"]]
    assert "先断电，再救人。" in "\n".join(line.text for line in key.paragraphs)


def test_saving_the_forms_balances_use(item, author, questions):
    plan = read_plan({"quotas": [{"type": "single", "count": 2}]})
    whole = {"item": item, "institution": author.institution}
    for seed in (1, 2):
        made = draw(plan, today=questions[0].created_at.date(), seed=seed, **whole)
        save_lot(plan, made, title="卷", seed=seed, by=author, **whole)
    assert {question.paper_entries.count() for question in Question.objects.all()} == {1}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_questions_are_dragged_into_order_and_out_of_the_bank(live_server, client, author, paper, questions):
    order = asked(paper)
    client.force_login(author)
    with browsing() as browser:
        context = browser.new_context(viewport={"width": 1440, "height": 1800})
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}{reverse('bank:paper', args=[paper.pk])}", wait_until="networkidle")
        top = {"x": 60, "y": 5}

        def shown():
            return page.eval_on_selector_all(".asked > li", "rows => rows.map(row => +row.dataset.question)")

        with page.expect_navigation(wait_until="networkidle"):
            page.drag_and_drop(".asked > li:nth-child(3)", ".asked > li:nth-child(1)", target_position=top)
        assert shown() == [order[2], order[0], order[1]]
        with page.expect_navigation(wait_until="networkidle"):
            page.drag_and_drop(".offered > li", ".asked > li:nth-child(2)", target_position=top)
        assert shown() == [order[2], questions[3].pk, order[0], order[1]]
        page.set_viewport_size({"width": 1440, "height": 400})
        with page.expect_navigation(wait_until="networkidle"):
            page.click(f"[name=up][value='{order[1]}']")
        assert page.evaluate("document.querySelector('main').scrollTop") > 0, "one goes on where one was"
        page.evaluate(
            "document.addEventListener('submit', (event) => event.preventDefault())"
        )  # takes for ever
        page.click(f"[name=up][value='{order[0]}']")
        page.wait_for_selector(".ak-waiting:has-text('正在处理')")


def test_a_blueprint_of_two_editors_loses_neithers_words(client, author, blueprint, person):
    address = reverse("bank:blueprint", args=[blueprint.pk])
    client.force_login(author)
    seen = client.get(address).context["seen"]
    row = {"type": ["single"], "knowledge_point": [""], "difficulty": [""], "count": ["1"], "minutes": ""}
    client.force_login(person(Role.AUTHOR))
    client.post(address, {"name": "同事改的", "seen": seen, **row})
    client.force_login(author)
    answer = client.post(address, {"name": "我改的", "seen": seen, **row})
    assert "别人刚刚改过这个蓝图（现名“同事改的”，1 道题）" in text(answer)
    assert 'value="我改的"' in text(answer) and Blueprint.objects.get().name == "同事改的"
    client.post(address, {"name": "我改的", "seen": answer.context["seen"], **row})
    assert Blueprint.objects.get().name == "我改的"


def test_a_time_that_nobody_set_follows_the_questions(client, author, item, questions):
    client.force_login(author)
    row = {"type": ["single"], "knowledge_point": [""], "difficulty": [""], "minutes": "", "name": "快"}
    client.post(reverse("bank:new_blueprint"), {"item": item.pk, "count": ["9"], **row})
    made = Blueprint.objects.get()
    client.post(reverse("bank:blueprint", args=[made.pk]), {"count": ["2"], **row})
    made.refresh_from_db()
    assert (made.rules, read_plan(made.rules).minutes) == ({"quotas": [{"type": "single", "count": 2}]}, 2)


def test_the_way_to_judging_is_offered_to_whom_it_leads_somewhere(client, author, paper, person):
    address = reverse("bank:paper", args=[paper.pk])
    client.force_login(author)
    page = text(client.get(address))
    assert "去审题" not in page and "请本机构同事或审核员审定" in page
    client.force_login(person(Role.AUTHOR))
    first = paper.entries.first().question_id
    assert reverse("bank:review", args=[first]) in text(client.get(address))


def test_who_has_nothing_to_judge_reads_how_many_of_their_own_wait(client, author, paper):
    client.force_login(author)
    assert "4 道等别人审定" in text(client.get(reverse("bank:review_done")))
