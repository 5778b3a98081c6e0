"""How Rackbeat answers (rackbeat-api 1.3, 1.4)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import Record

JSON: Final = {"Content-Type": "application/json"}


def one(key: str, content: Record, status: int = 200) -> Response:
    """A record in its envelope."""
    return Response(status, JSON, to_json({key: content}))


def plain(content: Record, status: int = 200) -> Response:
    """Without an envelope, as the few that have none."""
    return Response(status, JSON, to_json(content))


def done() -> Response:
    """What a deletion answers."""
    return Response(200, JSON, b"{}")
