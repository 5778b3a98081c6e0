"""Django's cache, in the database: what is counted there, such as tries to sign in, is counted once for all processes
and goes on after a restart.

Values are JSON, and never code. What has ended is not answered, and cleared away by housekeeping.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from lagerbro.people.models import CachedValue

LENGTH_MAX: Final = 255  # the column's; a longer name is kept as its digest
Timeout = float | int | None | object


class SharedCache(BaseCache):
    """What Django asks of a cache, on one table."""

    def __init__(self, _location: str, parameters: dict[str, Any]) -> None:
        super().__init__(parameters)

    def add(self, key: str, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> bool:  # noqa: ANN401
        """Whether it was not there; of many who ask at once, one is told so."""
        name, row_values = self._name(key, version), self._row_values(value, timeout)
        with transaction.atomic():
            CachedValue.objects.filter(pk=name, ends_at__lte=timezone.now()).delete()
            return CachedValue.objects.get_or_create(pk=name, defaults=row_values)[1]

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:  # noqa: ANN401
        row = _unexpired().filter(pk=self._name(key, version)).first()
        return default if row is None else json.loads(row.value)

    def set(self, key: str, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> None:  # noqa: ANN401
        name = self._name(key, version)
        CachedValue.objects.update_or_create(pk=name, defaults=self._row_values(value, timeout))

    def touch(self, key: str, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        rows = _unexpired().filter(pk=self._name(key, version))
        return rows.update(ends_at=self._expiry(timeout)) == 1

    def delete(self, key: str, version: int | None = None) -> bool:
        return CachedValue.objects.filter(pk=self._name(key, version)).delete()[0] == 1

    def clear(self) -> None:
        CachedValue.objects.all().delete()

    def _name(self, key: str, version: int | None) -> str:
        name: str = self.make_key(key, version)
        return name if len(name) <= LENGTH_MAX else sha256(name.encode()).hexdigest()

    def _row_values(self, value: Any, timeout: Timeout) -> dict[str, Any]:  # noqa: ANN401
        return {"value": json.dumps(value), "ends_at": self._expiry(timeout)}

    def _expiry(self, timeout: Timeout) -> datetime | None:
        ends_at = self.get_backend_timeout(timeout)  # type: ignore[arg-type]  # the stubs have no word for the default
        return None if ends_at is None else datetime.fromtimestamp(ends_at, UTC)


def _unexpired() -> QuerySet[CachedValue]:
    return CachedValue.objects.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()))
