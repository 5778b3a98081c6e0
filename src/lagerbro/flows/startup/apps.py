"""The Django app of the start-up sync."""

from __future__ import annotations

from django.apps import AppConfig


class StartupConfig(AppConfig):
    name = "lagerbro.flows.startup"
    label = "startup"
    default_auto_field = "django.db.models.BigAutoField"
