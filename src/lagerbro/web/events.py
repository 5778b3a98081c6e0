"""The words for what happened to a connection and to access to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lagerbro.agreements.models import AgreementEvent
from lagerbro.people.models import Role
from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.details import day
from lagerbro.web.sentences.words import message_of
from lagerbro.wire.texts import isolated

EVENTS: Final[Mapping[str, str | Promise]] = {
    "connected": _("Connected with e-conomic agreement %(ledger)s"),
    "reconnected": _("Connected again with e-conomic agreement %(ledger)s"),
    "epoch_begun": _("A new ledger was begun (number %(epoch)s)"),
    "activated": _("The integration was activated"),
    "economic_not_told": _("e-conomic does not tell us of changes; they are found a little later. %(reason)s"),
    "made_again": _("A document that was nowhere in e-conomic any more was to be made again"),
    "made_anew": _("A record that has another number in the other system was to be created as a new one"),
    "group_wanted": _("A group that e-conomic lacked was to be made like group %(source)s"),
    "group_made": _("The group was made like group %(source)s"),
    "stock_backfill_started": _("Back-fill of the stock value from %(first)s to %(last)s was asked for"),
    "startup_begun": _("The integration was activated, the start-up sync first"),
    "startup_running": _("The start-up sync was begun"),
    "startup_paused": _("The start-up sync was paused"),
    "startup_resumed": _("The start-up sync went on"),
    "startup_ended": _("The start-up sync was finished"),
    "paused": _("Paused"),
    "resumed": _("Resumed"),
    "disconnected": _("The connection was ended here; the keys are destroyed"),
    "keys_lost": _("The key that access was stored with is lost; access must be given again"),
    "uninstalled": _("Uninstalled in Rackbeat; the keys are destroyed"),
    "sign_in_required": _("Sign-in is asked for inside Rackbeat too"),
    "sign_in_not_required": _("Sign-in is no longer asked for inside Rackbeat"),
    "second_factor_required": _("Administrators are asked for a second factor"),
    "second_factor_not_required": _("Administrators are no longer asked for a second factor"),
    "member_added": _("%(person)s joined as %(role)s"),
    "role_changed": _("%(person)s became %(role)s"),
    "member_removed": _("%(person)s no longer has access"),
    "invited": _("%(person)s was invited as %(role)s"),
    "invitation_withdrawn": _("The invitation of %(person)s was withdrawn"),
    "link_made": _("A reading link was made for %(person)s"),
    "link_withdrawn": _("The reading link of %(person)s was withdrawn"),
}


def event_text(event: AgreementEvent) -> str:
    """What happened, in the reader's language; an event without words shows its code."""
    details = dict(event.details)
    if details.get("role") in Role.names:
        details["role"] = str(Role[details["role"]].label)
    if "reason" in details:
        details["reason"] = message_of(SENTENCES.get(details["reason"]), details["reason"], "", {}).why
    for name in ("first", "last"):
        if name in details:
            details[name] = day(details[name])
    values = {name: isolated(str(text)) for name, text in details.items()}
    return str(EVENTS.get(event.code, event.code)) % defaultdict(lambda: "–", values)
