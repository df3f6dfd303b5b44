from argparse import ArgumentParser

from django.core.management import BaseCommand, call_command
from django.utils import timezone

from catalog.loading import load_catalog, load_instruments
from cms.demo.loading import load_demo
from cms.law.suggesting import sweep_courses
from cms.law.sweep import sweep
from cms.seeds import load_seeds
from question_bank.questions.suggesting import sweep_questions


class Command(BaseCommand):
    help = "建库并载入目录、法规、角色和审核流程；--demo 另外载入示范课程。可以重复运行。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="载入示范账号和示范课程")

    def handle(self, *, demo: bool, **options: object) -> None:
        self._say("核对数据库")
        call_command("migrate", verbosity=0)
        self._say("载入目录、法规和角色")
        load_catalog()
        load_instruments()
        load_seeds()
        today = timezone.localdate()
        if demo:
            load_demo(today=today, say=self._say)
        sweep_questions()
        sweep_courses()
        sweep(today)

    def _say(self, line: str) -> None:
        self.stderr.write(f"\x1b[36m·\x1b[0m {line}", ending="\n")
