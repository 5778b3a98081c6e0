"""The Django app that holds agreements."""

from __future__ import annotations

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "lagerbro.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"
