"""How e-conomic says no on REST: four shapes (economic-api 5.1), one class each way of getting there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.json import to_json


class ApiError(Exception):
    """A refusal; `content` is what is particular to it, the rest is added when it is answered."""

    def __init__(self, status: int, message: str, hint: str = "", code: str = "", **content: object) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.hint = hint
        self.code = code
        self.content = content

    def response(self, log_id: str, log_time: str) -> Response:
        body: dict[str, object] = {"message": self.message}
        if self.code:
            body["errorCode"] = self.code
        body |= {"developerHint": self.hint, "logId": log_id, "httpStatusCode": self.status}
        body |= self.content
        body["logTime"] = log_time
        return Response(self.status, {"Content-Type": "application/json"}, to_json(body))


@dataclass(slots=True)
class Problems:
    """Business validation: complaints gathered in a tree that mirrors the request (shape 1)."""

    tree: dict[str, Any] = field(default_factory=dict)
    count: int = 0

    def add(self, path: tuple[str | int, ...], code: str, message: str, value: object = None, hint: str = "") -> None:
        """`path` names properties, and positions in arrays as numbers."""
        name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        leaf: dict[str, object] = {"propertyName": name, "errorMessage": message, "errorCode": code}
        if value is not None:
            leaf["inputValue"] = value
        leaf["developerHint"] = hint or "Inspect the value and correct the request."
        node = self._node(path)
        node.setdefault("errors", []).append(leaf)
        self.count += 1

    def _node(self, path: tuple[str | int, ...]) -> dict[str, Any]:
        node = self.tree
        for part in path:
            if isinstance(part, str):
                node = node.setdefault(part, {})
                continue
            items: list[dict[str, Any]] = node.setdefault("items", [])
            node.setdefault("errors", [])
            child = next((item for item in items if item["arrayIndex"] == part), None)
            if child is None:
                child = {"arrayIndex": part}
                items.append(child)
            node = child
        return node

    def raise_if_any(self) -> None:
        if self.count:
            plural = "error" if self.count == 1 else "errors"
            raise ApiError(
                400,
                f"Validation failed. {self.count} {plural} found.",
                "Inspect validation errors and correct your request.",
                "E04300",
                errors=self.tree,
                errorCount=self.count,
            )


def schema_error(errors: list[str], schema_path: str) -> ApiError:
    """Shape 3: the body is not of the schema's form; nothing else was looked at."""
    return ApiError(
        400,
        "Validation error.",
        "The request body does not match the schema.",
        "E04300",
        errors=errors,
        schemaPath=schema_path,
    )


def not_found(code: str = "") -> ApiError:
    return ApiError(404, "Resource not found.", "Follow the links of the API to find resources.", code)


def filter_error(field_name: str, allowed: tuple[str, ...]) -> ApiError:
    return ApiError(
        400,
        "Could not parse query string filter.",
        "See the documentation of filtering.",
        errors=[f"Filtering is not allowed on property '{field_name}'."],
        allowedFilteringFields=list(allowed),
    )


def bad_filter(why: str) -> ApiError:
    return ApiError(400, "Could not parse query string filter.", "See the documentation of filtering.", errors=[why])
