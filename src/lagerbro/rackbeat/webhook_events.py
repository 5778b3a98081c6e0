"""A webhook as it knocks: whether it is Rackbeat's, and what it is about (rackbeat-api 2.4).

The token is static and there is no signature, so an event is a hint: what it is about is read afresh.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from lagerbro.wire.numbers import UnreadableError, decode_builtins
from lagerbro.wire.texts import is_key

TOKEN_HEADER: Final = "Rackbeat-Webhook-Token"  # noqa: S105 - the header's name
EVENT_HEADER: Final = "Rackbeat-Webhook-Event"
BODY_LIMIT_BYTES: Final = 64 * 1024
KEY_LIMIT_CHARS: Final = 64


class UnreadableEventError(ValueError):
    """A body that is not a webhook's; the text says why."""


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """`old_key`: the number that the record had before, where it got another."""

    name: str
    key: str
    old_key: str = ""


def has_expected_secret(sent: str, expected: str) -> bool:
    """Compare tokens in constant time; an empty one is nobody's."""
    return bool(expected) and hmac.compare_digest(sent.encode(), expected.encode())


def read_event(event: str, body: bytes) -> WebhookEvent:
    """Read the minimal body `{"key_name": "number", "key": "1021"}` or the rich one; raises `UnreadableEventError`.

    The header names the event; the plural that Rackbeat's own pages use is read as the singular.
    """
    content = _object(body)
    key = _key(content.get("key"))
    name = event or content.get("event")
    if not isinstance(name, str) or not name:
        raise UnreadableEventError("no event is named")
    return WebhookEvent(_singular(name), key, _old_key(content.get("old_key"), key))


def _key(value: object) -> str:
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)  # a double, as PHP sends one now and then
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UnreadableEventError("the body has no key")
    key = str(value)
    if not key.strip():
        raise UnreadableEventError("the body has no key")
    if len(key) > KEY_LIMIT_CHARS:
        raise UnreadableEventError(f"the key is longer than {KEY_LIMIT_CHARS} characters")
    if not is_key(key):
        raise UnreadableEventError("the key has characters that no key has")
    return key


def _old_key(value: object, key: str) -> str:
    """Empty where it is the same, or cannot be a key: it only helps to recognise the record."""
    try:
        old = _key(value)
    except UnreadableEventError:
        return ""
    return "" if old == key else old


def _object(body: bytes) -> dict[str, Any]:
    if len(body) > BODY_LIMIT_BYTES:
        raise UnreadableEventError(f"the body is longer than {BODY_LIMIT_BYTES} bytes")
    try:
        content = decode_builtins(body)
    except UnreadableError as error:
        raise UnreadableEventError(str(error)) from error
    if not isinstance(content, dict):
        raise UnreadableEventError("the body is not an object")
    return content


def _singular(event: str) -> str:
    noun, dot, verb = event.partition(".")
    if not dot or noun.endswith("_terms"):  # terms have no singular
        return event
    return f"{noun.removesuffix('s')}{dot}{verb}"
