"""Where tasks are announced: files on one machine, Redis on many. See docs/decisions/0011."""

from pathlib import Path
from typing import Any

from kombu import Queue

from config.timetable import TIMETABLE

# Whoever announces a job does not wait for a broker that is down: the job is announced again anyway.
_REDIS = {"socket_connect_timeout": 2, "socket_timeout": 10, "max_retries": 1, "interval_start": 0.1}


def broker_settings(redis_url: str | None, var_dir: Path) -> dict[str, Any]:
    """Celery settings without their `CELERY_` prefix; a missing Redis falls back to files below `var_dir`."""
    common = {
        "TASK_IGNORE_RESULT": True,
        "RESULT_EXPIRES": None,  # no results, so no nightly clean-up of them
        "TASK_ACKS_LATE": False,  # a message is a doorbell: losing one costs seconds, repeating one nothing
        "TASK_TIME_LIMIT": 6 * 3600,  # a process that hangs is killed; its lease lapses
        "TASK_QUEUES": [Queue("celery"), Queue("later"), Queue("tending")],
        "TASK_DEFAULT_QUEUE": "celery",
        "WORKER_HIJACK_ROOT_LOGGER": False,
        "WORKER_PREFETCH_MULTIPLIER": 1,
        "WORKER_MAX_TASKS_PER_CHILD": 200,
        "BROKER_CONNECTION_RETRY_ON_STARTUP": True,
        "BROKER_CONNECTION_MAX_RETRIES": None,
        "BEAT_SCHEDULE": TIMETABLE,
        "BEAT_SCHEDULER": "config.beat:OneAtATime",
        "BEAT_SCHEDULE_FILENAME": str(var_dir / "celerybeat-schedule"),
        "BEAT_MAX_LOOP_INTERVAL": 2,
        "TIMEZONE": "Asia/Shanghai",
    }
    if redis_url:
        return common | {
            "BROKER_URL": redis_url,
            "BROKER_TRANSPORT_OPTIONS": _REDIS,
        }
    return common | {
        "BROKER_URL": "filesystem://",
        "BROKER_TRANSPORT": "config.file_broker:Transport",
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
