"""The body of a program's call, read with a limit: what is announced is checked, and what has come is measured."""

from __future__ import annotations

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError


class BodyRefusedError(ValueError):
    """A body that is not read; `status` is the answer, the text says why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def read_body(request: HttpRequest, limit_bytes: int) -> bytes:
    """The whole body, of at most `limit_bytes`; raises `BodyRefusedError`.

    A body in pieces is announced by the server that put it together (waitress does). What ends before the announced
    length is not taken for the whole.
    """
    announced = _announced(request)
    if announced > limit_bytes:
        raise BodyRefusedError(413, f"The body is longer than {limit_bytes} bytes.")
    try:
        body = request.body
    except SuspiciousOperation as error:
        raise BodyRefusedError(413, f"The body is longer than {limit_bytes} bytes.") from error
    except UnreadablePostError as error:
        raise BodyRefusedError(400, "The body broke off.") from error
    if len(body) > limit_bytes:
        raise BodyRefusedError(413, f"The body is longer than {limit_bytes} bytes.")
    if len(body) < announced:
        raise BodyRefusedError(400, f"The body ended after {len(body)} of {announced} bytes.")
    return body


def _announced(request: HttpRequest) -> int:
    length = request.headers.get("Content-Length", "").strip()
    if not length:
        if request.headers.get("Transfer-Encoding"):
            raise BodyRefusedError(411, "Nobody has said how long the body is.")
        return 0
    if not (length.isascii() and length.isdigit() and len(length) < 20):
        raise BodyRefusedError(400, "The Content-Length is not a number.")
    return int(length)
