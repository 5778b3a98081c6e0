"""Answers and bodies, as every REST resource makes and reads them."""

from __future__ import annotations

import msgspec

from lagerbro_sandbox.economic.wire.errors import ApiError, schema_error
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.kernel.records import Record

JSON = {"Content-Type": "application/json"}


def ok(body: Record, status: int = 200) -> Response:
    headers = {**JSON, "Location": body["self"]} if status == 201 else JSON
    return Response(status, headers, to_json(body))


def body_of(request: Request) -> object:
    """The JSON body; 415 for another content type, 400 for what is not JSON."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise ApiError(415, "Unsupported media type.", "Send application/json.")
    try:
        return from_json(request.body)
    except (msgspec.DecodeError, UnicodeDecodeError, ArithmeticError) as error:
        raise schema_error([f"The body is not JSON: {error}"], "") from error


def pdf(content: bytes, name: str) -> Response:
    """A PDF file."""
    disposition = f'inline; filename="{name}"'
    return Response(200, {"Content-Type": "application/pdf", "Content-Disposition": disposition}, content)
