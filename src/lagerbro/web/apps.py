"""The Django app of the pages and doors."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "lagerbro.web"
    label = "web"
