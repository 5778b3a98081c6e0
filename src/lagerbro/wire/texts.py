"""Texts as they may be kept and shown: whatever comes in, from either system, a door or a form, passes `clean` once."""

from __future__ import annotations

import re
from typing import Final

REPLACEMENT: Final = "\ufffd"
"""Unicode's own sign for a character that could not be kept. Nothing is left out: "AB\\0C" must not become the number
of another item."""

_UNFIT: Final = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters but tab and line breaks; PostgreSQL takes no NUL at all
    "\u202a-\u202e\u2066-\u2069"  # what turns the direction of everything after it, on a page or in a ledger
    "\ud800-\udfff"  # halves of a pair, which no database and no wire takes
    "]"
)

_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_ISOLATED: Final = re.compile(f"{_ISOLATE}[^\u2066-\u2069]*{_END_OF_ISOLATE}")
_TURNS: Final = re.compile(
    "["
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"  # written from right to left
    "\u200e\u200f\u061c"  # marks that are not seen and lean one way; a name may have them
    "]"
)


def clean(text: str) -> str:
    """The text with every character that may not stand in one replaced (domain-rules H35)."""
    return text if text.isprintable() else _UNFIT.sub(REPLACEMENT, text)


def one_line(text: str) -> str:
    """The text on one line, for a name or the subject of a letter."""
    return " ".join(clean(text).split())


def isolated(text: str) -> str:
    """The text as it stands in a sentence of ours: one that is written from right to left, or has a mark that says so,
    between two characters that keep it from turning our own words and figures round (UAX 9, FSI and PDI)."""
    if text.isascii() or not _TURNS.search(_ISOLATED.sub("", text)):
        return text
    return f"{_ISOLATE}{text}{_END_OF_ISOLATE}"


def is_key(text: str) -> bool:
    """Whether the text can be a record's number: on one line, with nothing in it that has to be replaced."""
    return bool(text.strip()) and is_clean(text) and not any(sign in text for sign in "\t\r\n")


def is_clean(text: str) -> bool:
    """Whether nothing in the text has to be replaced."""
    return text.isprintable() or not _UNFIT.search(text)
