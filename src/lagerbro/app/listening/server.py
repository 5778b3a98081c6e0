"""The server, listening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from waitress.server import BaseWSGIServer, create_server

from lagerbro.app.listening.channels import LIMITS, Limits, TimedChannel
from lagerbro.app.listening.dispatching import TwoQueues

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

BODY_LIMIT_BYTES: Final = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
LOOKS_EVERY_S: Final = 5
"""How often what is idle is looked for."""
ROOM: Final = 50
"""Places beyond the limit that waitress has for itself: until those that make room have gone."""


def web_server(app: WSGIApplication, host: str, port: int, limits: Limits = LIMITS) -> BaseWSGIServer:
    """The server of pages and doors, listening.

    A body of exactly `BODY_LIMIT_BYTES` is the longest that is taken. Where it comes in pieces waitress counts what
    frames them too: room enough for the doors, whose own limits are far below.
    """
    sockets: dict[int, Any] = {}
    server = create_server(
        app,
        map=sockets,
        host=host,
        port=port,
        _dispatcher=TwoQueues(),
        channel_timeout=limits.idle_s,
        cleanup_interval=min(LOOKS_EVERY_S, limits.idle_s),
        connection_limit=limits.connections + ROOM,
        asyncore_use_poll=True,  # `select` takes no descriptor beyond 1 023
        max_request_body_size=BODY_LIMIT_BYTES + 1,  # waitress refuses one of exactly what it is told
        clear_untrusted_proxy_headers=False,  # `web.forwarded` believes some and takes away the others
        ident="Lagerbro",
    )
    channel = type("Channel", (TimedChannel,), {"limits": limits})
    for listening in list(sockets.values()):
        if isinstance(listening, BaseWSGIServer):
            listening.channel_class = channel
    return server
