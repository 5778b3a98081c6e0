"""Sentences about the two systems and the way to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence

_NOT_TRANSFERRED = _("%(record)s is not transferred.")
_CORRECT_THERE = _(
    "Correct it in %(system)s, and press “Try again”. If it looks right there, send the technical details to support."
)
_NOT_YET = _("%(record)s has not been transferred yet.")
_NOTHING = _("You need not do anything: Lagerbro tries again by itself.")
_UNSURE = _("Lagerbro first looks whether it was done, so that nothing is done twice. You need not do anything.")

SENTENCES: Final[Mapping[str, Sentence]] = {
    "unreachable": Sentence(_NOT_YET, _("The other system could not be reached."), _NOTHING),
    "answer_lost": Sentence(_NOT_YET, _("The answer to a call was lost on the way."), _UNSURE),
    "server_error": Sentence(_NOT_YET, _("The other system failed while it was working on it."), _UNSURE),
    "unreadable_answer": Sentence(_NOT_YET, _("The other system sent an answer that cannot be read."), _UNSURE),
    "value_unusable": Sentence(
        _NOT_TRANSFERRED,
        _("%(system)s has “%(value)s” in the field “%(field)s”, and that cannot be used."),
        _CORRECT_THERE,
    ),
    "value_missing": Sentence(
        _NOT_TRANSFERRED,
        _("%(system)s has nothing in the field “%(field)s”, and something has to stand there."),
        _CORRECT_THERE,
    ),
    "foreign_address": Sentence(
        _NOT_YET, _("The other system pointed to a strange address, and keys are never sent there."), _NOTHING
    ),
    "outcome_unknown": Sentence(_NOT_YET, _("The answer to a call was lost on the way."), _UNSURE),
    "not_found_yet": Sentence(_NOT_YET, _("The answer to a call was lost on the way."), _UNSURE),
    "put_aside": Sentence(
        _("%(record)s has been put aside."),
        _("Somebody has asked Lagerbro to leave it alone for now."),
        _("Press “Try again” when it may go on."),
    ),
    "cancelled_by_person": Sentence(
        _NOT_TRANSFERRED,
        _("Somebody has cancelled it."),
        _("Press “Try again” if it shall be transferred after all."),
    ),
    "database_busy": Sentence(_NOT_YET, _("Lagerbro's own database was busy or could not be reached."), _UNSURE),
    "rate_limited": Sentence(_NOT_YET, _("The other system asks for a pause."), _NOTHING),
    "changed_meanwhile": Sentence(_NOT_YET, _("Somebody changed the same record at the same moment."), _NOTHING),
    "access_doubted": Sentence(
        _NOT_YET,
        _("The other system refused Lagerbro's key once. %(said)s"),
        _("Lagerbro asks once more before it believes it. You need not do anything."),
    ),
    "grant_revoked": Sentence(
        _("Transfers have stopped."),
        _("Lagerbro's access has been withdrawn, or its key has expired."),
        _("Connect again. Everything that waits is kept and then follows by itself."),
    ),
    "access_denied": Sentence(
        _NOT_TRANSFERRED,
        _("Lagerbro lacks a right or a module in the other system. %(said)s"),
        _("Give the right or buy the module, and press “Try again”."),
    ),
    "license_read_only": Sentence(
        _NOT_TRANSFERRED,
        _("The subscription in the other system lets programs read, but not write. %(said)s"),
        _("Change the subscription there to one that programs may write with, and press “Try again”."),
    ),
    "economic_refused": Sentence(
        _NOT_TRANSFERRED,
        _("e-conomic refuses it."),
        _("Correct what is named, and press “Try again”."),
    ),
    "remote_refused": Sentence(
        _NOT_TRANSFERRED,
        _("The other system refuses it. %(said)s"),
        _("Correct what is named, and press “Try again”."),
    ),
    "request_refused": Sentence(
        _NOT_TRANSFERRED,
        _("The other system refuses it. %(said)s"),
        _("Correct what is named, and press “Try again”."),
    ),
    "not_found": Sentence(
        _NOT_TRANSFERRED,
        _("Something that it refers to was not found in the other system. %(said)s"),
        _("Look up what it refers to in e-conomic, and press “Try again”."),
    ),
    "bug": Sentence(
        _("%(record)s has stopped because of a fault in Lagerbro."),
        _("The fault has been noted, and nothing half-done has been left behind."),
        _("Press “Try again”. If it stops again, open it and send its technical details to support."),
    ),
}
