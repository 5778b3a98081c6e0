"""Which address is answered by which view."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from lagerbro.web.doors import urls as doors
from lagerbro.web.views import (
    activity,
    approvals,
    attempts,
    entrance,
    missing_groups,
    overview,
    people,
    sessions,
    site_pages,
)
from lagerbro.web.views.activation import preflight
from lagerbro.web.views.connections import access, systems
from lagerbro.web.views.connections import overview as connections
from lagerbro.web.views.onboarding import arrivals, plain_keys, steps
from lagerbro.web.views.settings import history, list_refresh, page, picking
from lagerbro.web.views.startup import acting as startup_acts
from lagerbro.web.views.startup import page as startup
from lagerbro.web.views.startup import records as startup_records
from lagerbro.web.views.stock_value import acting as stock_acts
from lagerbro.web.views.stock_value import backfill
from lagerbro.web.views.stock_value import page as stock_value

handler404 = "lagerbro.web.views.site_pages.not_found"
handler500 = "lagerbro.web.views.site_pages.failed"

connections_pages: list[URLPattern | URLResolver] = [
    path("", connections.page, name="connections"),
    path("test/", systems.try_out, name="try-connections"),
    path("pause/", systems.pause, name="pause"),
    path("resume/", systems.resume, name="resume"),
    path("reconnect/", systems.reconnect, name="reconnect"),
    path("disconnect/", systems.disconnect, name="disconnect"),
    path("sign-in/", systems.ask_for_sign_in, name="ask-for-sign-in"),
    path("people/invite/", access.invite, name="invite"),
    path("people/<int:membership_id>/role/", access.change_role, name="change-role"),
    path("people/<int:membership_id>/remove/", access.remove, name="remove-person"),
    path("invitations/<int:invitation_id>/withdraw/", access.withdraw_invitation, name="withdraw-invitation"),
    path("links/", access.make_link, name="make-link"),
    path("links/<int:link_id>/withdraw/", access.withdraw_link, name="withdraw-link"),
]

stock_value_pages: list[URLPattern | URLResolver] = [
    path("", stock_value.page, name="stock-value"),
    path("fetch/", stock_acts.fetch, name="stock-value-fetch"),
    path("earlier/", stock_acts.earlier, name="stock-value-earlier"),
    path("opening/", stock_acts.post_opening, name="stock-value-opening"),
    path("retry/", stock_acts.try_again, name="stock-value-retry"),
    path("earlier-days/", backfill.page, name="stock-value-backfill"),
    path("earlier-days/show/", backfill.show, name="stock-value-backfill-show"),
    path("earlier-days/begin/", backfill.begin, name="stock-value-backfill-begin"),
]

startup_pages: list[URLPattern | URLResolver] = [
    path("", startup.page, name="startup"),
    path("read/", startup_acts.read, name="startup-read"),
    path("begin/", startup_acts.begin, name="startup-begin"),
    path("pause/", startup_acts.pause, name="startup-pause"),
    path("go-on/", startup_acts.go_on, name="startup-go-on"),
    path("records/", startup_records.listing, name="startup-records"),
    path("records.csv", startup_records.as_csv, name="startup-csv"),
]

pages: list[URLPattern | URLResolver] = [
    path("", overview.overview, name="overview"),
    path("retry/", overview.retry_cause, name="retry-cause"),
    path("activity/", activity.listing, name="activity"),
    path("activity/<int:transfer_id>/", activity.one, name="transfer"),
    path("activity/<int:transfer_id>/calls/<int:attempt_id>/", attempts.one, name="attempt"),
    path("activity/<int:transfer_id>/retry/", activity.retry, name="retry"),
    path("activity/<int:transfer_id>/again/", activity.again, name="again"),
    path("activity/<int:transfer_id>/anew/", activity.anew, name="anew"),
    path("activity/<int:transfer_id>/group/", missing_groups.create, name="create-group"),
    path("activity/<int:transfer_id>/right/", approvals.call_right, name="call-right"),
    path("activity/<int:transfer_id>/right/<int:approval_id>/take-back/", approvals.take_back, name="take-back"),
    path("stock-value/", include(stock_value_pages)),
    path("startup/", include(startup_pages)),
    path("settings/", page.page, name="settings"),
    path("settings/history/", history.history, name="settings-history"),
    path("settings/pick/", picking.pick, name="settings-pick"),
    path("settings/look/", list_refresh.refresh, name="settings-look"),
    path("connections/", include(connections_pages)),
    path("activate/", preflight.page, name="activate"),
    path("activate/begin/", preflight.begin, name="activate-begin"),
    path("language/", entrance.language, name="page-language"),
]
"""An agreement's pages, by whichever door (`web.visiting`). Each is an `agreement_page` with the role it needs."""

onboarding_pages: list[URLPattern | URLResolver] = [
    path("", steps.home, name="onboarding"),
    path("begin", arrivals.begin, name="onboarding-begin"),
    path("begin/", arrivals.begin),
    path("economic/", steps.from_economic, name="onboarding-economic"),
    path("return/", arrivals.returned, name="onboarding-returned"),
    path("return/<str:mark>/", arrivals.returned, name="onboarding-returned"),
    path("check/", steps.check, name="onboarding-check"),
    path("confirm/", steps.confirm, name="onboarding-confirm"),
    path("settings/", steps.settings_without_sign_in, name="onboarding-settings"),
    path("cancel/", steps.cancel, name="onboarding-cancel"),
    path("keys/", plain_keys.keys, name="onboarding-keys"),
    path("unasked/", arrivals.unasked, name="onboarding-unasked"),
    path("cancelled/", arrivals.cancelled, name="onboarding-cancelled"),
    path("expired/", steps.expired, name="onboarding-expired"),
]
"""Installing. Registered with Rackbeat as `/onboarding/begin`, with e-conomic as `/onboarding/return/`."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("", site_pages.front, name="front"),
    path("language/", include("django.conf.urls.i18n")),
    *doors.urlpatterns,
    path("account/", include("lagerbro.web.sign_in.urls")),
    path("profile/", people.profile, name="profile"),
    path("profile/sessions/", sessions.sessions, name="sessions"),
    path("profile/sessions/end/", sessions.end_session, name="end-session"),
    path("arrived/", people.arrived, name="arrived"),
    path("invitation/<str:text>/", people.invitation, name="invitation"),
    path("onboarding/", include(onboarding_pages)),
    path("rackbeat/<int:account>/<str:capability>/", entrance.from_rackbeat, name="from-rackbeat"),
    path("read/<str:capability>/", entrance.from_link, name="from-link"),
    path("a/<str:public_id>/", include(pages)),
    path("i/<str:page_token>/", include(pages)),
]
