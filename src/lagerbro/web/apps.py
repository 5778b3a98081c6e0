"""The Django app of the pages and doors."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "lagerbro.web"
    label = "web"

    def ready(self) -> None:
        from lagerbro.web.sign_in import logged  # the signals are those of apps that Django has to know first

        logged.connect()
