"""Old Word files (.doc), read through a converter of the machine."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from question_bank.importing.album import Album
from question_bank.importing.formats import docx, txt
from question_bank.importing.raw import RawQuestion, Unreadable

_OFFICE = ("soffice", "libreoffice")
_TEXT_CONVERTERS = {
    "antiword": ("-m", "UTF-8.txt", "-w", "0"),
    "catdoc": ("-d", "utf-8", "-w"),
}
_DEADLINE_S = 120
_ADVICE = "请用 Word 或 WPS 打开并另存为 .docx 后再导入"


def read(data: bytes, album: Album | None = None) -> list[RawQuestion]:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "bank.doc")
        source.write_bytes(data)
        if office := next(filter(None, map(shutil.which, _OFFICE)), None):
            return docx.read(_office(office, source), album)
        for name, options in _TEXT_CONVERTERS.items():
            if (command := shutil.which(name)) and (text := _run([command, *options, str(source)])).strip():
                return txt.read(text)
    tools = [*_OFFICE, *_TEXT_CONVERTERS]
    if not any(map(shutil.which, tools)):
        raise Unreadable(f"读 .doc 文件需要安装 LibreOffice（或 antiword、catdoc），本机没有；{_ADVICE}。")
    raise Unreadable(f"这个 .doc 文件转换不了，可能已加密或损坏；{_ADVICE}。")


def _office(office: str, source: Path) -> bytes:
    profile = f"-env:UserInstallation=file://{source.parent}/profile"
    _run([office, profile, "--headless", "--convert-to", "docx", "--outdir", str(source.parent), str(source)])
    converted = source.with_suffix(".docx")
    if not converted.exists():
        raise Unreadable(f"LibreOffice 没能转换这个 .doc 文件，可能已加密或损坏；{_ADVICE}。")
    return converted.read_bytes()


def _run(command: list[str]) -> bytes:
    """What a converter prints; nothing when it fails."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=_DEADLINE_S, check=True)
    except (subprocess.SubprocessError, OSError):
        return b""
    return done.stdout
