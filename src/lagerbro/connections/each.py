"""Going through rows that belong to different companies, where one must not stand in the way of another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog
from django.db import models

log = structlog.get_logger()

RowT = TypeVar("RowT", bound=models.Model | int)


def act_on_each(part: str, rows: Iterable[RowT], act: Callable[[RowT], object]) -> int:
    """Do it with each; one that fails is logged and passed over until the next round. Answers how many were done."""
    done = 0
    for row in rows:
        try:
            act(row)
            done += 1
        except Exception:  # the edge of a row: whatever is wrong with it, it is its own affair
            log.exception("row_failed", part=part, row=row if isinstance(row, int) else row.pk)
    return done
