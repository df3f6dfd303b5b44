"""Which kind of file this is, by its first bytes and never by its name."""

import stat
from pathlib import Path

from media_pipeline.facts import Unreadable

ALLOWED_DEMUXERS = "mov,mp4,matroska,webm,avi,mpegts,mpeg,flv,asf,mp3,wav"
"""The only formats ffmpeg and PyAV may open, as `-format_whitelist` takes them."""

HEAD_BYTES = 4096
SLIDES = "请在 PowerPoint 或 WPS 里「导出为视频」后再上传。"
CHOOSE = "请选视频文件，如 MP4。"
NEXT_STEP = "请导出为 MP4（H.264 + AAC）后再上传。"

_PLAIN = (
    (b"FLV\x01", "flv"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
    (b"\x00\x00\x01\xba", "mpeg"),
    (b"ID3", "mp3"),
)
_RIFF = {b"AVI ": "avi", b"WAVE": "wav"}
_BOXES = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"}
_IMAGE_BRANDS = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"}
_REFUSED = (
    (b"\x89PNG", f"这是一张图片（PNG），不是视频。{CHOOSE}"),
    (b"\xff\xd8\xff", f"这是一张图片（JPEG），不是视频。{CHOOSE}"),
    (b"GIF8", f"这是一张动图（GIF），不是视频。{CHOOSE}"),
    (b"BM", f"这是一张图片（BMP），不是视频。{CHOOSE}"),
    (b"II*\x00", f"这是一张图片（TIFF），不是视频。{CHOOSE}"),
    (b"MM\x00*", f"这是一张图片（TIFF），不是视频。{CHOOSE}"),
    (b"%PDF", f"这是 PDF 文档，不是视频。{CHOOSE}"),
    (b"\xd0\xcf\x11\xe0", f"这是旧版 Office 文档（doc、ppt 或 xls），不是视频。{SLIDES}"),
    (b"Rar!", "这是 RAR 压缩包，不是视频；请解压后上传其中的视频。"),
    (b"7z\xbc\xaf", "这是 7z 压缩包，不是视频；请解压后上传其中的视频。"),
    (b"MZ", f"这是 Windows 程序，不是视频。{CHOOSE}"),
    (b".RMF", f"这是 RealMedia 文件，平台不能处理。{NEXT_STEP}"),
)


def sniff(path: Path) -> str:
    """The demuxer to force for `path`, one of `ALLOWED_DEMUXERS`; raises `Unreadable` for anything else."""
    try:
        str(path).encode()  # bytes that are no UTF-8: no graph of ffmpeg-python and no JSON can hold them
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise Unreadable("这是一个文件夹，不是视频文件。")
        if not stat.S_ISREG(kind):  # a pipe would be waited for without end
            raise Unreadable("这是管道或设备，不是视频文件；请指定存好的视频文件。")
        with path.open("rb") as file:
            return demuxer_of(file.read(HEAD_BYTES))
    except UnicodeEncodeError:
        raise Unreadable("文件名里有无法识别的字符（不是 UTF-8）；请改名后再检查。") from None
    except FileNotFoundError:
        raise Unreadable("文件不存在。") from None
    except PermissionError:
        raise Unreadable("没有读取这个文件的权限。") from None
    except OSError as error:
        raise Unreadable(f"文件读不出来（{error.strerror}）；请重新复制或另选一个文件。") from None


def demuxer_of(head: bytes) -> str:
    """The demuxer for a file that begins with `head` (up to `HEAD_BYTES`); raises `Unreadable`."""
    if not head:
        raise Unreadable("文件是空的（0 字节），多半没有传完；请重新上传。")
    found = _by_signature(head) or _by_frame_sync(head)
    if not found:
        raise Unreadable(_refusal(head))
    return found


def _by_signature(head: bytes) -> str | None:
    for magic, demuxer in _PLAIN:
        if head.startswith(magic):
            return demuxer
    if head.startswith((b"RIFF", b"RF64")):
        return _RIFF.get(head[8:12])
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"webm" in head[:64] else "matroska"
    if head[4:8] in _BOXES and not (head[4:8] == b"ftyp" and head[8:12] in _IMAGE_BRANDS):
        return "mov"
    return None


def _by_frame_sync(head: bytes) -> str | None:
    """MPEG-TS (packets of 188 or 192 bytes) and bare MP3 have no signature, only a rhythm."""
    for size, offset in ((188, 0), (192, 4)):
        if len(head) > offset + 3 * size and all(head[offset + n * size] == 0x47 for n in range(4)):
            return "mpegts"
    is_mp3 = len(head) > 4 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 != 0xF0
    return "mp3" if is_mp3 else None


def _refusal(head: bytes) -> str:
    for magic, sentence in _REFUSED:
        if head.startswith(magic):
            return sentence
    if (head.startswith(b"RIFF") and head[8:12] == b"WEBP") or head[8:12] in _IMAGE_BRANDS:
        return f"这是一张图片，不是视频。{CHOOSE}"
    if head.startswith(b"PK\x03\x04"):
        return _refusal_of_zip(head)
    if _is_text(head):
        return _refusal_of_text(head)
    return f"认不出这是什么文件，不是平台能处理的视频格式。{NEXT_STEP}"


def _refusal_of_zip(head: bytes) -> str:
    if b"ppt/" in head:
        return f"这是 PPT 演示文稿，不是视频。{SLIDES}"
    if b"word/" in head or b"xl/" in head or b"[Content_Types].xml" in head:
        return f"这是 Office 文档，不是视频。{CHOOSE}"
    return "这是 ZIP 压缩包，不是视频；请解压后上传其中的视频。"


def _is_text(head: bytes) -> bool:
    return not any(byte < 9 or 13 < byte < 32 for byte in head)


def _refusal_of_text(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(
        (b"#extm3u", b"ffconcat", b"[playlist]", b"<?xml", b"<mpd", b"<smil", b"<asx", b"[reference]")
    ):
        return f"这是播放列表或拼接脚本，只指向别的文件，本身不是视频。{NEXT_STEP}"
    return f"这是一个文本文件，不是视频。{NEXT_STEP}"
