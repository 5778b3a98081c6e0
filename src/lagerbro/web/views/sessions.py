"""Where somebody is signed in, and how they end it."""

from __future__ import annotations

from typing import Final

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lagerbro.people.models import Person

_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_MACHINES: Final = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
"""The first that its header names: each names others behind it."""
NUMBER_LENGTH_MAX: Final = 19


def browser(header: str) -> str:
    """What people call it."""
    names_found = [next((name for sign, name in names if sign in header), "") for names in (_BROWSERS, _MACHINES)]
    return ", ".join(name for name in names_found if name) or _("an unknown browser")


@never_cache
@login_required
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """The newest first; this one, which may be older than the list, among them."""
    assert isinstance(request.user, Person)
    UserSession.objects.create_from_request(request)
    listed = sorted(UserSession.objects.purge_and_list(request.user), key=lambda one: one.last_seen_at, reverse=True)
    here = request.session.session_key
    rows = [(one, browser(one.user_agent), one.session_key == here) for one in listed]
    return render(request, "people/sessions.html", {"sessions": rows})


@never_cache
@login_required
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """One of the person's own, or all but this one."""
    mine = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    wanted = request.POST.get("session", "")
    if wanted != "others":
        if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < NUMBER_LENGTH_MAX):
            raise Http404
        mine = mine.filter(pk=int(wanted))
        if not mine.exists():
            raise Http404
    for each in mine:
        each.end()
    messages.success(request, _("Signed out there."))
    return redirect("sessions")
