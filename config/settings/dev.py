"""One machine, straight from the clone: SQLite, files as broker, static files from where they lie."""

from config.settings.base import *  # noqa: F403

WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None
