"""Django settings. Everything an operator may change comes from the environment."""

from __future__ import annotations

SECRET_KEY = "replaced-when-the-app-room-is-built"  # noqa: S105
INSTALLED_APPS: list[str] = []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True
