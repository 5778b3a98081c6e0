"""Secrets at rest: Fernet with a list of keys, the first of which encrypts; the others still decrypt.

Rotation: put a new key in front, start every process anew, run `lagerbro rotate-keys`, take the old key away.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Expression


class SecretUnreadableError(RuntimeError):
    """No key of this installation opens a stored secret: the keys were lost or another installation's are in use."""


class Secret(str):
    """A text that does not show itself: logs, error pages and attempts see only how long it is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<secret of {len(self)} characters>"

    def __format__(self, spec: str, /) -> str:
        # Deliberate use in a header or an address goes through `reveal`.
        return format(repr(self), spec)

    def __str__(self) -> str:
        return repr(self)

    def reveal(self) -> str:
        """The text itself, for the one place that sends it."""
        # and not `str(self)`, which is the mask
        return "".join(self)


def _fernet() -> MultiFernet:
    return _fernet_of(tuple(settings.LAGERBRO_KEYS))


@lru_cache(maxsize=4)
def _fernet_of(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> bytes:
    """The text encrypted with the newest key."""
    plain = text.reveal() if isinstance(text, Secret) else text
    return _fernet().encrypt(plain.encode())


def unseal(sealed: bytes) -> Secret:
    """The text again; raises `SecretUnreadableError` when no key fits."""
    try:
        return Secret(_fernet().decrypt(bytes(sealed)).decode())
    except InvalidToken as error:
        raise SecretUnreadableError("no key of this installation opens the stored secret") from error


def key_index_of(sealed: bytes) -> int | None:
    """The place among our keys, 0 for the newest, of the one that opens it; None when none of them does."""
    for place, key in enumerate(settings.LAGERBRO_KEYS):
        try:
            Fernet(key).decrypt(sealed)
        except InvalidToken:
            continue
        return place
    return None


def reseal(sealed: bytes) -> bytes:
    """The same text under the newest key; raises `SecretUnreadableError` when no key opens it."""
    try:
        return _fernet().rotate(sealed)
    except InvalidToken as error:
        raise SecretUnreadableError("no key of this installation opens the stored secret") from error


class _SecretAttribute(DeferredAttribute):
    """A text that is assigned becomes a secret at once, not only when it is read back."""

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = Secret(value) if type(value) is str else value


class SecretField(models.BinaryField):  # type: ignore[type-arg]  # django-stubs types the stored bytes, not ours
    """Holds a `Secret`, encrypted. Cannot be searched; empty text is kept as empty."""

    descriptor_class = _SecretAttribute

    def get_default(self) -> Secret:
        return Secret("")

    def get_prep_value(self, value: object) -> object:
        if isinstance(value, bytes):
            return value
        return seal(value) if isinstance(value, str) and value else b""

    def from_db_value(self, value: bytes | None, _expression: Expression, _connection: BaseDatabaseWrapper) -> Secret:
        return unseal(value) if value else Secret("")
