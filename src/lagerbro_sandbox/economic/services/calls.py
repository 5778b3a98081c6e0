"""One request to a service: who asks, under which version, for what."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from lagerbro_sandbox.economic.services.problems import INVALID, ServiceError, refuse
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import from_json, to_json

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Call:
    """`place` is the address of the service and version, `path` what follows it."""

    session: Session
    request: Request
    version: str
    place: str
    path: str

    def body(self) -> object:
        """The JSON body; 415 for another content type, 400 for what is not JSON."""
        kind = self.request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind != "application/json":
            raise ServiceError(415, "UnsupportedMediaType", "Send application/json.")
        try:
            return from_json(self.request.body)
        except (msgspec.DecodeError, UnicodeDecodeError, ArithmeticError) as error:
            raise refuse(INVALID, f"The body is not JSON: {error}") from error

    def parameters(self) -> dict[str, str]:
        """The query by lower-case name: the documents write `skipPages`, their prose `skippages`."""
        return {name.lower(): value for name, value in self.request.parameters()}

    def created(self, content: object, key: object) -> Response:
        """201 with the identifier alone, and where the thing is (economic-api 3.3)."""
        location = f"{self.place}/{self.path.strip('/')}/{key}"
        return Response(201, {**JSON, "Location": location}, to_json(content))


def json_response(content: object) -> Response:
    return Response(200, JSON, to_json(content))


NOTHING = Response(204)
