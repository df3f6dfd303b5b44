"""Questions made of awkward pieces by chance go out in every format and come back the same."""

import io
import random
from datetime import date

import pytest
from PIL import Image

from question_bank.content import Content
from question_bank.exporting.entry import Entry
from question_bank.exporting.writing import WRITERS, export

PIECES = (
    *(
        "×√",
        "a < b & c > d",
        "{x} = ~y # z",
        "\\n 不是换行",
        "1,5 \"引号\" '单'",
        "全角ＡＢＣ１２３：；",
        "$$x^2$$",
    ),
    *(
        "=1+1",
        "@x",
        "-5 ℃",
        "+86",
        r"\frac{a}{b}",
        "😀🧯",
        "（ ）",
        "见 A. 所示 B. 族",
        "A、B 两相",
        "答案：C",
        "解析：无",
    ),
    *(
        "(A)",
        "（B）类火灾",
        "1. 其一",
        "12、其二",
        "（三）其三",
        "第一章 总则",
        "一、单选题",
        "难度：易",
        "判断题",
        "F",
    ),
    *(
        "A强制性",
        "正确",
        "10² mm ≥ ½",
        "<b>粗</b>",
        "// 注释",
        "::名::",
        "[html]",
        "->",
        "%50%",
        "。C",
        "\u3000空格 两个  空格",
    ),
    *(
        "【答案】D",
        "【难度】难",
        "知识点:无",
        "http://x.cn/?a=1&b=2",
        "一行\n又一行",
        "\t制表\t符",
        "对",
        "√",
        "B√",
        "##",
        "**",
        "|",
    ),
    *(
        "[B]",
        "（√）先断电",
        "学生答案：B",
        "得分：5",
        "标答：D",
        "答案=B",
        "故选：A",
        "A、",
        "A-C",
        "(1)A (2)C",
        "○A. 甲",
        "甲（正确答案）",
        "（√） 2. 乙（×）",
    ),
)
SEEDS = range(3)
NEVER = {"aiken": {"题干或选项的换行", "解析", "难度", "知识点", "配图", "有效期"}}


def picture(chance):
    stream = io.BytesIO()
    Image.new("RGB", (chance.randint(1, 9), 9), (chance.randint(0, 255), 9, 9)).save(stream, "PNG")
    return stream.getvalue()


def text(chance, label, most=3):
    words = [chance.choice(PIECES) for _ in range(chance.randint(1, most))]
    return f"{label}{chance.choice(('', ' ', '：')).join(words)}".strip()


def entry(chance, number):
    kind = chance.choice(("true_false", "single", "multiple"))
    count = 0 if kind == "true_false" else chance.randint(3, 6)
    letters = "ABCDEF"[:count]
    answer = {
        "true_false": lambda: (chance.choice("TF"),),
        "single": lambda: (chance.choice(letters),),
        "multiple": lambda: tuple(sorted(chance.sample(letters, chance.randint(2, count)))),
    }[kind]()
    pictures = tuple({picture(chance): None for _ in range(chance.choice((0, 0, 1, 3)))})
    labels = "".join(f"〔图{at}〕" for at in range(1, len(pictures) + 1) if chance.random() < 0.7)
    content = Content(
        type=kind,
        stem=text(chance, chance.choice(("", f"第{number}问", "甲"))) + f"\n编号{number}{labels}",
        options=tuple(f"{text(chance, '', 2)}{chance.choice(('', ' '))}项{at}" for at in range(count)),
        answer=answer,
        explanation=chance.choice(("", text(chance, "", 4))),
        difficulty=chance.choice((None, 1, 2, 3)),
        images=tuple(f"{at}.png" for at in range(len(pictures))),
        valid_from=chance.choice((None, date(2024, 7, 1))),
        valid_to=chance.choice((None, date(2030, 12, 31))),
    )
    points = tuple(chance.sample(("触电急救", "A. 类", "100 V 以上", "对"), chance.randint(0, 2)))
    return Entry(content, points, pictures)


@pytest.mark.parametrize("format", sorted(set(WRITERS) - {"aiken"}))
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_on_the_way_out_and_back(format, seed):
    chance = random.Random(seed)
    entries = [entry(chance, number) for number in range(40)]
    losses = export(entries, "题库 A/B & <C>", format).losses
    assert ([one.content for one in losses.questions], losses.fields) == ([], {})


@pytest.mark.parametrize("seed", SEEDS)
def test_aiken_says_what_it_cannot_hold(seed):
    chance = random.Random(seed)
    entries = [entry(chance, number) for number in range(40)]
    losses = export(entries, "题库", "aiken").losses
    assert set(losses.fields) <= NEVER["aiken"]
    assert {one.content.type for one in entries if one.content.type == "multiple"} <= {
        one.content.type for one in losses.questions
    }
    assert all("aiken 格式" in sentence for sentence in losses.said("aiken"))
