"""A person's own pages: arriving after sign-in, the companies they may open, their sign-in; and invitations."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lagerbro.people.admission import invitation_for
from lagerbro.people.models import Person, Role
from lagerbro.web import pending_admission
from lagerbro.web.views.onboarding.progress import first_page


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def arrived(request: HttpRequest) -> HttpResponse:
    """After sign-in: in to what the person was invited to, asked about what was installed here, else to the front."""
    assert isinstance(request.user, Person)
    if request.method == "POST":
        return _answered(request, request.user)
    was_waiting = pending_admission.has_pending_admission(request)
    agreement = pending_admission.admit_pending(request, request.user)
    if agreement is not None:
        return redirect("overview", public_id=agreement.public_id)
    installed = pending_admission.installed_agreement(request)
    if installed is not None:
        return render(request, "people/installed.html", {"agreement": installed})
    if was_waiting:
        messages.warning(request, _("The invitation was for another e-mail address, or it has been used or withdrawn."))
    return redirect("front")


def _answered(request: HttpRequest, person: Person) -> HttpResponse:
    """Whether the person who has signed in is the one who installed."""
    if request.POST.get("answer") != "yes":
        pending_admission.decline(request)
        return redirect("front")
    agreement = pending_admission.become_administrator(request, person)
    if agreement is not None:
        return redirect(first_page(agreement))
    late = _(
        "Somebody else has become administrator, or more than an hour has passed. Ask an administrator for an"
        " invitation, or press Installér in Rackbeat again."
    )
    messages.warning(request, late)
    return redirect("front")


@never_cache
@login_required
@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """Name, e-mail, password, second factor, and the way out."""
    return render(request, "people/profile.html")


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, text: str) -> HttpResponse:
    """What somebody is invited to, and by whom; POST goes on to sign in or sign up."""
    pending = invitation_for(text, timezone.now())
    if pending is None:
        raise Http404
    if request.method == "POST":
        pending_admission.store_invitation(request, text)
        if request.user.is_authenticated:
            return redirect("arrived")
        known = Person.objects.filter(email__iexact=pending.email).exists()
        return redirect("account_login" if known else "account_signup")
    return render(request, "people/invitation.html", {"invitation": pending, "role": Role(pending.role)})
