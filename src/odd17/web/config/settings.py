"""Django's settings. Everything that differs from one installation to the next comes from the environment.

===================  =================================================================================
``ODD17_HOME``       folder of releases, database and caches (``./var``)
``ODD17_SECRET_KEY`` signing key (made and kept in ``ODD17_HOME`` when absent)
``ODD17_HOSTS``      host names that the site answers to, comma-separated (this machine only)
``ODD17_HTTPS``      1 when the site is reached over HTTPS: redirects, HSTS, secure cookies
``ODD17_DEBUG``      1 to develop; off by default
``ODD17_TWO_PEOPLE`` 1: who brought a file in the workshop may not publish its release
``ODD17_SMTP``       what sends e-mails: ``smtps://user:password@host:465``, ``smtp+tls://host:587`` (STARTTLS)
                     or ``smtp://host:25``; absent, each e-mail is a file in ``ODD17_HOME/mail``
``ODD17_FROM``       the sender's address of e-mails
``ODD17_ANSWER_DAYS`` promised first answer to a request for a service, in days, 2 at least (10)
``ODD17_ADDRESS``    where the site is reached, for links in e-mails: ``https://example.org``
===================  =================================================================================
"""

from __future__ import annotations

from pathlib import Path

from odd17.workflows.releases import home

from .environment import flag, mail, names, secret_key, text

HOME = home().resolve()
WEB = Path(__file__).resolve().parents[1]

DEBUG = flag("ODD17_DEBUG")
HTTPS = flag("ODD17_HTTPS")
TWO_PEOPLE = flag("ODD17_TWO_PEOPLE")
SECRET_KEY = secret_key(HOME)
ALLOWED_HOSTS = names("ODD17_HOSTS", "127.0.0.1,localhost,[::1]")

INSTALLED_APPS = [
    "odd17.web.accounts",
    "odd17.web.api",
    "odd17.web.pages",
    "odd17.web.error_reports",
    "odd17.web.workshop",
    "odd17.web.practices",
    "odd17.web.contributions",
    "odd17.web.resources",
    "odd17.web.library",
    "odd17.web.self_diagnosis",
    "odd17.web.learning",
    "odd17.web.newsletter",
    "odd17.web.alliances",
    "odd17.web.calls",
    "odd17.web.programmes",
    "odd17.web.catalysts",
    "odd17.web.desk",
    "wagtail.contrib.simple_translation",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.search",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
]
MIDDLEWARE = [
    "odd17.web.config.policy.ContentSecurityPolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "odd17.web.pages.demonstration.Demonstration",
    "odd17.web.pages.older_releases.OlderReleases",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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

CACHES = {
    # What all workers must agree on, such as how often someone tried to sign in.
    # Of more than that, some are forgotten: those whom a limit stops must not be able to fill it.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "odd17_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Rendered pages, one small cache a worker: a page depends on its release only, so that it never goes stale.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [WEB / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "odd17.web.pages.views.failures.csrf_refused"
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
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # a long story; files have a limit of their own
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # an editor's form with its partners and blocks
FILE_UPLOAD_HANDLERS = [
    "odd17.web.workshop.quota.Quota",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
ALLAUTH_TRUSTED_PROXY_COUNT = int(HTTPS)  # the limits by sender count readers, not the proxy that HTTPS needs
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "odd17.web.accounts.adapter.Accounts"
ACCOUNT_USER_DISPLAY = "odd17.web.accounts.adapter.shown_name"
ACCOUNT_FORMS = {"login": "odd17.web.accounts.forms.SignIn"}
ACCOUNT_LOGIN_METHODS = {"email", "username"}  # an account made on the command line has a name
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "odd17 : "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True  # who did not change their own password hears of it
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_RATE_LIMITS = {  # beside allauth's own: proposals begun, and their e-mails sent again
    "propose": "20/h/ip,5/h/key",
    "propose_letter": "10/h/ip,3/h/key",
    "propose_file": "30/h/ip",
    "self_diagnosis_begin": "60/h/ip",
    "learning_begin": "60/h/ip",
    "learning_certificate": "60/h/ip,20/h/key",
    "newsletter": "20/h/ip",
    "newsletter_letter": "3/h/key,5/d/key",
    "access_request": "10/h/ip,5/h/key",
    "request_message": "60/h/ip,20/h/key",
    "alliance_invite": "60/h/ip,30/d/key",
    "alliance_document": "120/h/ip,60/h/key",
    "call_publish": "30/d/ip,10/d/key",
    "call_answer": "10/h/ip,5/h/key",
    "programme_begin": "30/h/ip,20/d/key",
    "programme_comment": "120/h/ip,30/h/key",
    "programme_invite": "60/h/ip,30/d/key",
    "catalyst_begin": "20/h/ip,5/h/key",
    "catalyst_link": "10/h/ip,3/h/key",
    "catalyst_message": "10/h/ip,10/d/key",
    "catalyst_messages": "30/d/key",  # to one entry, whoever writes
}
MFA_ADAPTER = "odd17.web.accounts.second_factor.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "odd17"

ANSWER_DAYS = max(2, int(text("ODD17_ANSWER_DAYS", "10")))
ADDRESS = text("ODD17_ADDRESS", "http://127.0.0.1:8000")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("ODD17_FROM", "odd17@localhost")
MAIL = mail(HOME)
EMAIL_BACKEND = f"django.core.mail.backends.{MAIL.backend}.EmailBackend"
EMAIL_FILE_PATH = MAIL.folder
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starttls, MAIL.ssl
EMAIL_TIMEOUT = 10

WAGTAIL_SITE_NAME = "odd17"
WAGTAILADMIN_BASE_URL = ADDRESS
WAGTAIL_ENABLE_UPDATE_CHECK = False  # it would call another host
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = (
    False  # under /comptes/, with the second factor
)
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10_000_000
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "odt", "ods", "docx", "xlsx", "csv"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20_000_000
WAGTAILDOCS_INLINE_CONTENT_TYPES = []  # nothing of them opens in a page
WAGTAILDOCS_DOCUMENT_FORM_BASE = "odd17.web.library.files.DocumentForm"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING"}},
}
