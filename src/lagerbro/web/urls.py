"""Which address is answered by which view."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from lagerbro.web import doors
from lagerbro.web.views import activity, wayside

handler404 = "lagerbro.web.views.wayside.not_found"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", wayside.front, name="front"),
    path("language/", include("django.conf.urls.i18n")),
    path(doors.ADDRESS, doors.rackbeat, name="rackbeat-door"),
    path("<str:capability>/activity/", activity.listing, name="activity"),
    path("<str:capability>/activity/<int:transfer_id>/", activity.one, name="transfer"),
    path("<str:capability>/activity/<int:transfer_id>/retry/", activity.retry, name="retry"),
]
