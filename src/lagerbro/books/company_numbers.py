"""Company numbers as people write them: which Danish CVR number is in a text (surprises A3, 31).

"CVR-nr. 12345674", "DK 12 34 56 74" and "12345674" are one number. The check digit decides, by python-stdnum.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from stdnum.dk import cvr
from stdnum.eu.vat import MEMBER_STATES

CVR_DIGITS: Final = 8
_DIGIT_GROUPS: Final = re.compile(r"(?<![0-9A-Z])(?:([A-Z]+)[ .:/-]*)?([0-9](?:[ .-]?[0-9])*)(?![0-9A-Z])")
"""Digits that may be grouped, with the word before them; letters that touch their end belong to another number."""
_FOREIGN_PREFIXES: Final = frozenset({state.upper() for state in MEMBER_STATES} | {"EL", "GB"}) - {"DK", "SE"}
"""Words before eight digits that make them another country's. SE is left out: a Danish SE number is the same number,
and a Swedish one is longer."""
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—−_", "-"))


def normalized(text: str | None) -> str:
    """The text in capitals, with one kind of digit, hyphen and blank."""
    folded = unicodedata.normalize("NFKC", text or "").translate(_DASHES)
    return " ".join(folded.upper().split())


def cvr_in(text: str | None) -> str | None:
    """The eight digits of the CVR number in the text; None where there is none, or more than one."""
    candidates = {
        digits
        for word, run in _DIGIT_GROUPS.findall(normalized(text))
        if word not in _FOREIGN_PREFIXES
        for digits in _eight_digit_numbers(run)
    }
    valid = {digits for digits in candidates if cvr.is_valid(digits)}
    return valid.pop() if len(valid) == 1 else None


def company_number(text: str | None) -> str:
    """The CVR number in the text, else the text as it is written, for whoever sends or shows it."""
    return cvr_in(text) or (text or "").strip()


def are_same_company(one: str | None, other: str | None) -> bool:
    """Whether two numbers are one company's, however they are written; an unknown number is like none."""
    first, second = (cvr_in(text) or _letters_and_digits(text) for text in (one, other))
    return bool(first) and first == second


def _letters_and_digits(text: str | None) -> str:
    """Letters and digits alone, without the words for a Danish number: one that is mistyped is so in both systems."""
    return re.sub(r"^(?:CVR(?:NR)?|SE(?:NR)?|DK)+(?=[0-9]{8}$)", "", re.sub(r"[^0-9A-Z]", "", normalized(text)))


def _eight_digit_numbers(run: str) -> list[str]:
    """The run as one number of eight digits, or the parts of it that are."""
    whole = re.sub(r"[^0-9]", "", run)
    if len(whole) == CVR_DIGITS:
        return [whole]
    return [part for part in re.split(r"[ .-]", run) if len(part) == CVR_DIGITS]
