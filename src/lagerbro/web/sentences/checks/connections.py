"""Sentences about reaching the two systems and being reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence, Words

_AGAIN = _("Wait a moment and run the check again. If it goes on, look whether %(system)s has an outage.")

SENTENCES: Final[Mapping[str, Sentence]] = {
    "economic_grant_dead": Sentence(
        _("e-conomic does not let us in."),
        _("Our access has been withdrawn, or it was given to another agreement."),
        _("Connect e-conomic again. Your settings and your history stay."),
    ),
    "rackbeat_token_dead": Sentence(
        _("Rackbeat does not let us in."),
        _("The key no longer works, or the app has been uninstalled."),
        _("Install Lagerbro again from Rackbeat's apps. Your settings and your history stay."),
    ),
    "economic_read_only": Sentence(
        _("Your e-conomic subscription lets programs read only."),
        _("Nothing can be booked from outside then."),
        _("Change the subscription in e-conomic to one that programs may write to."),
    ),
    "rights_missing": Sentence(
        _("Lagerbro does not have the rights in e-conomic that it needs."),
        _("The sections that you have switched on need more than the app was given. %(roles)s"),
        _("Connect e-conomic again as a superuser, and accept all the rights."),
    ),
    "module_missing": Sentence(
        _("A module is missing in e-conomic."),
        _("e-conomic does not allow us to use it. %(said)s"),
        _("Add the module to your e-conomic agreement, or switch the section off."),
    ),
    "list_unread": Sentence(
        _("%(system)s did not let us read %(source)s."),
        _("Without it nobody can tell whether the books would be right. %(said)s"),
        _AGAIN,
    ),
    "list_unread_minor": Sentence(
        _("%(system)s did not let us read %(source)s."),
        _("So that part has not been checked. %(said)s"),
        _AGAIN,
    ),
    "webhooks_impossible": Sentence(
        _("Rackbeat cannot reach Lagerbro at %(url)s."),
        _("Rackbeat tells us at once when something is booked, and that takes a public address with https."),
        _("Ask whoever runs Lagerbro for you to give it such an address (LAGERBRO_PUBLIC_URL)."),
    ),
    "clock_skewed": Sentence(
        _("Our clock and e-conomic's are %(seconds)s seconds apart."),
        _("Vouchers at the turn of a day could get the wrong date."),
        _("Ask whoever runs Lagerbro for you to set the machine's clock."),
    ),
    "nothing_enabled": Sentence(
        _("No section is switched on."),
        _("The integration would be active, and nothing would be transferred."),
        _("Switch on the sections that you want in the settings."),
    ),
    "startup_already_used": Sentence(
        _("The start-up sync has been used already."),
        _("It can be run only once, so the activation goes on without it."),
        _("Remove the tick at “Start-up sync”."),
    ),
}

PASSED: Final[Mapping[str, Words]] = {
    "economic_grant_dead": _("e-conomic lets us in"),
    "rackbeat_token_dead": _("Rackbeat lets us in"),
    "economic_read_only": _("The e-conomic subscription may be written to, as far as we know"),
    "rights_missing": _("The rights in e-conomic are there"),
    "module_missing": _("No module in e-conomic is missing"),
    "list_unread": _("Everything that had to be read could be read"),
    "list_unread_minor": _("The smaller lists could be read"),
    "webhooks_impossible": _("Rackbeat can reach Lagerbro"),
    "clock_skewed": _("The clocks agree"),
    "nothing_enabled": _("At least one section is switched on"),
    "startup_already_used": _("The start-up sync has not been used before"),
}
