"""A short name for what a record says, so that an unchanged one costs no call."""

from __future__ import annotations

from hashlib import sha256

from lagerbro.wire.numbers import encode

DIGITS = 32


def fingerprint(content: object) -> str:
    """The same for the same content, whatever order its fields were sent in."""
    return sha256(encode(_sorted(content))).hexdigest()[:DIGITS]


def _sorted(content: object) -> object:
    if isinstance(content, dict):
        return {name: _sorted(content[name]) for name in sorted(content)}
    if isinstance(content, list):
        return [_sorted(item) for item in content]
    return content
