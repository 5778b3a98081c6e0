"""The Django app of the engine."""

from __future__ import annotations

from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "lagerbro.sync"
    label = "sync"
    default_auto_field = "django.db.models.BigAutoField"
