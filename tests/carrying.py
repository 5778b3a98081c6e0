"""How tests reach a sandbox's core without a socket: an httpx2 transport, with the faults that harm the carrying."""

from __future__ import annotations

from collections.abc import Callable

import httpx2

from lagerbro_sandbox.kernel.faults.plan import FaultPlan
from lagerbro_sandbox.kernel.http import Core, Request, Response
from lagerbro_sandbox.kernel.shell import answer_of


class CoreTransport(httpx2.BaseTransport):
    """Hands each request to the core and keeps a list of what was asked (`METHOD path`)."""

    def __init__(self, core: Core, faults: FaultPlan) -> None:
        self._core = core
        self._faults = faults
        self.asked: list[str] = []
        self.before: Callable[[Request], None] = lambda _request: None
        self.after: Callable[[Request], None] = lambda _request: None

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        asked = self._read(request)
        self.asked.append(f"{asked.method} {asked.path}")
        self.before(asked)
        fault = self._faults.take(asked)
        if fault is not None and fault.drop_connection:
            raise httpx2.ConnectError(fault.name)
        answer = answer_of(self._core, self._faults, asked, fault)
        self.after(asked)
        if fault is not None and fault.lose_answer:
            raise httpx2.ReadTimeout(fault.name)
        return self._written(answer)

    @staticmethod
    def _read(request: httpx2.Request) -> Request:
        return Request(
            method=request.method,
            path=request.url.raw_path.decode("ascii").split("?", 1)[0],
            query=request.url.query.decode("ascii"),
            headers={name.lower().decode(): value.decode() for name, value in request.headers.raw},
            body=request.read(),
            host=request.url.netloc.decode("ascii"),
        )

    @staticmethod
    def _written(answer: Response) -> httpx2.Response:
        headers = [(name.encode(), value.encode("latin-1")) for name, value in dict(answer.headers).items()]
        return httpx2.Response(answer.status, headers=headers, content=answer.body)
