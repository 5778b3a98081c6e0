"""The shell: a loopback server around a core. Faults that wait or break connections live here.

The core is called inline, one request at a time: a thread pool halves the throughput and would need a lock around
the storage anyway.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Final

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from lagerbro_sandbox.kernel.admin import PREFIX
from lagerbro_sandbox.kernel.faults.plan import Fault, FaultPlan
from lagerbro_sandbox.kernel.http import BODY_LIMIT_BYTES, Core, Request, Response
from lagerbro_sandbox.kernel.visitors import is_own, refusal

_HTML: Final = {"Content-Type": "text/html; charset=utf-8"}
_GATEWAY: Final = (
    b"<!doctype html><html><head><title>%d</title></head><body><h1>Temporarily unavailable</h1></body></html>"
)
"""What stands before a server answers when the server does not."""


class _CutOffError(Exception):
    """The connection ended in the middle of a request."""


class _TooLongError(Exception):
    """A request of more bytes than are read."""


@dataclass(slots=True)
class Shell:
    """An ASGI application that hands every request to the core. `pages` serves what people look at; `public_base` is a
    name of ours beside those of loopback."""

    core: Core
    faults: FaultPlan
    pages: ASGIApp | None = None
    pages_prefix: str = "/pages/"
    public_base: str | None = None
    background: Callable[[], Coroutine[None, None, None]] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        if not is_own(_request(scope, b"").host, self.public_base):
            await _answer(Response(421), send)  # before anything of it is read
            return
        if self.pages is not None and scope["path"].startswith(self.pages_prefix):
            await self.pages(scope, receive, send)
            return
        try:
            body = await _body(receive)
        except _TooLongError:
            await _answer(Response(413), send)
        except _CutOffError:
            return  # whoever sent it is gone: half a request asks for nothing
        else:
            await self._carry(_request(scope, body), receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        """Start what runs beside the requests, stop it at the end, give back the storage."""
        await receive()
        task = asyncio.create_task(self.background()) if self.background else None
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self.core.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _carry(self, request: Request, receive: Receive, send: Send) -> None:
        refused = refusal(request, self.public_base, admin=request.path.startswith(PREFIX))
        if refused is not None:
            await _answer(refused, send)
            return
        fault = None if request.path.startswith((PREFIX, self.pages_prefix)) else self.faults.take(request)
        if fault is not None and fault.delay_ms:
            await asyncio.sleep(fault.delay_ms / 1000)
        if fault is not None and fault.drop_connection:
            await _break(receive)
            return
        is_own = request.path.startswith((PREFIX, self.pages_prefix))
        # called inline: the core is one synchronous function over one database, and a thread pool halves it (measured)
        response = self.core.handle(request) if is_own else answer_of(self.core, self.faults, request, fault)
        # after the core has committed, not instead: that is what makes an outcome unknown
        if fault is not None and fault.lose_answer:
            await _break(receive)
            return
        await _answer(response, send)


async def _body(receive: Receive) -> bytes:
    """The whole body; raises when there is too much of it, and when it ends before it should."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _CutOffError
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > BODY_LIMIT_BYTES:
            raise _TooLongError
        if not message.get("more_body", False):
            return b"".join(chunks)


async def _break(receive: Receive) -> None:
    """Close the socket without an answer, as a broken network does. ASGI has no word for that, and an exception would
    be answered with a 500, so the server's own connection is taken."""
    connection = receive.__self__.transport  # type: ignore[attr-defined]  # uvicorn's, which `serve` starts
    connection.abort()
    while (await receive())["type"] != "http.disconnect":
        pass


def _request(scope: Scope, body: bytes) -> Request:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    return Request(
        method=scope["method"],
        path=scope["raw_path"].decode("ascii", "replace").split("?", 1)[0],
        query=scope["query_string"].decode("ascii", "replace"),
        headers=headers,
        body=body,
        host=headers.get("host", "localhost"),
    )


async def _answer(response: Response, send: Send) -> None:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()]
    if response.status != 204 and "content-length" not in {name.decode() for name, _ in headers}:
        headers.append((b"content-length", str(len(response.body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})


def answer_of(core: Core, faults: FaultPlan, request: Request, fault: Fault | None) -> Response:
    """What is answered where the connection holds: the core's answer, a dirty one, or what the fault says instead."""
    if fault is not None and fault.status is not None:
        if fault.after:
            core.handle(request)
        return failed(core, request, fault, fault.status)
    return faults.with_dirt(request, core.handle(faults.altered(request)))


def failed(core: Core, request: Request, fault: Fault, status: int) -> Response:
    """What a fault switch answers instead of the core."""
    answer = Response(status, _HTML, _GATEWAY % status) if fault.html else core.failing(request, status)
    return Response(status, {**answer.headers, **fault.headers}, answer.body)


def serve(shell: Shell, port: int) -> None:
    """Listen on loopback until told to stop. A port of 0 is not allowed: whoever starts a sandbox names its port."""
    config = uvicorn.Config(shell, host="127.0.0.1", port=port, log_level="warning", access_log=False, lifespan="on")
    uvicorn.Server(config).run()
