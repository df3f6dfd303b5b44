"""Old Word files (.doc), read through a converter of the machine."""

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

from xlrd.compdoc import CompDoc

from question_bank.importing.album import Album
from question_bank.importing.formats import docx, txt
from question_bank.importing.raw import RawQuestion, Unreadable

_OFFICE = ("soffice", "libreoffice")
_TEXT_CONVERTERS = {
    "antiword": ("-m", "UTF-8.txt", "-w", "0"),
    "catdoc": ("-d", "utf-8", "-w"),
}
_DEADLINE_S = 120
_FLAGS = 11  # the byte that holds fEncrypted
_ADVICE = "请用 Word 或 WPS 打开并另存为 .docx 后再导入"


def read(data: bytes, album: Album | None = None) -> list[RawQuestion]:
    if _is_encrypted(data):
        raise Unreadable("文件设有打开密码；请去掉密码后再导入。")
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
    raise Unreadable(f"这个 .doc 文件转换不了，可能已损坏；{_ADVICE}。")


def _is_encrypted(data: bytes) -> bool:
    """What Word itself notes at the beginning of its text ([MS-DOC] 2.5.1, fEncrypted)."""
    try:
        head = CompDoc(data, logfile=io.StringIO()).get_named_stream("WordDocument") or b""
    except Exception:  # on bytes made by anybody the parser raises anything; the converter says what is wrong
        return False
    return len(head) > _FLAGS and bool(head[_FLAGS] & 1)


def _office(office: str, source: Path) -> bytes:
    profile = f"-env:UserInstallation=file://{source.parent}/profile"
    _run([office, profile, "--headless", "--convert-to", "docx", "--outdir", str(source.parent), str(source)])
    converted = source.with_suffix(".docx")
    if not converted.exists():
        raise Unreadable(f"LibreOffice 没能转换这个 .doc 文件，可能已损坏；{_ADVICE}。")
    return converted.read_bytes()


def _run(command: list[str]) -> bytes:
    """What a converter prints; nothing when it fails."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=_DEADLINE_S, check=True)
    except (subprocess.SubprocessError, OSError):
        return b""
    return done.stdout
