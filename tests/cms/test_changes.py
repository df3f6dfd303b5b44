"""What a reviewer reads first: every difference to the release in force, in words and in one order."""

import pytest

from cms.review.changes import differences


def manifest(*lessons, **course):
    words = ("title", "item", "kind", "institution", "objectives", "summary", "hours", "rights")
    return {
        "course": dict.fromkeys(words, "一") | course,
        "instructors": [],
        "citations": [],
        "lessons": list(lessons),
    }


def lesson(key, **changed):
    video = {"sha256": "a", "checks": [{"id": "clarity", "verdict": "pass"}]}
    return {"key": key, "title": f"课时{key}", "video": video, "questions": []} | changed


OVERRULED = {"sha256": "a", "checks": [{"id": "clarity", "verdict": "pass", "overruled": {"by": "李"}}]}
SEVERAL = [lesson(key) for key in "甲乙丙丁戊"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (manifest(*SEVERAL), manifest(*SEVERAL), []),
        (manifest(item="so-elec-lv"), manifest(item="so-elec-hv"), ["改了操作项目"]),
        (manifest(kind="new"), manifest(kind="renewal"), ["改了培训类型"]),
        (manifest(*SEVERAL), manifest(), [f"移除了课时「课时{key}」" for key in "甲乙丙丁戊"]),
        (manifest(*SEVERAL), manifest(*reversed(SEVERAL)), ["调整了课时的先后"]),
        (manifest(lesson("甲")), manifest(lesson("甲", title="急救")), ["课时「课时甲」改名为「急救」"]),
        (
            manifest(lesson("甲")),
            manifest(lesson("甲", video=OVERRULED)),
            ["「课时甲」的检查结果或复核意见有变"],
        ),
        (manifest(lesson("甲")), manifest(lesson("甲", video=None)), ["「课时甲」换了视频"]),
    ],
)
def test_each_difference_is_said_once(old, new, said):
    assert list(differences(old, new)) == said
