"""A paper of the database as the exporters take it."""

from question_bank.exporting.paper_docx import Printed, PrintedPaper
from question_bank.images import read_image
from question_bank.models import Paper


def printed(paper: Paper) -> PrintedPaper:
    """Each question at the version the paper pins, with its pictures."""
    entries = paper.entries.select_related("version")
    questions = [
        Printed(
            entry.version.content,
            [read_image(name) for name in entry.version.images],
            f"题库第 {entry.question_id} 号题第 {entry.version.number} 版",
        )
        for entry in entries
    ]
    return PrintedPaper(paper.title, paper.item.name, paper.minutes, questions)
