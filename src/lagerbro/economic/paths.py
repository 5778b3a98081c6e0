"""Identifiers in REST addresses: e-conomic's own escapes (economic-api 2.2), and never an empty one (16.3)."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

_ESCAPES: Final = str.maketrans(
    {
        "<": "_0_",
        ">": "_1_",
        "*": "_2_",
        "%": "_3_",
        ":": "_4_",
        "&": "_5_",
        "/": "_6_",
        "\\": "_7_",
        "_": "_8_",
        " ": "_9_",
        "?": "_10_",
        ".": "_11_",
        "#": "_12_",
        "+": "_13_",
    }
)


class EmptyIdentifierError(ValueError):
    """An empty identifier would address the whole collection: a DELETE would take every draft."""


def segment(identifier: str | int) -> str:
    """One path segment on the REST surface."""
    text = str(identifier)
    if not text.strip():
        raise EmptyIdentifierError("an empty identifier never reaches an address")
    return quote(text.translate(_ESCAPES), safe="")


def plain_segment(identifier: str | int) -> str:
    """One path segment on the OpenAPI services, which use ordinary percent-encoding."""
    text = str(identifier)
    if not text.strip():
        raise EmptyIdentifierError("an empty identifier never reaches an address")
    return quote(text, safe="")
