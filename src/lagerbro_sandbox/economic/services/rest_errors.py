"""Refusals of the rules that REST has, in the words of this surface."""

from __future__ import annotations

from collections.abc import Iterator

from lagerbro_sandbox.economic.services.problems import INVALID, ServiceError, missing
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.economic.wire.errors import ApiError


def translated(error: ApiError) -> ServiceError:
    """The same refusal as a problem; REST's own codes are not known here."""
    if error.status == 404:
        return missing()
    complaints = list(_complaints(error.content.get("errors")))
    code = INVALID if error.status == 400 else error.code or INVALID
    return ServiceError(error.status, code, complaints[0].message if complaints else error.message, complaints)


def _complaints(errors: object, name: str = "") -> Iterator[Complaint]:
    if isinstance(errors, list):
        for item in errors:
            if isinstance(item, str):
                yield Complaint(INVALID, item, name)
            elif isinstance(item, dict) and "errorMessage" in item:
                yield Complaint(INVALID, str(item["errorMessage"]), str(item.get("propertyName", name)))
            else:
                yield from _complaints(item, name)
    elif isinstance(errors, dict):
        for key, value in errors.items():
            yield from _complaints(value, name if key in ("errors", "items") else key)
