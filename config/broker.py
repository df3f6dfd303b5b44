"""Where tasks are announced: files on one machine, Redis on many."""

from pathlib import Path
from typing import Any


def broker_settings(redis_url: str | None, var_dir: Path) -> dict[str, Any]:
    """Celery settings without their `CELERY_` prefix; a missing Redis falls back to files below `var_dir`."""
    common = {
        "TASK_IGNORE_RESULT": True,
        "WORKER_HIJACK_ROOT_LOGGER": False,
        "WORKER_PREFETCH_MULTIPLIER": 1,
        "BROKER_CONNECTION_RETRY_ON_STARTUP": True,
        "BEAT_SCHEDULE_FILENAME": str(var_dir / "celerybeat-schedule"),
        "TIMEZONE": "Asia/Shanghai",
    }
    if redis_url:
        return common | {"BROKER_URL": redis_url}
    return common | {
        "BROKER_URL": "filesystem://",
        "BROKER_TRANSPORT_OPTIONS": _file_broker(var_dir / "broker"),
    }


def _file_broker(folder: Path) -> dict[str, Any]:
    queue, control = folder / "queue", folder / "control"
    for path in (queue, control):
        path.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(queue),
        "data_folder_out": str(queue),
        "control_folder": str(control),
        "store_processed": False,
        "polling_interval": 0.3,
    }
