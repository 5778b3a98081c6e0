"""Which address is answered by which view."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from lagerbro.web import doors

urlpatterns: list[URLPattern | URLResolver] = [
    path(doors.ADDRESS, doors.rackbeat, name="rackbeat-door"),
]
