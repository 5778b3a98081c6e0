"""Why a connection is broken, what becomes of what happens meanwhile, and the way back: the same on every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.connections.disconnecting import DISCONNECTED, UNINSTALLED
from lagerbro.connections.probe import BOTH_REVOKED, ECONOMIC_REVOKED, RACKBEAT_REVOKED, REVOKED
from lagerbro.sync.models import Transfer
from lagerbro.web.sentences.words import Message, Sentence, message_of
from lagerbro.web.status.overdue import MOVING

_INSTALL: Final = _(
    "Press Installér in Rackbeat to connect again. Settings and history are kept, and what has been booked in the"
    " meantime is fetched then."
)
_NOTHING: Final = _("Nothing is transferred, and what happens in Rackbeat is not kept here in the meantime.")
_UNREADABLE: Final = Sentence(
    _("The stored access to Rackbeat and e-conomic cannot be opened any more."), _NOTHING, _INSTALL
)
_SENTENCES: Final[Mapping[str, Sentence]] = {
    ECONOMIC_REVOKED: Sentence(
        _("Access to e-conomic has been withdrawn there."),
        _(
            "Nothing is transferred. What you book in Rackbeat is kept and goes on by itself when access is given"
            " again."
        ),
        _("An administrator gives access again: settings and history are kept, and nothing is installed anew."),
    ),
    REVOKED: Sentence(
        _("One of the two systems does not know our access any more."),
        _("Nothing is transferred. Lagerbro is asking both which of them it is."),
        _("Open the page again in a minute."),
    ),
    RACKBEAT_REVOKED: Sentence(_("Rackbeat does not know our access any more."), _NOTHING, _INSTALL),
    BOTH_REVOKED: Sentence(_("Neither Rackbeat nor e-conomic knows our access any more."), _NOTHING, _INSTALL),
    UNINSTALLED: Sentence(_("The app has been uninstalled in Rackbeat."), _NOTHING, _INSTALL),
    DISCONNECTED: Sentence(_("The connection has been ended from Lagerbro."), _NOTHING, _INSTALL),
}


@dataclass(frozen=True, slots=True)
class Broken:
    """`waiting`: transfers that go on when the connection is made again. `is_mended_here`: access to e-conomic is all
    that is lacking, which is given from our own pages."""

    message: Message
    waiting: int
    is_mended_here: bool


def broken(agreement: Agreement) -> Broken | None:
    """None while the connection stands."""
    if agreement.state != AgreementState.GONE:
        return None
    with agreement_scope(agreement.pk):
        waiting = Transfer.in_scope.filter(state__in=MOVING).count()
    message = message_of(_SENTENCES.get(agreement.state_code, _UNREADABLE), "", "", {})
    return Broken(message, waiting, agreement.state_code == ECONOMIC_REVOKED)
