"""The act of making renditions: from a job to checked files and their rows."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.core.files.storage import default_storage
from django.template.defaultfilters import filesizeformat

from media_pipeline.facts import Probed
from media_pipeline.jobs.working import Report, Store
from media_pipeline.keeping.copies import workplace
from media_pipeline.keeping.refusals import NotNow
from media_pipeline.models import Job, Rendition
from media_pipeline.opening.probe import probe
from media_pipeline.opening.sniff import sniff
from media_pipeline.receiving import storage
from media_pipeline.receiving.originals import at_hand
from media_pipeline.renditions import checking, encoding, shelf, stills
from media_pipeline.renditions.ladder import Target, largest_bytes, targets
from media_pipeline.renditions.storyboard import storyboard

ENCODED, CHECKED = 0.75, 0.95  # parts of the whole work that are done by then


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file and how large its picture is; `every_s` for a sheet of thumbnails."""

    kind: str
    path: Path
    width: int
    height: int
    number: int = 0
    every_s: int | None = None


def make(job_id: UUID, report: Report) -> Store:
    """Make and check all renditions of the job's bytes. A file without a picture has none."""
    sha256 = Job.objects.get(pk=job_id).key
    with at_hand(sha256=sha256, on_stage=lambda stage: report(0.0, stage)) as path, workplace() as folder:
        probed = probe(path, sniff(path), on_tick=lambda: report(0.0, "读取文件结构"))
        made = _make(path, probed, folder, report) if probed.video else []
        rows = _keep(job_id, made, shelf.new_folder(sha256), report)
    return lambda now: _store(job_id, rows, now)


def _make(path: Path, probed: Probed, folder: Path, report: Report) -> list[Made]:
    video, duration_s = probed.video, probed.container.duration_s
    wanted = targets(video.width, video.height, pixel_aspect=video.pixel_aspect, rotation=video.rotation)
    _check_space(wanted, duration_s)
    files = {target: folder / f"{target.quality.kind}.mp4" for target in wanted}
    watched = encoding.encode(path, probed, files, lambda done: report(ENCODED * done, "转码"))
    _check(files, checking.Original(probed, watched), report)
    return [
        *(Made(target.quality.kind, file, target.width, target.height) for target, file in files.items()),
        *_stills(files, folder, duration_s, report),
    ]


def _check_space(wanted: list[Target], duration_s: float) -> None:
    needed = largest_bytes(wanted, duration_s)
    if needed > storage.free_bytes():
        size = filesizeformat(needed).replace("\xa0", " ")
        raise NotNow(f"服务器磁盘放不下转码结果（最多 {size}），腾出空间后自动再试")


def _check(files: dict[Target, Path], original: checking.Original, report: Report) -> None:
    for number, (target, file) in enumerate(files.items()):
        done = ENCODED + (CHECKED - ENCODED) * number / len(files)
        checking.check(file, target, original, on_tick=lambda done=done: report(done, "核对转码结果"))
    checking.check_alignment(files.values())


def _stills(files: dict[Target, Path], folder: Path, duration_s: float, report: Report) -> list[Made]:
    smallest, *_, largest = [*files, *files]
    board = storyboard(duration_s, width=smallest.width, height=smallest.height)
    poster = folder / "poster.jpg"
    stills.make_poster(files[largest], poster, duration_s)
    sheets = stills.make_sprites(
        files[smallest], board, folder, duration_s, lambda: report(CHECKED, "制作封面和缩略图")
    )
    return [
        Made("poster", poster, largest.width, largest.height),
        *(
            Made("sprite", sheet, board.width, board.height, number, board.every_s)
            for number, sheet in enumerate(sheets)
        ),
    ]


def _keep(job_id: UUID, made: list[Made], folder: str, report: Report) -> list[Rendition]:
    rows = []
    for each in made:
        report(CHECKED, "存放转码结果")
        rows.append(_row(job_id, each, f"{folder}/{each.path.name}"))
        default_storage.take(each.path, rows[-1].name, sha256=rows[-1].sha256)
    return rows


def _row(job_id: UUID, made: Made, name: str) -> Rendition:
    with made.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Rendition(
        job_id=job_id,
        kind=made.kind,
        number=made.number,
        name=name,
        sha256=digest,
        size=made.path.stat().st_size,
        width=made.width,
        height=made.height,
        every_s=made.every_s,
    )


def _store(job_id: UUID, rows: list[Rendition], now: datetime) -> None:
    """In place of those of an earlier round, whose files the sweep takes away."""
    Rendition.objects.filter(job=job_id).delete()
    for row in rows:
        row.created_at = now
    Rendition.objects.bulk_create(rows)
