"""How Rackbeat says no: as stock Laravel does (rackbeat-api 1.6)."""

from __future__ import annotations

from collections.abc import Mapping

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.rackbeat.choices import INVALID, NOT_FOUND


class ApiError(Exception):
    """A refusal with its status and body."""

    def __init__(self, status: int, message: str, errors: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors

    def response(self) -> Response:
        body: dict[str, object] = {"message": self.message}
        if self.errors is not None:
            body["errors"] = self.errors
        return Response(self.status, {"Content-Type": "application/json"}, to_json(body))


def not_found() -> ApiError:
    return ApiError(404, NOT_FOUND)


def invalid(**errors: str) -> ApiError:
    """422; `lines__0__item_id` becomes the dotted path `lines.0.item_id`."""
    return ApiError(422, INVALID, {path.replace("__", "."): [text] for path, text in errors.items()})


def invalid_at(path: str, text: str) -> ApiError:
    return ApiError(422, INVALID, {path: [text]})
