"""Sentences about what waits too long (domain-rules H40): the cause is the latest failure's, the remedy another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence, Words

TRIED: Final = _("It has failed %(n)s times in a row.")
_SYSTEMS: Final = _(
    "Look whether you can use Rackbeat and e-conomic yourself. If you can, press “Try again”; if it stops again, open"
    " the record and send its technical details to support."
)

_TURN: Final = _(
    "Press “Try again”; if it still waits an hour later, open the record and send its technical details to support."
)

NOT_BEGUN: Final = Sentence(
    _("%(record)s has not been transferred yet."), _("It has waited for its turn for more than two hours."), _TURN
)
_REMEDIES: Final[Mapping[str, Words]] = {
    "": _TURN,
    "waits_for": _("Find what it waits for under Activity and solve that; this record then follows by itself."),
    "rate_limited": _(
        "Other programs may be using up the calls that your agreement has. Let them rest, and press “Try again”."
    ),
    "changed_meanwhile": _("See to it that nobody has the record open in e-conomic, and press “Try again”."),
}


def remedy(code: str) -> Words:
    """What to do about a record that has failed with this code too often, or for too long."""
    return _REMEDIES.get(code, _SYSTEMS)
