"""`transcript_model status|verify|download NAME|import DIR`: the model files of speech recognition.

Only this command ever reaches for the network, and only for `download`; workers never do.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from media_pipeline.jobs import transcribing
from media_pipeline.transcripts import downloading, model_files
from media_pipeline.transcripts.known_models import KNOWN
from media_pipeline.transcripts.model_files import NoModel, Verified


class Command(BaseCommand):
    help = "语音识别模型：查看、校验、下载、从文件夹导入。退出码：0 可用，1 不可用，2 参数有误。"

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("status", help="有哪些模型，正在用哪一个")
        acts.add_parser("verify", help="逐个文件校验正在用的模型")
        acts.add_parser("download", help="下载一个登记的模型").add_argument("name")
        taking = acts.add_parser("import", help="从文件夹导入，用于不能联网的机器")
        taking.add_argument("folder", type=Path)
        taking.add_argument("--name", default="", help="不在登记表里的模型叫什么")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        try:
            getattr(self, f"_{act}")(**options)
        except NoModel as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(1) from refusal

    def _status(self, **options: Any) -> None:
        models = settings.TRANSCRIPT_MODELS
        for name, known in KNOWN.items():
            is_here = (models / name).is_dir() or name == model_files.EMBEDDED
            used = "← 正在用" if name == settings.TRANSCRIPT_MODEL else ""
            here = "有" if is_here else "没有"
            self.stdout.write(
                f"{name:<15} {known.size / 1e6:7.0f} MB  {here}  {known.advice} {used}".rstrip()
            )
        self.stdout.write(f"模型文件夹：{models}；自动转写：{'开' if settings.TRANSCRIBE else '关'}")
        self._verify()

    def _verify(self, **options: Any) -> None:
        self._say(model_files.ready(settings.TRANSCRIPT_MODEL, settings.TRANSCRIPT_MODELS))

    def _download(self, name: str, **options: Any) -> None:
        model = downloading.download(name, settings.TRANSCRIPT_MODELS, say=self.stdout.write)
        self._arrived(model)

    def _import(self, folder: Path, name: str, **options: Any) -> None:
        self._arrived(model_files.take_in(folder, settings.TRANSCRIPT_MODELS, name=name))

    def _say(self, model: Verified) -> None:
        self.stdout.write(f"「{model.name}」可用，SHA-256 {model.sha256}")

    def _arrived(self, model: Verified) -> None:
        self._say(model)
        if model.name != settings.TRANSCRIPT_MODEL:
            self.stdout.write(f"要用它，请设置环境变量 ANKE_WHISPER_MODEL={model.name} 后重新启动。")
            return
        try:
            queued = transcribing.request_skipped(now=timezone.now())
        except DatabaseError:
            return  # a machine without a database yet has skipped nothing
        if queued:
            self.stdout.write(f"先前因没有模型而跳过的 {queued} 个视频已重新排队转写。")
