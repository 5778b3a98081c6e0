"""Django settings. Everything an operator may change comes from the environment, each with a default that works."""

from __future__ import annotations

import os
from pathlib import Path

from lagerbro.app.databases import database, is_postgresql
from lagerbro.app.home import home, keys

LAGERBRO_HOME = home(os.environ)
_KEYS = keys(os.environ, LAGERBRO_HOME)
SECRET_KEY = _KEYS.signing
LAGERBRO_KEYS = _KEYS.encryption

LAGERBRO_ENVIRONMENT = os.environ.get("LAGERBRO_ENVIRONMENT", "production")
"""Part of every idempotency key: two installations on one e-conomic agreement must not share keys (economic-api
4.1)."""

LAGERBRO_PUBLIC_URL = os.environ.get("LAGERBRO_PUBLIC_URL", "http://localhost:8000").rstrip("/")
LAGERBRO_RACKBEAT_URL = os.environ.get("LAGERBRO_RACKBEAT_URL", "https://app.rackbeat.com").rstrip("/")
LAGERBRO_ECONOMIC_REST_URL = os.environ.get("LAGERBRO_ECONOMIC_REST_URL", "https://restapi.e-conomic.com").rstrip("/")
LAGERBRO_ECONOMIC_API_URL = os.environ.get("LAGERBRO_ECONOMIC_API_URL", "https://apis.e-conomic.com").rstrip("/")
LAGERBRO_ECONOMIC_APP_SECRET = os.environ.get("LAGERBRO_ECONOMIC_APP_SECRET", "")

DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("LAGERBRO_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]

DATABASES = {"default": database(os.environ, LAGERBRO_HOME)}

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "lagerbro.agreements.apps.AgreementsConfig",
    "lagerbro.sync.apps.SyncConfig",
    "lagerbro.web.apps.WebConfig",
]
if is_postgresql(DATABASES["default"]):
    INSTALLED_APPS.append("procrastinate.contrib.django")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
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
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SAMESITE = "Lax"

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

LOGGING_CONFIG = None
