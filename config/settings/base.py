"""What every installation shares. Environment variables are read here and nowhere else."""

import os
from pathlib import Path

import dj_database_url

from config.broker import broker_settings
from config.secret import secret_key
from config.storage import storage_settings

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("ANKE_VAR") or BASE_DIR / "var").resolve()

SECRET_KEY = secret_key(VAR_DIR)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ANKE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("ANKE_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "cms",
    "question_bank",
    "media_pipeline",
    "catalog",
    "accounts",
    "wagtail.snippets",
    "accounts.apps.PeopleConfig",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.outage.StorageOutage",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.config(default=f"sqlite:///{VAR_DIR / 'anke.sqlite3'}", conn_max_age=60)
}
DATABASES["default"]["ATOMIC_REQUESTS"] = True  # Wagtail's workflow actions are not atomic upstream
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]  # Wagtail's script catalogue asks only itself and these

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "exports": {  # a file that was told of, for its download; all processes of a machine share it
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "exports",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 30},
    },
}
TRANSCRIBE = os.environ.get("ANKE_TRANSCRIBE", "on") != "off"
TRANSCRIPT_MODEL = os.environ.get(
    "ANKE_WHISPER_MODEL", "base"
)  # a name of `transcript_model status`, or a path
TRANSCRIPT_MODELS = VAR_DIR / "models"
MEDIA_CUT_OVER_S = float(os.environ.get("ANKE_CUT_OVER_S", "1200"))  # a longer video is measured in pieces …
MEDIA_PIECE_S = float(os.environ.get("ANKE_PIECE_S", "600"))  # … of this length, by all workers
STORAGES = {
    "default": storage_settings(os.environ.get("STORAGE_URL")),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

WAGTAIL_SITE_NAME = "安课"
WAGTAILADMIN_BASE_URL = os.environ.get("ANKE_URL", "http://localhost:8000")
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.review.finish.publish_approved"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea"}}

for name, value in broker_settings(os.environ.get("REDIS_URL"), VAR_DIR).items():
    globals()[f"CELERY_{name}"] = value

DEFAULT_FROM_EMAIL = os.environ.get("ANKE_MAIL_FROM", "anke@localhost")
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "kombu.connection": {"level": "ERROR"},  # it misses a host name, which a broker of files has not
    },
}
