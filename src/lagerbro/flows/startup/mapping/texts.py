"""Texts as Rackbeat takes them: whole or not at all, and what was left out is told. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from lagerbro.wire.texts import clean


def one_line(text: str | None) -> str:
    return " ".join(clean(text or "").split())


def fitting(texts: Mapping[str, tuple[str | None, int]]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Of the texts with their longest lengths: those that have something to say, and the names of those that do not
    fit. A number, an address or a description that is cut off is another one."""
    trimmed = {name: (clean(text or "").strip(), longest) for name, (text, longest) in texts.items()}
    taken = {name: text for name, (text, longest) in trimmed.items() if 0 < len(text) <= longest}
    return taken, tuple(name for name, (text, longest) in trimmed.items() if len(text) > longest)
