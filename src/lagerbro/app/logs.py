"""Logs: one line of JSON per event on standard error, without secrets.

A `Secret` does not show itself. What else could tell a secret is an address: Django names the path of a request that
went wrong, and ours hold capabilities and webhook keys, so unguessable parts are blotted out before they are written.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from typing import Final, TextIO

import structlog

UNGUESSABLE: Final = re.compile(r"(?<=/)[A-Za-z0-9_:-]{40,}(?=/|$|\?)")


class LogLine(logging.Formatter):
    """One record of a library's logger as JSON, with its traceback if it has one."""

    def format(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        if record.exc_info:
            text = f"{text}\n{self.formatException(record.exc_info)}"
        shown = UNGUESSABLE.sub("…", text)
        return json.dumps(
            {"level": record.levelname.lower(), "logger": record.name, "event": shown}, ensure_ascii=False
        )


def configure(stream: TextIO = sys.stderr) -> None:
    """Send our own events, and the libraries' from warnings up, to the stream."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
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
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
