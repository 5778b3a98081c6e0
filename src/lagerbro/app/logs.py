"""Logs: one line of JSON per event on standard error. Secrets do not show themselves (`agreements.secrets.Secret`)."""

from __future__ import annotations

import logging
import sys

import structlog


def configure() -> None:
    """Send our own events and the libraries' warnings to standard error as JSON."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    form = '{"level":"%(levelname)s","event":%(message)r}'
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format=form)
