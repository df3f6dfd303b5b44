"""What may be uploaded: by whom, how much, under which name. Each refusal says what to do."""

from django.conf import settings
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat

from accounts.models import Institution, User
from accounts.roles import Role
from media_pipeline.models import Video
from media_pipeline.receiving import storage
from media_pipeline.receiving.refusals import DiskFull, NotAllowed, Refusal, TooLarge


def largest_bytes() -> int:
    """The most that one video may have."""
    return getattr(settings, "MEDIA_LARGEST_UPLOAD_BYTES", 20 * 1024**3)


def check_author(by: User) -> None:
    """Raise `NotAllowed` unless `by` writes courses for an institution."""
    if not by.has_role(Role.AUTHOR):
        raise NotAllowed("只有课程作者可以上传视频。请让平台管理员为您的账号添加「课程作者」角色。")
    if by.institution_id is None:
        raise NotAllowed("您的账号还没有所属机构，不能上传视频。请联系平台管理员设置。")


def check_length(length: int) -> None:
    """Raise a `Refusal` for a file of `length` bytes: empty, longer than may be, or without room."""
    if length <= 0:
        raise Refusal("文件是空的（0 字节）。请重新导出视频后再上传。")
    if length > largest_bytes():
        raise TooLarge(
            f"文件 {_bytes(length)}，超过单个视频上限 {_bytes(largest_bytes())}。请降低码率或分段后再上传。"
        )
    if length > storage.free_bytes():
        raise DiskFull(f"服务器磁盘空间不足，放不下 {_bytes(length)}。请联系平台管理员清理后再上传。")


def check_quota(institution: Institution, length: int) -> None:
    """Raise `TooLarge` when the institution may not keep `length` bytes more; hold its row locked."""
    videos = Video.objects.filter(institution=institution).occupying_disk()
    used = videos.aggregate(total=Sum("size"))["total"] or 0
    allowed = institution.upload_quota_bytes
    if used + length > allowed:
        raise TooLarge(
            f"{institution.name}的视频空间共 {_bytes(allowed)}，已用 {_bytes(used)}，"
            f"放不下 {_bytes(length)}。请联系平台管理员扩大空间。"
        )


def clean_name(name: str) -> str:
    """The last part of a path without control characters, at most 255 long; a label, never a path of ours."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(each for each in last if each.isprintable()).strip()[-255:] or "未命名视频"


def _bytes(count: int) -> str:
    return filesizeformat(count).replace("\xa0", " ")
