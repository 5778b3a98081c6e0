"""Texts cut to what e-conomic takes (economic-api 6 and 7)."""

from __future__ import annotations


def cut(text: str | None, longest: int) -> str:
    """The text without surrounding blanks, at most `longest` characters; a cut text ends with an ellipsis."""
    trimmed = (text or "").strip()
    return trimmed if len(trimmed) <= longest else f"{trimmed[: longest - 1].rstrip()}…"


def without_empty(fields: dict[str, str]) -> dict[str, str]:
    """Only the fields that have a text: leaving out is how e-conomic is told that there is none."""
    return {name: text for name, text in fields.items() if text}
