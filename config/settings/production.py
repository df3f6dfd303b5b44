"""Behind a TLS proxy: `collectstatic` first, PostgreSQL and Redis by `DATABASE_URL` and `REDIS_URL`."""

import os

from config.settings.base import *  # noqa: F403
from config.settings.base import STORAGES

SECRET_KEY = os.environ["ANKE_SECRET_KEY"]
STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": os.environ.get("ANKE_SMTP_HOST", "localhost")},
    }
}
