"""What e-conomic tells of by itself: webhooksapi, one webhook per kind of event and agreement (economic-api 11.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from lagerbro.economic.paths import plain_segment
from lagerbro.economic.surfaces import OpenApi

WEBHOOKS: Final = "/webhooksapi/v1.0.0"


class Header(msgspec.Struct):
    key: str = ""
    value: str = ""


class Hook(msgspec.Struct, kw_only=True):
    """A webhook. `postData` is the body, with merge fields in brackets that e-conomic fills in."""

    eventType: str = ""
    name: str = ""
    url: str = ""
    contentType: str = ""
    postData: str | None = None
    customHeaders: list[Header] | None = None
    isDisabled: bool = False


class EventType(msgspec.Struct):
    name: str


@dataclass(frozen=True, slots=True)
class Webhooks:
    """Webhooks of one agreement: those of our app, and those that a person configured, which are read only."""

    api: OpenApi

    def offered(self) -> set[str]:
        """The events that there are, in capitals: the list is to be read at run time."""
        return {event.name.upper() for event in self.api.get(f"{WEBHOOKS}/EventTypes", list[EventType])}

    def all(self) -> list[Hook]:
        return list(self.api.all(f"{WEBHOOKS}/webhooks", Hook))

    def create(self, hook: Hook, key: str) -> None:
        self.api.write("POST", f"{WEBHOOKS}/webhooks", hook, key)

    def delete(self, event: str, key: str) -> None:
        self.api.write("DELETE", f"{WEBHOOKS}/webhooks/{plain_segment(event)}", None, key)
