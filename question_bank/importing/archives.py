"""Zip files opened with limits: nothing is unpacked that could fill the machine."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from question_bank.importing.raw import Unreadable

MAX_MEMBERS = 20_000
MAX_UNPACKED = 400 * 1024**2  # bytes; 100,000 questions in a workbook are about 80 MB
MAX_RATIO = 120  # real workbooks stay below 40
RATIO_MATTERS_FROM = 20 * 1024**2  # bytes


def open_archive(data: bytes) -> ZipFile:
    """The archive, checked by what its directory declares. Raises Unreadable."""
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError) as error:
        raise Unreadable("文件是不完整的压缩包，可能没有传完；请重新取得文件后再导入。") from error
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("压缩包设有密码；请去掉密码后再导入。")
    if len(members) > MAX_MEMBERS:
        raise Unreadable(f"压缩包里有 {len(members)} 个文件，最多 {MAX_MEMBERS} 个；请分开导入。")
    is_dense = unpacked > RATIO_MATTERS_FROM and unpacked > MAX_RATIO * len(data)
    if unpacked > MAX_UNPACKED or is_dense:
        size = f"{unpacked / 1024**2:.0f} MB"
        raise Unreadable(f"文件解开后有 {size}，不像题库，像压缩炸弹，没有打开；请核对文件。")
    return archive
