"""The name e-conomic stays on one line: browsers break after its hyphen, and no property of CSS forbids only that.

Done to the finished page, so that messages, labels and what people copy and search for hold the plain name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase

NAME: Final = b"e-conomic"
_KEPT: Final = b'<span class="nobr">e-conomic</span>'
_PLAIN: Final = tuple(
    f"</{element}".encode() for element in ("option", "title", "text", "tspan", "desc", "script", "style")
)
"""Ends of elements that hold text and no elements, or draw it; `</text` is the beginning of `</textarea` too."""


class UnbrokenNameMiddleware:
    """Stands inside whatever measures a finished page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if isinstance(response, HttpResponse) and response.get("Content-Type", "").startswith("text/html"):
            response.content = unbroken(response.content)
        return response


def unbroken(page: bytes) -> bytes:
    """The page with the name held together wherever it is read. Attributes are as they were.

    The whole run of text gets an element around it: in a row of flexible boxes it is one box before and after.
    """
    return b"".join(_parts(page))


def _parts(page: bytes) -> Iterator[bytes]:
    done = 0
    at = page.find(NAME)
    while at >= 0:
        begins, ends = page.rfind(b">", 0, at) + 1, page.find(b"<", at)
        if page.rfind(b"<", 0, at) >= begins:
            ends = page.find(b">", at)
        elif ends >= 0 and not page.startswith(_PLAIN, ends):
            yield page[done:begins]
            yield b"<span>" + page[begins:ends].replace(NAME, _KEPT) + b"</span>"
            done = ends
        at = page.find(NAME, ends) if ends >= 0 else -1
    yield page[done:]
