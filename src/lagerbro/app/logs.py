"""Logs: one line of JSON per event on standard error, without secrets, and one per cause a minute (`app.log_floods`).

A `Secret` does not show itself. What else could tell a secret is an address: Django names the path of a request that
went wrong, and ours hold capabilities and webhook keys, so unguessable parts are blotted out before they are written.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections.abc import Hashable, MutableMapping
from datetime import UTC, datetime
from typing import Any, Final, TextIO

import structlog

from lagerbro.app.log_floods import Floods, place, shape

UNGUESSABLE: Final = re.compile(r"(?<=/)[A-Za-z0-9_:-]{40,}(?=/|$|\?)")
CAUSE_FIELDS: Final = ("code", "status", "part", "routine", "kind", "error", "network")
"""What tells one cause from another; which agreement and which document it met does not."""
ALWAYS: Final = frozenset({"info", "debug"})
"""Levels of what somebody or the program has done, which is written each time."""


def _moment(seconds: float) -> str:
    """In UTC, as structlog writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


class LogLine(logging.Formatter):
    """One record of a library's logger as JSON, with its traceback if it has one."""

    def format(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        if record.exc_info:
            text = f"{text}\n{self.formatException(record.exc_info)}"
        shown = UNGUESSABLE.sub("…", text)
        return json.dumps(
            {
                "level": record.levelname.lower(),
                "logger": record.name,
                "event": shown,
                "timestamp": _moment(record.created),
            },
            ensure_ascii=False,
        )


class _Once(logging.Filter):
    """Lets a library's record through once a minute."""

    def __init__(self, floods: Floods) -> None:
        super().__init__()
        self._floods = floods

    def filter(self, record: logging.LogRecord) -> bool:
        kind, _, trace = record.exc_info or (None, None, None)
        event = str(record.msg)
        cause = (record.name, record.levelname, shape(event), place(kind, trace))
        line = {"level": record.levelname.lower(), "logger": record.name, "event": UNGUESSABLE.sub("…", event)}
        return self._floods.admits(cause, line)


class Logs:
    """Where lines go; `count` writes how often each cause has come again, and is called now and then."""

    def __init__(self, stream: TextIO, floods: Floods) -> None:
        self._stream, self._floods = stream, floods

    def once(self, _logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """A processor of structlog's: drops what has been written within the minute."""
        if event["level"] in ALWAYS:
            return event
        cause, line = _cause(event)
        if not self._floods.admits(cause, line):
            raise structlog.DropEvent
        return event

    def count(self, *, ending: bool = False) -> None:
        for line in self._floods.due(ending=ending):
            counted = {**line, "timestamp": _moment(time.time())}
            self._stream.write(json.dumps(counted, ensure_ascii=False, default=str) + "\n")
            self._stream.flush()


def _cause(event: MutableMapping[str, Any]) -> tuple[Hashable, dict[str, Any]]:
    kind, trace = None, None
    given = event.get("exc_info")
    if given:
        kind, _, trace = sys.exc_info() if given is True else given
    named = {name: str(event[name]) for name in CAUSE_FIELDS if name in event}
    cause = (event["event"], event["level"], *named.items(), place(kind, trace))
    return cause, {"level": event["level"], "event": event["event"], **named}


_present: Logs | None = None


def count_again(*, ending: bool = False) -> None:
    """Write how often what is not written each time has come again; whoever is `ending` waits for no minute."""
    if _present is not None:
        _present.count(ending=ending)


def configure(stream: TextIO = sys.stderr, floods: Floods | None = None) -> None:
    """Send our own events, and the libraries' from warnings up, to the stream."""
    global _present  # noqa: PLW0603 - a process has one log
    floods = floods or Floods()
    _present = Logs(stream, floods)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            _present.once,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LogLine())
    handler.addFilter(_Once(floods))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
