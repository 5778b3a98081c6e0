"""The mark by which our vouchers are found again in e-conomic, and the text that it ends (domain-rules H21, H12).

`RB-K1001`: no customer invoice's mark, `RB-1001`, is a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from lagerbro.flows.texts import cut

TEXT_MAX: Final = 250  # of an entry (economic-api 8.2)
MARK: Final = "RB-K"
_SEPARATOR: Final = " · "
_NUMBERS_MAX: Final = 50


def mark(number: int) -> str:
    """`RB-K1001`."""
    return f"{MARK}{number}"


def has_mark(text: str | None, number: int) -> bool:
    """Whether a text bears the mark of this very invoice: `RB-K104` is not `RB-K10`."""
    return re.search(rf"{mark(number)}(?!\d)", text or "") is not None


def voucher_text(number: int, parts: Iterable[str]) -> str:
    """The parts that are not empty, and the mark, which is never what is cut."""
    ending = mark(number)
    before = cut(_SEPARATOR.join(part for part in parts if part), TEXT_MAX - len(ending) - len(_SEPARATOR))
    return f"{before}{_SEPARATOR}{ending}" if before else ending


def numbers_in(records: Any) -> list[str]:  # noqa: ANN401 - whatever Rackbeat has there
    """Of records that are listed by number, or whole with their number; what else may stand there is passed over."""
    listed = records if isinstance(records, list) else []
    listed_numbers = [one.get("number") if isinstance(one, dict) else one for one in listed[:_NUMBERS_MAX]]
    numbers = [str(one).strip() for one in listed_numbers if isinstance(one, int | str) and not isinstance(one, bool)]
    return [number for number in numbers if number]


def numbers_text(word: str, numbers: Iterable[str]) -> str:
    """`Bestilling 1001, 1002`; empty where there are none."""
    listed = ", ".join(numbers)
    return f"{word} {listed}" if listed else ""
