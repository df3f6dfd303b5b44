"""tus over HTTP, its refusals, and what is left of an upload when the process dies at the worst moment."""

import base64
import datetime as dt
import hashlib
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from accounts.models import Institution
from accounts.roles import Role
from media_pipeline.jobs import sweeping
from media_pipeline.keeping.folder import FolderStorage
from media_pipeline.keeping.refusals import DOWN, NotNow
from media_pipeline.models import Job, Upload, Video
from media_pipeline.receiving import completion, hashing, storage, uploads

pytestmark = pytest.mark.django_db

FILM = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(256)) * 800  # begins as MP4
DIGEST = hashlib.sha256(FILM).hexdigest()
NO_FILM = "安全生产".encode() * 20_000


class Killed(BaseException):
    """The process is gone; nothing of ours catches it."""


@pytest.fixture
def web(author) -> Client:
    client = Client()
    client.force_login(author)
    return client


def post(web: Client, length: object = len(FILM), name: str = "触电急救.mp4", **headers: str):
    metadata = "filename " + base64.b64encode(name.encode()).decode()
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(length), "Upload-Metadata": metadata} | headers
    return web.generic("POST", "/uploads/", headers=headers)


def patch(web: Client, location: str, at: int, piece: bytes, **headers: str):
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(at)} | headers
    return web.generic(
        "PATCH", location, piece, content_type="application/offset+octet-stream", headers=headers
    )


def head(web: Client, location: str):
    return web.head(location, headers={"Tus-Resumable": "1.0.0"})


def said(response) -> tuple[int, str]:
    return response.status_code, response.content.decode()


def open_upload(web: Client, content: bytes = FILM) -> str:
    return post(web, len(content))["Location"]


def outcome(location: str) -> tuple:
    """State, hash, stored bytes and what is left in the upload folder."""
    video = Video.objects.with_inspection().get(pk=location.split("/")[2])
    stored = b"".join(default_storage.span(video.file.name)) if video.file else None
    return video.state, video.sha256, stored, storage.upload_folder(video.pk).exists()


COMPLETE = ("inspecting", DIGEST, FILM, False)


def test_the_server_says_what_it_speaks():
    response = Client().options("/uploads/")
    assert (response.status_code, response["Tus-Version"]) == (204, "1.0.0")
    assert response["Tus-Extension"] == "creation,termination,expiration"
    assert response["Tus-Max-Size"] == str(20 * 1024**3)


def test_an_upload_is_created_with_its_video(web, author):
    response = post(web)
    video = Video.objects.get()
    assert (response.status_code, response["Location"]) == (201, f"/uploads/{video.pk}/")
    assert (video.original_name, video.size, video.state) == ("触电急救.mp4", len(FILM), "uploading")
    assert (video.institution, video.uploaded_by) == (author.institution, author)
    assert "Upload-Expires" in response


def test_a_file_in_three_pieces_becomes_a_video_under_inspection(web):
    location, third = open_upload(web), len(FILM) // 3
    reached = []
    for at, piece in ((0, FILM[:third]), (third, FILM[third : 2 * third]), (2 * third, FILM[2 * third :])):
        response = patch(web, location, at, piece)
        reached.append((response.status_code, int(response["Upload-Offset"])))
    assert reached == [(204, third), (204, 2 * third), (204, len(FILM))]
    assert outcome(location) == COMPLETE
    assert Job.objects.get().key == DIGEST
    assert head(web, location)["Upload-Offset"] == str(len(FILM))


def test_a_piece_after_a_restart_of_the_server_gives_the_same_hash(web):
    location = open_upload(web)
    patch(web, location, 0, FILM[:1000])
    hashing.hashes._hashes.clear()
    patch(web, location, 1000, FILM[1000:])
    assert outcome(location) == COMPLETE


def test_the_same_bytes_twice_are_two_videos_and_one_job(web):
    for _ in range(2):
        patch(web, open_upload(web), 0, FILM)
    assert [video.job for video in Video.objects.all()] == [Job.objects.get()] * 2


def test_a_piece_at_the_wrong_place_is_refused_and_changes_nothing(web):
    location = open_upload(web)
    patch(web, location, 0, FILM[:1000])
    sentence = "服务器已收到 1000 字节，而这一段从 500 字节开始。请从已收到处继续。"
    assert said(patch(web, location, 500, FILM[500:])) == (409, sentence)
    assert head(web, location)["Upload-Offset"] == "1000"


def test_more_bytes_than_declared_are_refused_before_any_is_written(web):
    location = open_upload(web, FILM[:1000])
    status, sentence = said(patch(web, location, 0, FILM))
    assert (status, sentence) == (
        413,
        "收到的内容超过了声明的 1000 字节。文件可能在上传中被改动，请重新上传。",
    )
    assert head(web, location)["Upload-Offset"] == "0"


def test_a_second_request_for_the_same_upload_is_turned_away(web):
    location = open_upload(web)
    with storage.locked(Video.objects.get().pk):
        response = patch(web, location, 0, FILM)
        assert head(web, location)["Upload-Offset"] == "0"
    assert said(response) == (423, "另一个窗口或连接正在上传这个文件，请稍候再试。")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (NO_FILM, "这是一个文本文件，不是视频。请导出为 MP4（H.264 + AAC）后再上传。"),
        (b"ID3\x04" + bytes(70_000), "这是音频文件，没有画面。请上传带画面的视频。"),
    ],
    ids=["text", "sound"],
)
def test_what_is_no_video_is_refused_at_its_first_piece_and_deleted(web, content, sentence):
    location = open_upload(web, content)
    assert said(patch(web, location, 0, content[: 64 * 1024])) == (415, sentence)
    assert outcome(location) == ("refused", "", None, False)
    assert head(web, location).status_code == 410
    assert said(patch(web, location, 64 * 1024, content[64 * 1024 :])) == (410, sentence)
    assert Job.objects.count() == 0


def test_the_author_can_give_up(web):
    location = open_upload(web)
    patch(web, location, 0, FILM[:1000])
    response = web.delete(location, headers={"Tus-Resumable": "1.0.0"})
    assert response.status_code == 204
    assert outcome(location) == ("refused", "", None, False)
    assert Upload.objects.get().error == "上传已取消。"


def test_a_complete_video_is_not_given_up_by_its_upload_address(web):
    location = open_upload(web)
    patch(web, location, 0, FILM)
    response = web.delete(location, headers={"Tus-Resumable": "1.0.0"})
    assert said(response) == (403, "视频已经上传完成，不能再取消上传。")
    assert outcome(location)[:3] == COMPLETE[:3]


@pytest.mark.parametrize("method", ["head", "patch", "delete"])
def test_the_upload_of_somebody_else_does_not_exist(web, person, author, method):
    location = open_upload(web)
    web.force_login(person(Role.AUTHOR, Role.ADMIN, institution=author.institution.name))
    response = getattr(web, method)(location, headers={"Tus-Resumable": "1.0.0"})
    assert response.status_code == 404


@pytest.mark.parametrize(
    ("headers", "answer"),
    [
        ({"Upload-Length": "0"}, (400, "文件是空的（0 字节）。请重新导出视频后再上传。")),
        ({"Upload-Length": ""}, (400, "上传请求缺少 Upload-Length。")),
        ({"Upload-Length": "-5"}, (400, "上传请求的 Upload-Length 应为非负整数，收到「-5」。")),
        ({"Upload-Length": "１２"}, (400, "上传请求的 Upload-Length 应为非负整数，收到「１２」。")),
        ({"Upload-Metadata": "filename ****"}, (400, "上传请求的文件名无法读取，应为 base64 编码的 UTF-8。")),
        ({"Upload-Metadata": "filename gA=="}, (400, "上传请求的文件名无法读取，应为 base64 编码的 UTF-8。")),
        ({"Tus-Resumable": "0.2.2"}, (412, "上传协议应为 tus 1.0.0（请求头 Tus-Resumable）。")),
    ],
    ids=["empty", "no length", "negative", "wide digits", "no base64", "no utf-8", "old protocol"],
)
def test_a_malformed_request_gets_one_sentence_and_leaves_nothing(web, headers, answer):
    assert said(post(web, **headers)) == answer
    assert Video.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\片子\\触电.mp4", "触电.mp4"),
        ("\n\x00", "未命名视频"),
        ("长" * 400, "长" * 255),
    ],
    ids=["unix path", "windows path", "control characters", "too long"],
)
def test_a_file_name_is_a_label_and_never_a_path(web, name, kept):
    post(web, name=name)
    assert Video.objects.get().original_name == kept


def test_only_authors_upload(web, person):
    web.force_login(person(Role.REVIEWER, institution="甲培训中心"))
    sentence = "只有课程作者可以上传视频。请让平台管理员为您的账号添加「课程作者」角色。"
    assert said(post(web)) == (403, sentence)


def test_an_author_without_institution_is_told_what_is_missing(web, person):
    web.force_login(person(Role.AUTHOR))
    assert said(post(web)) == (403, "您的账号还没有所属机构，不能上传视频。请联系平台管理员设置。")


def test_who_is_logged_out_is_asked_to_log_in():
    assert said(post(Client())) == (401, "登录已失效，请重新登录后继续上传，已上传的部分会保留。")


def test_a_request_without_csrf_token_is_refused(author):
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    assert post(client).status_code == 403
    assert Video.objects.count() == 0


def test_the_space_of_an_institution_counts_what_is_on_its_way(web, monkeypatch):
    monkeypatch.setattr(Institution, "upload_quota_bytes", 2 * 1024**2)
    post(web, 1024**2)
    assert said(post(web, 1024**2 + 1)) == (
        413,
        "甲培训中心的视频空间共 2.0 MB，已用 1.0 MB，放不下 1.0 MB。请联系平台管理员扩大空间。",
    )
    assert post(web, 1024**2).status_code == 201


def test_a_refused_upload_gives_its_space_back(web, monkeypatch):
    monkeypatch.setattr(Institution, "upload_quota_bytes", len(FILM))
    web.delete(open_upload(web), headers={"Tus-Resumable": "1.0.0"})
    assert post(web).status_code == 201


def test_a_file_larger_than_any_video_is_refused(web, settings):
    settings.MEDIA_LARGEST_UPLOAD_BYTES = 1024**2
    sentence = "文件 2.0 MB，超过单个视频上限 1.0 MB。请降低码率或分段后再上传。"
    assert said(post(web, 2 * 1024**2)) == (413, sentence)


def test_a_reserve_of_the_disk_is_kept(web, settings):
    settings.MEDIA_DISK_RESERVE_BYTES = 1024**6
    status, sentence = said(post(web))
    assert (status, sentence[:12]) == (507, "服务器磁盘空间不足，放不")


def test_a_file_of_this_machine_goes_the_same_way(author, now, tmp_path):
    (tmp_path / "触电急救.mp4").write_bytes(FILM)
    video = uploads.add_file(tmp_path / "触电急救.mp4", by=author, now=now)
    assert (video.original_name, video.completed_at) == ("触电急救.mp4", now)
    assert outcome(f"/uploads/{video.pk}/") == COMPLETE


# A process that dies at the worst moment


CRASHES = {
    "after the last byte": (completion, "advance"),
    "while hashing": (hashing.HashesInProgress, "finish"),
    "before the move": (FolderStorage, "take"),
    "after the move": (completion.inspecting, "request"),
    "after the commit": (storage, "erase_upload"),
}


@pytest.fixture(params=CRASHES, ids=str)
def crashed(request, web, monkeypatch) -> str:
    """The address of an upload whose last piece met a kill."""

    def die(*args, **kwargs):
        raise Killed

    location = open_upload(web)
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(*CRASHES[request.param], die)
        patch(web, location, 0, FILM)
    hashing.hashes._hashes.clear()
    return location


def test_after_a_crash_the_client_finds_the_upload_complete(web, crashed):
    assert head(web, crashed)["Upload-Offset"] == str(len(FILM))
    assert outcome(crashed)[:3] == COMPLETE[:3]


def test_after_a_crash_the_sweep_completes_the_upload_and_tidies_up(crashed, now):
    sweeping.sweep(now)
    sweeping.sweep(now)
    assert outcome(crashed) == COMPLETE
    assert Job.objects.count() == 1


@pytest.fixture
def away(web, monkeypatch, now) -> str:
    """The address of an upload whose last piece came while the storage was out of reach."""

    def fail(*args, **kwargs):
        raise NotNow(DOWN)

    location = open_upload(web)
    with monkeypatch.context() as patched:
        patched.setattr(FolderStorage, "take", fail)
        assert patch(web, location, 0, FILM).status_code == 204
        assert head(web, location)["Upload-Offset"] == str(len(FILM))
        sweeping.sweep(now + uploads.KEPT_FOR * 2)
    assert outcome(location) == ("received", "", None, True)
    kept = hashing.hashes._hashes[UUID(location.split("/")[2])]
    assert kept.size == len(FILM)  # hashed once, however often it is tried
    return location


def test_while_the_storage_is_away_the_bytes_wait_and_the_sweep_completes_the_upload(away, now):
    sweeping.sweep(now)
    assert outcome(away) == COMPLETE


def test_a_connection_that_breaks_off_keeps_what_arrived(web, author, now):
    upload = uploads.create(by=author, name="触电.mp4", length=len(FILM), now=now)

    def broken():
        yield FILM[:100_000]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        uploads.append(upload, at=0, size=len(FILM), pieces=broken(), now=now)
    assert uploads.offset(upload) == 100_000
    uploads.append(upload, at=100_000, size=len(FILM) - 100_000, pieces=[FILM[100_000:]], now=now)
    assert outcome(f"/uploads/{upload.pk}/") == COMPLETE


def test_an_upload_nobody_continues_is_cleared_after_three_days(web, author, now):
    upload = uploads.create(by=author, name="触电.mp4", length=len(FILM), now=now)
    uploads.append(upload, at=0, size=1000, pieces=[FILM[:1000]], now=now + dt.timedelta(days=2))
    sweeping.sweep(now + dt.timedelta(days=4))
    assert uploads.offset(Upload.objects.get()) == 1000
    sweeping.sweep(now + dt.timedelta(days=5))
    assert outcome(f"/uploads/{upload.pk}/") == ("refused", "", None, False)
    assert Upload.objects.get().error == "上传中断超过 3 天，已清除。请重新上传。"
