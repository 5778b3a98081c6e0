"""A body whose useful part can be read although something beside it cannot: the second reading of what failed once.

A field that we do not use may hold anything (domain-rules H34): a number of ten thousand digits, half a character, a
thousand arrays in each other. Each is replaced by what can be read and is still of no use to anybody who wants a value
there, so that a field that we do use is refused by its name.
"""

from __future__ import annotations

import re
from typing import Final

DEPTH_MAX: Final = 64
"""Arrays and objects in each other; neither system's records have more than eight."""

_DIGITS_MAX: Final = 30
# possessive (`*+`): a text without an end is given up at once, and not tried again from each of its lengths
_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]|-?[0-9][0-9.eE+-]*+', re.DOTALL)
_ESCAPE: Final = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a whole pair stays
    rb"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
    rb"|\\."
)
_CONTROL: Final = re.compile(rb"[\x00-\x1f]")
_UNKNOWN: Final = rb"\ufffd"


def repaired_json(body: bytes) -> bytes:
    """The body with what no reader takes replaced. What is not JSON for other reasons stays that."""
    whole = body.decode("utf-8", "replace").encode()
    parts: list[bytes] = []
    depth = copied = left_at = 0
    for token in _TOKEN.finditer(whole):
        sign = token[0]
        if sign in (b"[", b"{"):
            depth += 1
            if depth == DEPTH_MAX + 1:
                parts.append(whole[copied : token.start()])
                left_at = token.start()
        elif sign in (b"]", b"}"):
            depth -= 1
            if depth == DEPTH_MAX:
                parts.append(b"[]" if whole[left_at] == ord("[") else b"{}")
                copied = token.end()
        elif depth <= DEPTH_MAX and (replaced := _replaced(sign)) is not sign:
            parts += (whole[copied : token.start()], replaced)
            copied = token.end()
    return b"".join((*parts, whole[copied:]))


def _replaced(token: bytes) -> bytes:
    """The text or number itself where it can be read, else something in its place."""
    if token[0] != ord('"'):
        return token + b"e0" if len(token) > _DIGITS_MAX and token.lstrip(b"-").isdigit() else token
    if b"\\u" in token:
        token = _ESCAPE.sub(lambda escape: _UNKNOWN if escape[1] else escape[0], token)
    return _CONTROL.sub(lambda _: _UNKNOWN, token) if _CONTROL.search(token) else token
