"""Django's settings. Everything that differs from one installation to the next comes from the environment.

===================  =================================================================================
``ODD17_HOME``       folder of releases, database and caches (``./var``)
``ODD17_SECRET_KEY`` signing key (made and kept in ``ODD17_HOME`` when absent)
``ODD17_HOSTS``      host names that the site answers to, comma-separated (this machine only)
``ODD17_HTTPS``      1 when the site is reached over HTTPS: redirects, HSTS, secure cookies
``ODD17_DEBUG``      1 to develop; off by default
``ODD17_TWO_PEOPLE`` 1: who brought a file in the workshop may not publish its release
===================  =================================================================================
"""

from __future__ import annotations

from pathlib import Path

from odd17.workflows.releases import home

from .environment import flag, names, secret_key

HOME = home().resolve()
WEB = Path(__file__).resolve().parents[1]

DEBUG = flag("ODD17_DEBUG")
HTTPS = flag("ODD17_HTTPS")
TWO_PEOPLE = flag("ODD17_TWO_PEOPLE")
SECRET_KEY = secret_key(HOME)
ALLOWED_HOSTS = names("ODD17_HOSTS", "127.0.0.1,localhost,[::1]")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "odd17.web.api",
    "odd17.web.pages",
    "odd17.web.error_reports",
    "odd17.web.workshop",
]
MIDDLEWARE = [
    "odd17.web.config.policy.ContentSecurityPolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "odd17.web.pages.older_releases.OlderReleases",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "odd17.web.pages.remedies.Remedies",
]
ROOT_URLCONF = "odd17.web.config.urls"
WSGI_APPLICATION = "odd17.web.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "odd17.web.pages.context.frame_of_page",
            ]
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "odd17.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]

# Rendered pages, one small cache a worker: a page depends on its release only, so that it never goes stale.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 500},
    }
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [WEB / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS and host != "*"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000  # forms are short messages; files have a limit of their own
FILE_UPLOAD_HANDLERS = [
    "odd17.web.workshop.quota.Quota",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
LOGIN_URL = "workshop_login"
LOGIN_REDIRECT_URL = "workshop"
LOGOUT_REDIRECT_URL = "home"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING"}},
}
