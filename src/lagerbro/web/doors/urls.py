"""The doors' addresses, and how they begin: what is answered without asking anybody outside."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from lagerbro.web.doors import economic, health, rackbeat

WEBHOOKS: Final = "/hooks/"
BEGINNINGS: Final = (WEBHOOKS, "/health/")
urlpatterns: list[URLPattern] = [
    path(rackbeat.ADDRESS, rackbeat.rackbeat, name="rackbeat-door"),
    path(economic.ADDRESS, economic.economic, name="economic-door"),
    path(health.ADDRESS, health.health, name="health"),
]
