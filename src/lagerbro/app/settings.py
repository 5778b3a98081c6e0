"""Django settings. Everything an operator may change comes from the environment, each with a default that works."""

from __future__ import annotations

import os
from pathlib import Path

from lagerbro.app.databases import database, is_postgresql
from lagerbro.app.home import home
from lagerbro.app.hosting import hosting
from lagerbro.app.keys.configured import configured_keys

LAGERBRO_HOME = home(os.environ)
_KEYS = configured_keys(os.environ, LAGERBRO_HOME)  # none before the first start: `app.keys.opening` makes them
SECRET_KEY = "".join(_KEYS.signing[:1])
SECRET_KEY_FALLBACKS = list(_KEYS.signing[1:])
LAGERBRO_KEYS = _KEYS.encryption
LAGERBRO_KEYS_SOURCE = _KEYS.source

LAGERBRO_ENVIRONMENT = os.environ.get("LAGERBRO_ENVIRONMENT", "production")
"""Part of every idempotency key: two installations on one e-conomic agreement must not share keys (economic-api
4.1)."""

LAGERBRO_HOSTING = hosting(os.environ)
LAGERBRO_PUBLIC_URL = LAGERBRO_HOSTING.public_url
LAGERBRO_RACKBEAT_URL = os.environ.get("LAGERBRO_RACKBEAT_URL", "https://app.rackbeat.com").rstrip("/")
LAGERBRO_ECONOMIC_REST_URL = os.environ.get("LAGERBRO_ECONOMIC_REST_URL", "https://restapi.e-conomic.com").rstrip("/")
LAGERBRO_ECONOMIC_API_URL = os.environ.get("LAGERBRO_ECONOMIC_API_URL", "https://apis.e-conomic.com").rstrip("/")
LAGERBRO_ECONOMIC_APP_SECRET = os.environ.get("LAGERBRO_ECONOMIC_APP_SECRET", "")
LAGERBRO_ECONOMIC_APP_PUBLIC_TOKEN = os.environ.get("LAGERBRO_ECONOMIC_APP_PUBLIC_TOKEN", "")
LAGERBRO_ECONOMIC_GRANT_URL = os.environ.get(
    "LAGERBRO_ECONOMIC_GRANT_URL", "https://secure.e-conomic.com/secure/api1/requestaccess.aspx"
)
LAGERBRO_ECONOMIC_RETURN_EXACT = os.environ.get("LAGERBRO_ECONOMIC_RETURN_EXACT", "") == "1"
"""Whether e-conomic sends people back to the registered address only, so that it can carry nothing of ours."""

LAGERBRO_RACKBEAT_APPS_URL = os.environ.get("LAGERBRO_RACKBEAT_APPS_URL", f"{LAGERBRO_RACKBEAT_URL}/")
"""Where people are sent to press *Installér*."""
LAGERBRO_FRAME_ORIGIN = os.environ.get("LAGERBRO_FRAME_ORIGIN", LAGERBRO_RACKBEAT_URL).rstrip("/")
"""The one site that may show our pages in a frame."""
LAGERBRO_RACKBEAT_PAGES_URL = os.environ.get("LAGERBRO_RACKBEAT_PAGES_URL", "").rstrip("/")
LAGERBRO_ECONOMIC_PAGES_URL = os.environ.get("LAGERBRO_ECONOMIC_PAGES_URL", "").rstrip("/")
# Where a record's own page is; neither system publishes that, so links lead to the front doors where these are empty.

LAGERBRO_PLAIN_KEYS = os.environ.get("LAGERBRO_PLAIN_KEYS", "") == "1"
"""Whether whoever reaches the pages may connect a company by two API keys, without an app record in Rackbeat."""

DEBUG = False
ALLOWED_HOSTS = LAGERBRO_HOSTING.allowed_hosts

DATABASES = {"default": database(os.environ, LAGERBRO_HOME)}

INSTALLED_APPS = [
    "lagerbro.web.apps.WebConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "lagerbro.agreements.apps.AgreementsConfig",
    "lagerbro.people.apps.PeopleConfig",
    "lagerbro.sync.apps.SyncConfig",
    "lagerbro.flows.stock_value_days.apps.StockValueDaysConfig",
    "lagerbro.flows.startup.apps.StartupConfig",
]
if is_postgresql(DATABASES["default"]):
    INSTALLED_APPS.append("procrastinate.contrib.django")

MIDDLEWARE = [
    "lagerbro.web.forwarded.ForwardedMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "lagerbro.web.doors.middleware.WebhookDoorMiddleware",
    "lagerbro.web.page_time.PageTimeMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lagerbro.web.typed_texts.TypedTextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "lagerbro.web.unbroken.UnbrokenNameMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "lagerbro.web.sign_in.idle.IdleMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lagerbro.web.middleware.DoorMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "lagerbro.app.urls"
WSGI_APPLICATION = "lagerbro.app.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lagerbro.web.context.visit",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent.parent / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"

STATIC_URL = "static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# The settings page has four fields for each product group; Django's thousand would refuse 250 groups.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if LAGERBRO_HOSTING.is_secure else 0
CSRF_TRUSTED_ORIGINS = [LAGERBRO_HOSTING.origin]
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = LAGERBRO_HOSTING.is_secure
CSRF_COOKIE_NAME = LAGERBRO_HOSTING.cookie("csrftoken")
SESSION_COOKIE_NAME = LAGERBRO_HOSTING.cookie("sessionid")
LANGUAGE_COOKIE_NAME = LAGERBRO_HOSTING.cookie("django_language")
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# People (web.people): e-mail and password, a second factor if wanted, sign-up by installation or invitation.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "lagerbro.web.sign_in.passwords.OwnWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front"
ACCOUNT_ADAPTER = "lagerbro.web.sign_in.adapters.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "lagerbro.web.sign_in.adapters.NameForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = os.environ.get("LAGERBRO_EMAIL_VERIFICATION", "mandatory")
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_EMAIL_VERIFICATION == "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Lagerbro] "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = LAGERBRO_HOSTING.scheme
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": None,  # of tries that fail, and by whom: `web.sign_in.tries`
    "login_failed": "10/m/ip,5/5m/key",
    "login_failed_known": "10/5m/key",
    "login_failed_anywhere": "100/h/key",
    "onboarding": "40/10m/key",  # `web.views.onboarding.outside`
}
CACHES = {"default": {"BACKEND": "lagerbro.people.shared_cache.SharedCache"}}
MFA_ADAPTER = "lagerbro.web.sign_in.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Lagerbro"

EMAIL_BACKEND = "django.core.mail.backends.{}.EmailBackend".format(
    "smtp" if os.environ.get("LAGERBRO_SMTP_HOST") else "filebased"
)
EMAIL_FILE_PATH = LAGERBRO_HOME / "outbox"
EMAIL_HOST = os.environ.get("LAGERBRO_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("LAGERBRO_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("LAGERBRO_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LAGERBRO_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LAGERBRO_SMTP_TLS", "1") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("LAGERBRO_MAIL_FROM", "Lagerbro <lagerbro@localhost>")

LOGGING_CONFIG = None
