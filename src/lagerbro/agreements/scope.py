"""Every row belongs to an agreement, and a query outside an agreement's scope raises.

A scope is entered where an agreement has been established (a page, a door, a drain) and holds for the code inside.
Managers narrow every query to it, so a forgotten filter shows nothing of another company instead of everything. They
are called `in_scope` and not `objects`, so that each query says at its call what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db import models

if TYPE_CHECKING:
    from django.db.models import QuerySet


class ScopeMissingError(RuntimeError):
    """A query for an agreement's rows was made where no agreement has been established."""


@dataclass(frozen=True, slots=True)
class _EveryAgreement:
    reason: str


_scope: ContextVar[int | _EveryAgreement | None] = ContextVar("agreement", default=None)

ModelT = TypeVar("ModelT", bound=models.Model)


@contextmanager
def agreement_scope(agreement_id: int) -> Iterator[None]:
    """Queries inside see this agreement's rows and no others."""
    token = _scope.set(agreement_id)
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def every_agreement(reason: str) -> Iterator[None]:
    """Queries inside see all agreements: for the sweep and the doors, never for a page. The reason is for readers."""
    token = _scope.set(_EveryAgreement(reason))
    try:
        yield
    finally:
        _scope.reset(token)


def current_agreement_id() -> int:
    """The agreement whose scope this is; raises `ScopeMissingError` outside one."""
    scope = _scope.get()
    if not isinstance(scope, int):
        raise ScopeMissingError("no agreement has been established here: enter agreement_scope(...) first")
    return scope


def require_scope(table: type[models.Model]) -> int | None:
    """The agreement whose rows may be seen here, None when those of all may; raises where nobody has said."""
    scope = _scope.get()
    if scope is None:
        raise ScopeMissingError(
            f"{table.__name__} was queried where no agreement has been established: "
            "enter agreement_scope(...) or, with a reason, every_agreement(...)"
        )
    return scope if isinstance(scope, int) else None


class ScopedManager(models.Manager[ModelT]):
    """A manager for models with an `agreement`: narrows to the scope, raises outside one."""

    def get_queryset(self) -> QuerySet[ModelT]:
        agreement = require_scope(self.model)
        rows = super().get_queryset()
        return rows if agreement is None else rows.filter(agreement_id=agreement)
