"""The words for what a system answered when the connection was tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.connections.probe import NO_KEYS, REVOKED, UNREADABLE
from lagerbro.web.sentences.words import Message, Sentence, message_of

_LATER: Final = _("Transfers try again by themselves. If it lasts more than an hour, ask %(system)s' support.")
_OTHERWISE: Final = Sentence(_("%(system)s could not be asked just now."), "", _LATER)
_ANSWERS: Final[Mapping[str, Sentence]] = {
    REVOKED: Sentence(
        _("%(system)s does not know our key any more."),
        _("Access has been withdrawn there, or the app has been uninstalled."),
        _("Connect again: in e-conomic by giving access anew, in Rackbeat by pressing Installér."),
    ),
    NO_KEYS: Sentence(
        _("There is no key to %(system)s."),
        _("The connection has been ended, and the keys are destroyed."),
        _("Press Installér in Rackbeat to connect again."),
    ),
    UNREADABLE: Sentence(
        _("Our stored key to %(system)s cannot be opened."),
        _("The key that it was stored with is missing or has been replaced."),
        _("Press Installér in Rackbeat to connect again."),
    ),
    "rate_limited": Sentence(_("%(system)s answers, and asks for a pause."), "", _("Try again in a minute.")),
}


def probe_message(system: str, code: str) -> Message | None:
    """What the system answered in the reader's language; None when all is well."""
    return message_of(_ANSWERS.get(code, _OTHERWISE), code, "", {"system": system}) if code else None
