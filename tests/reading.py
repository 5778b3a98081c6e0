"""What a page of ours says, without the elements that only hold the name e-conomic on one line."""

from __future__ import annotations

import re
from typing import Any, Final

_HELD: Final = '<span class="nobr">e-conomic</span>'
_RUN: Final = re.compile(rf"<span>((?:[^<>]|{_HELD})*{_HELD}(?:[^<>]|{_HELD})*)</span>")


def said(answer: Any) -> str:
    """The answer's text as its template wrote it."""
    return plain(answer.content.decode())


def plain(page: str) -> str:
    return _RUN.sub(lambda run: run[1].replace(_HELD, "e-conomic"), page)
