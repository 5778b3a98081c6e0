"""What cannot be read of a body, and why."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.wire.texts import clean

SHOWN_MAX: Final = 60


class UnreadableError(ValueError):
    """A body that is not the JSON it should be, or that holds a number no amount can be."""


class UnfitValueError(UnreadableError):
    """A value that cannot be what it should be. `stood` is the value as it was sent, `missing` that none was, or a
    text of nothing but blanks."""

    def __init__(self, value: object, wanted: str, *, missing: bool = False) -> None:
        super().__init__(wanted)
        missing = missing or (isinstance(value, str) and not value.strip())
        self.stood = "" if missing else shown(value)
        self.wanted = wanted
        self.missing = missing
        self.path: list[str] = []

    def under(self, part: str | int) -> UnfitValueError:
        """The same, seen from one step further out."""
        self.path.insert(0, str(part))
        return self

    @property
    def field(self) -> str:
        """Where it stood, dotted and counted from 0 as both systems do: `lines.0.line_price`."""
        return clean(".".join(self.path))

    def __str__(self) -> str:
        stood = "is missing" if self.missing else f"is {self.stood}"
        return f"{self.field or 'the content'} {stood} and should be {self.wanted}"


def shown(value: object, longest: int = SHOWN_MAX) -> str:
    """A value for people: short, clean, and as JSON writes it where it is no text."""
    match value:
        case None:
            text = "null"
        case bool():
            text = str(value).lower()
        case str() | Decimal():
            text = str(value)
        case int():
            text = str(value) if value.bit_length() < 200 else "10…"
        case msgspec.Raw():
            text = bytes(value)[: longest + 1].decode("utf-8", "replace")
        case list():
            text = "[…]" if value else "[]"
        case dict():
            text = "{…}" if value else "{}"
        case _:
            text = type(value).__name__
    text = clean(text[: longest + 1])
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
