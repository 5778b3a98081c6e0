"""People and reading links: let in, change, withdraw. For administrators that are signed in."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lagerbro.agreements.capabilities import issue
from lagerbro.agreements.history import record_event
from lagerbro.agreements.models import Agreement, Capability, CapabilityKind
from lagerbro.people import admission
from lagerbro.people.admission import LastAdministratorError, open_invitations
from lagerbro.people.models import Invitation, Membership, Role
from lagerbro.web.views.agreement import agreement_page, visit_of
from lagerbro.web.views.connections.overview import LINK_DAYS, LINK_DAYS_USUAL, back, shown
from lagerbro.wire.texts import isolated, one_line

PEOPLE_MAX = 200


class InviteForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail"))
    role = forms.TypedChoiceField(label=gettext_lazy("Role"), choices=Role.choices, coerce=lambda text: Role(int(text)))


class LinkForm(forms.Form):
    label = forms.CharField(label=gettext_lazy("For whom"), max_length=120)
    days = forms.TypedChoiceField(choices=LINK_DAYS, coerce=int, required=False)

    def clean_label(self) -> str:
        return one_line(self.cleaned_data["label"])


@require_POST
@agreement_page(role=Role.ADMINISTRATOR, person=True, recently_signed_in=True)
def invite(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Send a letter. It says nothing of whether the address has a sign-in already."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return shown(request, agreement, invite_form=form, status=422)
    email, role, by = form.cleaned_data["email"], form.cleaned_data["role"], visit_of(request).by
    if Membership.in_scope.count() + len(open_invitations(timezone.now())) >= PEOPLE_MAX:
        form.add_error("email", _("No more people can be invited: remove somebody first."))
        return shown(request, agreement, invite_form=form, status=422)
    text = admission.invite(agreement, email, role, by=by, at=timezone.now())
    address = f"{settings.LAGERBRO_PUBLIC_URL}{reverse('invitation', kwargs={'text': text})}"
    company = isolated(one_line(agreement.company_name))
    words = {"company": company, "by": isolated(one_line(by)), "role": role.label, "address": address}
    send_mail(
        _("You are invited to %(company)s") % words,
        render_to_string("people/letters/invitation.txt", words),
        None,
        [email],
    )
    sent = _("A letter has been sent to %(email)s. It works for a week.") % {"email": isolated(email)}
    messages.success(request, sent)
    return back(request)


@require_POST
@agreement_page(role=Role.ADMINISTRATOR, person=True, recently_signed_in=True)
def change_role(request: HttpRequest, agreement: Agreement, membership_id: int) -> HttpResponse:  # noqa: ARG001
    membership = _membership(membership_id)
    try:
        role = Role(int(request.POST.get("role", "")))
    except ValueError:
        raise Http404 from None
    try:
        admission.change_role(membership, role, by=visit_of(request).by, at=timezone.now())
    except LastAdministratorError:
        _warn_last_administrator(request)
        return back(request)
    words = {"person": isolated(str(membership.person)), "role": membership.get_role_display()}
    messages.success(request, _("%(person)s is now %(role)s.") % words)
    return back(request)


@require_POST
@agreement_page(role=Role.ADMINISTRATOR, person=True, recently_signed_in=True)
def remove(request: HttpRequest, agreement: Agreement, membership_id: int) -> HttpResponse:  # noqa: ARG001
    membership = _membership(membership_id)
    try:
        admission.remove(membership, by=visit_of(request).by, at=timezone.now())
    except LastAdministratorError:
        _warn_last_administrator(request)
        return back(request)
    return redirect("front") if membership.person == visit_of(request).person else back(request)


@require_POST
@agreement_page(role=Role.ADMINISTRATOR, person=True)
def withdraw_invitation(request: HttpRequest, agreement: Agreement, invitation_id: int) -> HttpResponse:
    invitation = Invitation.in_scope.filter(pk=invitation_id, used_at=None, withdrawn_at=None).first()
    if invitation is None:
        raise Http404
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    _record_event(request, agreement, "invitation_withdrawn", invitation.email)
    return back(request)


@require_POST
@agreement_page(role=Role.ADMINISTRATOR, person=True, recently_signed_in=True)
def make_link(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """A reading link for an accountant. It is shown on this page and never again."""
    form = LinkForm(request.POST)
    if not form.is_valid():
        return shown(request, agreement, link_form=form, status=422)
    label, by = form.cleaned_data["label"], visit_of(request).by
    lasts = timedelta(days=form.cleaned_data["days"] or LINK_DAYS_USUAL)
    text = issue(agreement, timezone.now(), kind=CapabilityKind.READER, label=label, made_by=by, lasts=lasts)
    _record_event(request, agreement, "link_made", label)
    address = f"{settings.LAGERBRO_PUBLIC_URL}{reverse('from-link', kwargs={'capability': text})}"
    return shown(request, agreement, new_link=address, new_link_label=label)


@require_POST
@agreement_page(role=Role.ADMINISTRATOR, person=True)
def withdraw_link(request: HttpRequest, agreement: Agreement, link_id: int) -> HttpResponse:
    link = Capability.in_scope.filter(pk=link_id, kind=CapabilityKind.READER, withdrawn_at=None).first()
    if link is None:
        raise Http404
    link.withdrawn_at = timezone.now()
    link.save(update_fields=["withdrawn_at"])
    _record_event(request, agreement, "link_withdrawn", link.label)
    return back(request)


def _membership(membership_id: int) -> Membership:
    membership = Membership.in_scope.select_related("person", "agreement").filter(pk=membership_id).first()
    if membership is None:
        raise Http404
    return membership


def _warn_last_administrator(request: HttpRequest) -> None:
    messages.error(request, _("Nothing was changed: somebody has to be administrator. Make a colleague one first."))


def _record_event(request: HttpRequest, agreement: Agreement, code: str, person: str) -> None:
    record_event(agreement, code, by=visit_of(request).by, at=timezone.now(), person=person)
