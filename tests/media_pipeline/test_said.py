"""What is said and when: sentences, spoken standards, citations with their words and seconds."""

import pytest

from accounts.roles import Role
from catalog.citations.register import registered_titles
from media_pipeline import captioning, said
from media_pipeline.captions import Cue
from media_pipeline.captions.running import RunningText, sentences
from media_pipeline.captions.spoken_codes import as_printed
from tests.makers import make_user, make_video


@pytest.mark.parametrize(
    ("heard", "printed"),
    [
        ("按照GB三零八七一的规定", "按照GB 30871的规定"),
        ("按照gb 三零八七一杠二零二二", "按照GB 30871-2022"),
        ("G B 3 0 8 7 1要求", "GB 30871要求"),
        ("国标三零八七幺", "国标 30871"),
        ("执行AQ三零三四点一", "执行AQ 3034.1"),
        ("GB斜杠T一三八六九", "GB/T 13869"),
        ("一氧化碳含量不超过三十毫克", "一氧化碳含量不超过三十毫克"),
        ("三零八七一号车间", "三零八七一号车间"),
        ("GB是国家标准的代号", "GB是国家标准的代号"),
    ],
)
def test_a_spoken_code_is_printed_and_nothing_else_is_touched(heard, printed):
    text, places = as_printed(heard)
    assert (text, len(places)) == (printed, len(printed))
    assert places == sorted(places) and set(places) <= set(range(len(heard)))


def test_a_place_in_the_text_is_a_second_of_the_video():
    text = RunningText([Cue(10.0, 12.0, "先断电\n再验"), Cue(12.0, 13.0, "电")])
    at = text.text.index("验电")
    assert text.text == "先断电再验电"
    assert text.span(at, at + 2) == (11.6, 13.0)
    assert [cue.start_s for cue in text.cues_of(at, at + 2)] == [10.0, 12.0]


def test_latin_words_do_not_run_together_over_a_cut():
    text = RunningText([Cue(0, 1, "use\nPPE"), Cue(1, 2, "now 佩戴"), Cue(2, 3, "GB")]).text
    assert text == "use PPE now 佩戴GB"


def test_captions_become_sentences_at_full_stops_and_pauses():
    cues = [
        Cue(0, 2, "停电之后"),
        Cue(2, 4, "必须验电。"),
        Cue(4, 6, "氧含量不低于19."),
        Cue(6, 7, "5%"),
        Cue(9, 10, "下一节"),
    ]
    told = [(each.start_s, each.end_s, each.text) for each in sentences(cues)]
    assert told == [(0, 4, "停电之后必须验电。"), (4, 7, "氧含量不低于19.5%"), (9, 10, "下一节")]


@pytest.mark.django_db
def test_a_law_and_a_spoken_standard_are_found_with_their_words_and_seconds(django_assert_num_queries):
    author = make_user(Role.AUTHOR)
    video, other = make_video(by=author, duration_s=60), make_video(by=author, duration_s=60)
    cues = [
        Cue(1.0, 3.0, "大家好"),
        Cue(3.0, 6.0, "根据安全生产法第二十七条"),
        Cue(10.0, 12.0, "动火作业按照GB三零"),
        Cue(12.0, 14.0, "八七一执行"),
    ]
    captioning.save(video, cues, based_on=0, by=author, now=video.created_at)
    with django_assert_num_queries(1):
        found = list(said.citations_said([video, other], registered_titles()))
    law, standard = found
    assert (law.citation.title, law.citation.articles, law.video) == ("安全生产法", ("第二十七条",), video)
    assert (law.words, 3.0 < law.start_s < law.end_s <= 6.0) == ("根据安全生产法第二十七条", True)
    assert standard.citation.code == "GB 30871"
    assert (standard.words, standard.start_s) == ("动火作业按照GB三零八七一执行", 11.2)
    assert captioning.captions_of([video])[video.pk].cues == cues
    assert [each.text for each in said.sentences_said(video)][-1] == "动火作业按照GB三零八七一执行"
    assert said.sentences_said(other) == []
