"""A wake is a hint that an agreement may have something to do; whoever runs the program says how hints travel."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.db import transaction

Waker = Callable[[int], None]


def _nobody(_agreement_id: int) -> None:
    """Without a runner in this process the sweep of another finds the work."""


_waker: Waker = _nobody


def set_waker(waker: Waker | None) -> None:
    """Let wakes go to `waker`; None: nowhere."""
    global _waker  # noqa: PLW0603 - one program, one runner
    _waker = waker or _nobody


def wake_on_commit(agreement_id: int) -> None:
    """Wake the agreement when the present transaction has been committed, never inside it (DESIGN 10)."""
    transaction.on_commit(partial(_wake, agreement_id), robust=True)


def _wake(agreement_id: int) -> None:
    _waker(agreement_id)
