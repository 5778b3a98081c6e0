"""Sentences about the start-up sync: how far it is, and why a record of it is not transferred."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence

_LOOK: Final = _("You need not do anything here. What it does stands under “Start-up sync”.")

SENTENCES: Final[Mapping[str, Sentence]] = {
    "startup_reading": Sentence(
        _("%(record)s reads e-conomic and Rackbeat. Nothing is written."),
        _("Everything is shown to you before anything is written."),
        _LOOK,
    ),
    "startup_ready": Sentence(
        _("%(record)s has read both systems. Nothing is written yet."),
        _("It waits until you have looked at what would be made, and begin it."),
        _LOOK,
    ),
    "startup_writing": Sentence(
        _("%(record)s writes in Rackbeat."),
        _("It gives way to everything else, and goes on where it was."),
        _LOOK,
    ),
    "startup_paused": Sentence(
        _("%(record)s is paused."), _("Somebody has pressed “Pause”. What has come over stays."), _LOOK
    ),
    "startup_done": Sentence(
        _("%(record)s is finished."), _("What came over and what did not stands in its report."), _LOOK
    ),
    "startup_rests": Sentence(
        _("%(record)s waits for a moment."),
        _("Rackbeat did not answer to some records. They are looked for by their numbers before they are made again."),
        _("You need not do anything. It goes on by itself within a minute."),
    ),
    "startup_of_another_ledger": Sentence(
        _("%(record)s was not done."),
        _("It was asked for of another e-conomic agreement than the one that is connected now."),
        _("You need not do anything."),
    ),
    "startup_list_changing": Sentence(
        _("%(record)s could not read one of e-conomic's lists."),
        _("Records were made or deleted in it while it was read, three times in a row, so some could be missing."),
        _("Press “Try again” when nobody works in that list."),
    ),
    "startup_too_many": Sentence(
        _("%(record)s cannot read one of e-conomic's lists."),
        _("It has more than 200,000 records."),
        _("Delete what is not in use in e-conomic, and press “Try again”. Else ask support."),
    ),
}
