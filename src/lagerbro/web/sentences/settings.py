"""Sentences about choices of the settings that have stopped working."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence

CHOICE: Final = Sentence(
    _("%(choice)s can no longer be used for “%(label)s”."),
    "%(misfit)s",
    _("Choose another in the settings, or mend it where it was changed. What depends on it waits until then."),
)
MORE_CHOICES: Final = Sentence(
    _("There are others that can no longer be used: %(n)s more."), "", _("All of them are marked in the settings.")
)
