"""A webhook of e-conomic as it knocks (economic-api 11): by GET or POST, in the address, a form or JSON.

The address is made by us with the names `event` and `number`, whose values e-conomic fills in by its merge fields:
`…/hooks/economic/<key>/?event=customer_updated&number=[NEWNUMBER]`, or a body of JSON with the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lagerbro.wire.numbers import UnreadableError, decode_builtins
from lagerbro.wire.texts import is_key

BODY_LIMIT_BYTES: Final = 16 * 1024
NUMBER_LIMIT_CHARS: Final = 64


class UnreadableEventError(ValueError):
    """A call that says too little or too much; the text says why."""


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """`name` in lower case. `number` is empty when there is none any more: the record was deleted."""

    name: str
    number: str


def read_event(fields: Mapping[str, str], body: bytes, content_type: str) -> WebhookEvent:
    """Read the hint from `fields` (of the address or a form) and from a body of JSON; raises `UnreadableEventError`."""
    values = {**fields, **(_json(body) if "json" in content_type and body else {})}
    event, number = values.get("event", "").strip().lower(), values.get("number", "").strip()
    if not event:
        raise UnreadableEventError("no event is named")
    if "number" not in values or number.startswith("["):  # a merge field that was not filled in
        raise UnreadableEventError("no number is given")
    if len(number) > NUMBER_LIMIT_CHARS:
        raise UnreadableEventError(f"the number is longer than {NUMBER_LIMIT_CHARS} characters")
    if number and not is_key(number):
        raise UnreadableEventError("the number has characters that no number has")
    return WebhookEvent(event, number)


def _json(body: bytes) -> dict[str, str]:
    try:
        content = decode_builtins(body)
    except UnreadableError as error:
        raise UnreadableEventError(str(error)) from error
    if not isinstance(content, dict):
        raise UnreadableEventError("the body is not an object")
    return {str(name): str(value) for name, value in content.items() if isinstance(value, str | int)}
