"""What a revision changes against the release in force, in sentences a reviewer reads first."""

from collections.abc import Iterator
from typing import Any

from wagtail.models import Revision

from cms.models import Course
from cms.review.manifests import fingerprint, manifest_of

WORDS = {
    "title": "课程名称",
    "item": "操作项目",
    "kind": "培训类型",
    "institution": "机构名称",
    "objectives": "教学目标",
    "summary": "内容简介",
    "hours": "学时",
    "rights": "版权",
}


def changes_since_release(draft: Course, revision: Revision) -> list[str] | None:
    """Sentences, none when nothing differs; `None` for a course that was never published."""
    release = draft.releases.exclude(revision=revision).order_by("-number").first()
    if release is None:
        return None
    return list(differences(release.manifest, manifest_of(draft)))


def is_news(course: Course, draft: Course) -> bool:
    """Whether `draft` says what institutions cannot read yet; its questions may have changed alone."""
    newest = course.releases.filter(superseded_at=None).first()
    if newest is None or newest.withdrawn_at:
        return True
    return fingerprint(manifest_of(draft)) != newest.manifest_sha256


def differences(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """The differences of two manifests, from the whole to the parts."""
    for name, word in WORDS.items():
        if old["course"][name] != new["course"][name]:
            yield f"改了{word}"
    if old["instructors"] != new["instructors"]:
        yield "改了授课教师"
    if (old["citations"], old.get("confirmed")) != (new["citations"], new.get("confirmed")):
        yield "改了法规引用"
    yield from _lessons(_by_key(old["lessons"]), _by_key(new["lessons"]))


def _by_key(lessons: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {lesson["key"]: lesson for lesson in lessons}


def _lessons(old: dict[str, dict], new: dict[str, dict]) -> Iterator[str]:
    for key, lesson in old.items():
        if key not in new:
            yield f"移除了课时「{lesson['title']}」"
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield "调整了课时的先后"
    for key, lesson in new.items():
        if key not in old:
            yield f"新增了课时「{lesson['title']}」"
        else:
            yield from _lesson(old[key], lesson)


def _lesson(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    if old["title"] != new["title"]:
        yield f"课时「{old['title']}」改名为「{new['title']}」"
    if old.get("citations") != new.get("citations"):
        yield f"「{new['title']}」确认的法规依据有变"
    if _dates(old) != _dates(new):
        yield f"「{new['title']}」改了启用、停用日期"
    if _sha(old) != _sha(new):
        yield f"「{new['title']}」换了视频"
    else:
        yield from _same_video(new["title"], old["video"] or {}, new["video"] or {})
    before = {question["id"]: question for question in old["questions"]}
    after = {question["id"]: question for question in new["questions"]}
    added, removed = len(after.keys() - before.keys()), len(before.keys() - after.keys())
    edited = sum(before[key] != after[key] for key in before.keys() & after.keys())
    if added or removed or edited:
        yield f"「{new['title']}」的题目：新增 {added} 道，移除 {removed} 道，改动 {edited} 道"


def _dates(lesson: dict[str, Any]) -> tuple[str | None, str | None]:
    return lesson.get("valid_from"), lesson.get("valid_to")


def _same_video(title: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """What else is said of the same bytes."""
    if old.get("captions") != new.get("captions"):
        yield f"「{title}」改了字幕"
    if old.get("checks") != new.get("checks"):
        yield f"「{title}」的检查结果或复核意见有变"


def _sha(lesson: dict[str, Any]) -> str:
    return lesson["video"]["sha256"] if lesson["video"] else ""
