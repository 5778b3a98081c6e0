"""How the OpenAPI surface says no: problem+json with a code (economic-api 5.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import Record

TITLES: Final = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    415: "Unsupported Media Type",
    429: "Too Many Requests",
    500: "Internal Server Error",
}
INVALID: Final = "InvalidInput"


def _shown(complaint: Complaint) -> Record:
    name = complaint.property or None
    return {"message": complaint.message, "errorCode": complaint.code, "property": name}


class ServiceError(Exception):
    """A refusal of this surface. Its code is the one given, or that of the first complaint."""

    def __init__(
        self, status: int, code: str, detail: str = "", complaints: Sequence[Complaint] = (), title: str = ""
    ) -> None:
        super().__init__(detail or code)
        self.status = status
        self.code = code
        self.detail = detail
        self.complaints = tuple(complaints)
        self.title = title or TITLES.get(status, "Error")

    def response(self, trace: str, now: datetime) -> Response:
        body = {
            "type": None,
            "title": self.title,
            "status": self.status,
            "detail": self.detail or None,
            "instance": None,
            "errors": [_shown(complaint) for complaint in self.complaints] or None,
            "traceId": trace,
            "errorCode": self.code,
            "traceTimeUtc": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        return Response(self.status, {"Content-Type": "application/problem+json"}, to_json(body))


def refused(complaints: Sequence[Complaint]) -> ServiceError:
    """400 for a body with something wrong in it; there is at least one complaint."""
    return ServiceError(400, complaints[0].code, complaints[0].message, complaints)


def refuse(code: str, message: str, name: str = "") -> ServiceError:
    """400 with one complaint."""
    return refused([Complaint(code, message, name)])


def raise_if_any(complaints: Sequence[Complaint]) -> None:
    if complaints:
        raise refused(complaints)


def missing(what: str = "The resource") -> ServiceError:
    return ServiceError(404, "ResourceNotFound", f"{what} does not exist.")


def conflict() -> ServiceError:
    """`objectVersion` is missing or stale: both read like a race (economic-api 3.3, 16)."""
    return ServiceError(409, "UpdateConflict", "The object was changed by somebody else. Get it again, then update it.")
