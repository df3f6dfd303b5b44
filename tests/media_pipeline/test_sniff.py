"""What a file is, by its first bytes."""

import io
import os
import zipfile

import pytest

from media_pipeline.facts import Unreadable
from media_pipeline.opening.sniff import ALLOWED_DEMUXERS, demuxer_of, sniff


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("head", "demuxer"),
    [
        (b"\x00\x00\x00\x20ftypisom", "mov"),
        (b"\x00\x00\x00\x08wide\x00\x00", "mov"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", "webm"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", "matroska"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "avi"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "wav"),
        ((b"\x47" + bytes(187)) * 4, "mpegts"),
        ((bytes(4) + b"\x47" + bytes(187)) * 4, "mpegts"),
        (b"\x00\x00\x01\xba\x44", "mpeg"),
        (b"FLV\x01\x05", "flv"),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
        (b"ID3\x04\x00", "mp3"),
        (b"\xff\xfb\x90\x64\x00", "mp3"),
    ],
)
def test_a_media_file_is_known_by_its_first_bytes(head, demuxer):
    assert demuxer_of(head) == demuxer
    assert demuxer in ALLOWED_DEMUXERS.split(",")


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"", "文件是空的（0 字节）"),
        (b"ffconcat version 1.0\nfile other.mp4\n", "播放列表或拼接脚本"),
        (b"\xef\xbb\xbf#EXTM3U\n#EXT-X-VERSION:3\n", "播放列表或拼接脚本"),
        (b'<?xml version="1.0"?><MPD/>', "播放列表或拼接脚本"),
        ("安全培训讲稿".encode(), "文本文件"),
        ("安全培训讲稿".encode("gb18030"), "文本文件"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "图片（PNG）"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "图片（JPEG）"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "这是一张图片"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "这是一张图片"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 文档"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "导出为视频"),
        (zipped("[Content_Types].xml", "word/document.xml"), "Office 文档"),
        (zipped("课程.mp4"), "ZIP 压缩包"),
        (b"%PDF-1.7", "PDF 文档"),
        (b"\x07\x01\x02\x03\x80\x90" * 20, "认不出这是什么文件"),
    ],
)
def test_anything_else_is_refused_in_one_sentence_that_says_what_it_is(head, words):
    with pytest.raises(Unreadable) as refused:
        demuxer_of(head)
    assert words in refused.value.reason
    assert "\n" not in refused.value.reason


def test_a_file_that_is_not_there_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(Unreadable, match="文件不存在"):
        sniff(tmp_path / "没有.mp4")


def test_a_folder_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(Unreadable, match="文件夹"):
        sniff(tmp_path)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "课程.mp4")
    with pytest.raises(Unreadable, match="管道或设备"):
        sniff(tmp_path / "课程.mp4")
