"""Passwords that whoever knows the company tries first: its name, and the names of the systems that it is about."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lagerbro.people.companies import companies_of
from lagerbro.people.models import Person

WORDS: Final = ("lagerbro", "rackbeat", "e-conomic", "economic", "visma")
LETTERS_MIN: Final = 5
"""A shorter word of a company's name ("Nord", "ApS") is in too many passwords that have nothing to do with it."""
OTHERS_MIN: Final = 6
"""What a password needs besides such words."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_SIGNS: Final = re.compile(r"[\W_]+")


class OwnWordsValidator:
    """Refuses a password that is little more than words of ours and of the person's companies."""

    def validate(self, password: str, user: Person | None = None) -> None:
        rest = _bare(password)
        for word in sorted({*map(_bare, WORDS), *_company_words(user)}, key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < OTHERS_MIN and len(rest) < len(_bare(password)):
            raise ValidationError(self.get_help_text(), code="password_of_own_words")

    def get_help_text(self) -> str:
        return _("The password must be more than the name of your company, Lagerbro, Rackbeat or e-conomic.")


def _company_words(user: Person | None) -> set[str]:
    if user is None or user.pk is None:
        return set()
    names = [membership.agreement.company_name for membership in companies_of(user)]
    return {_bare(name) for name in names} | {
        word.casefold() for name in names for word in _WORD.findall(name) if len(word) >= LETTERS_MIN
    }


def _bare(text: str) -> str:
    """Without signs between the letters, and with small ones."""
    return _SIGNS.sub("", text).casefold()
