"""One thing that is wrong with what was sent, in the words of the OpenAPI surface; REST has codes of its own for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Complaint:
    """`property` is the name of the place, empty for the whole."""

    code: str
    message: str
    property: str = ""
