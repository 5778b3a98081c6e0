"""How the sandbox behaves until somebody says otherwise: kept in its file, so that a restart changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from lagerbro_sandbox.economic.platform.idempotency import KEY_LIFE
from lagerbro_sandbox.economic.storage.store import Store

BUCKET: Final = 10_000
_KEYS, _LIFE_S, _BUCKET, _OLDER = "idempotency kept", "idempotency life_s", "bucket", "older errors"


class Switches:
    """Read once when the sandbox opens, since every request asks; written through."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known = {
            _KEYS: store.switch(_KEYS, 1),
            _LIFE_S: store.switch(_LIFE_S, int(KEY_LIFE.total_seconds())),
            _BUCKET: store.switch(_BUCKET, BUCKET),
            _OLDER: store.switch(_OLDER),
        }

    def _set(self, name: str, value: int) -> None:
        self._store.set_switch(name, value)
        self._known[name] = value

    @property
    def keys_are_kept(self) -> bool:
        """Whether the answer to an idempotency key is kept (economic-api 4.1)."""
        return bool(self._known[_KEYS])

    @keys_are_kept.setter
    def keys_are_kept(self, are_kept: bool) -> None:
        self._set(_KEYS, int(are_kept))

    @property
    def key_life(self) -> timedelta:
        """For how long it is kept."""
        return timedelta(seconds=self._known[_LIFE_S])

    @key_life.setter
    def key_life(self, life: timedelta) -> None:
        self._set(_LIFE_S, int(life.total_seconds()))

    @property
    def bucket(self) -> int:
        """How many tokens an agreement has per minute (economic-api 4.2)."""
        return self._known[_BUCKET]

    @bucket.setter
    def bucket(self, size: int) -> None:
        self._set(_BUCKET, size)

    @property
    def has_older_errors(self) -> bool:
        """Whether REST complains in the older shape (economic-api 5.1, shape 2)."""
        return bool(self._known[_OLDER])

    @has_older_errors.setter
    def has_older_errors(self, older: bool) -> None:
        self._set(_OLDER, int(older))
