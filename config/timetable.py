"""What beat announces and when. Each task looks into the database, so the next makes up for a missed one."""

from typing import Any


def _every(seconds: float, task: str) -> dict[str, Any]:
    return {"task": task, "schedule": seconds, "options": {"queue": "tending", "expires": max(seconds, 10)}}


TIMETABLE = {
    "tend-jobs": _every(4, "media_pipeline.tend_jobs"),
    "tend-imports": _every(5, "question_bank.tend_imports"),
    "sweep-uploads": _every(60, "media_pipeline.sweep_uploads"),
    "sweep-renditions": _every(3600, "media_pipeline.sweep_renditions"),
    "search-citations": _every(300, "cms.search_citations"),
    "reckon-responses": _every(600, "question_bank.reckon"),
    "sweep-law": _every(3600, "cms.sweep_law"),
    "send-mails": _every(60, "cms.send_mails"),
}
