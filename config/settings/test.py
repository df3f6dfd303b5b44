"""Tests: whatever is written goes to a folder of its own, removed at the end by `tests/conftest.py`."""

import os
import tempfile

os.environ["ANKE_VAR"] = tempfile.mkdtemp(prefix="anke-test-")  # never the data of this machine
os.environ.pop("STORAGE_URL", None)  # nor its bucket

from config.settings.base import *  # noqa: F403 - after ANKE_VAR is set

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT = "memory://", "memory"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
WHITENOISE_AUTOREFRESH = True
TRANSCRIBE = False  # tests that want it switch it on
MIDDLEWARE = ["tests.one_at_a_time.one_at_a_time", *MIDDLEWARE]  # noqa: F405
