"""What any record stands still for: a system that refuses, does not answer or answers what cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.causes.cause import Cause

_REFUSED: Final = _("%(records)s are refused by the other system. %(said)s")
_UNREACHABLE: Final = _("%(records)s wait: the other system could not be reached.")
_LOST: Final = _("%(records)s wait: the answers to calls were lost on the way.")
_FAILED: Final = _("%(records)s wait: the other system failed while it was working on them.")

SYSTEM_CAUSES: Final[Mapping[str, Cause]] = {
    "startup_list_changing": Cause(_("%(records)s wait: one of e-conomic's lists changed while it was read.")),
    "startup_rests": Cause(_("%(records)s wait: Rackbeat did not answer to some records.")),
    "startup_too_many": Cause(_("%(records)s wait: one of e-conomic's lists is too long.")),
    "": Cause(_("%(records)s have waited for their turn for more than two hours.")),
    "access_denied": Cause(_("%(records)s wait for a right or a module in the other system. %(said)s"), ("said",)),
    "license_read_only": Cause(
        _("%(records)s wait for a subscription in the other system that lets programs write. %(said)s"), ("said",)
    ),
    "access_doubted": Cause(_("%(records)s wait: the other system refuses Lagerbro's key now and then.")),
    "answer_lost": Cause(_LOST),
    "bug": Cause(_("%(records)s have stopped because of a fault in Lagerbro.")),
    "changed_meanwhile": Cause(_("%(records)s were being changed by somebody else, again and again.")),
    "database_busy": Cause(_("%(records)s wait: Lagerbro's own database was busy or could not be reached.")),
    "economic_refused": Cause(_("%(records)s are refused by e-conomic. %(said)s"), ("said",)),
    "foreign_address": Cause(_("%(records)s wait: the other system pointed to a strange address.")),
    "grant_revoked": Cause(_("%(records)s wait for Lagerbro to be given access again.")),
    "not_found": Cause(_("%(records)s refer to something that was not found. %(said)s"), ("said",)),
    "not_found_yet": Cause(_LOST),
    "not_taken": Cause(_("%(records)s are not in e-conomic as they were sent.")),
    "outcome_unknown": Cause(_LOST),
    "rate_limited": Cause(_("%(records)s wait: the other system asks for a pause, again and again.")),
    "remote_refused": Cause(_REFUSED, ("said",)),
    "request_refused": Cause(_REFUSED, ("said",)),
    "server_error": Cause(_FAILED),
    "unreachable": Cause(_UNREACHABLE),
    "unreadable_answer": Cause(_("%(records)s wait: the other system sent answers that cannot be read.")),
    "value_missing": Cause(_("%(records)s have nothing in the field “%(field)s” in %(system)s."), ("system", "field")),
    "value_unusable": Cause(
        _("%(records)s have something in the field “%(field)s” in %(system)s that cannot be used."), ("system", "field")
    ),
    "waits_for": Cause(_("%(records)s wait for records that have not been transferred.")),
}
