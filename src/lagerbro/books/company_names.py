"""Company names as people write them: whether two can be one company's."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LETTERS_MIN: Final = 3
_FORMS: Final = frozenset({"aps", "ivs", "amba", "gmbh", "ltd", "inc", "sarl", "spa"})
"""Words that say what a company is and not which."""
_WORD: Final = re.compile(r"\w+")


def may_be_same_name(one: str, other: str) -> bool:
    """Whether the names have a word in common that tells companies apart; names without any such word may be anybody's.

    "Havnens Grosserer A/S" and "HAVNENS GROSSERER ApS" may be one company, "Fynske Lygter ApS" is another.
    """
    first, second = _words(one), _words(other)
    return not first or not second or bool(first & second)


def _words(name: str) -> frozenset[str]:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return frozenset(word for word in _WORD.findall(folded) if len(word) >= LETTERS_MIN) - _FORMS
