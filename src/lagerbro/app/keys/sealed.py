"""Everything that is stored sealed, wherever it stands. A test walks the whole database and finds nothing else.

Read and written as it is stored, never opened on the way: renewing keys must not trip over what it cannot open.
"""

from __future__ import annotations

import base64
import binascii
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.db import models
from django.db.models import BinaryField, F
from django.db.models.functions import Cast

from lagerbro.agreements.models import Credentials, Installation, KeyCanary, RackbeatWebhook

BATCH: Final = 500
Change = Callable[[bytes], bytes]
Stored = Any
"""A column's value, as the column keeps it."""


@dataclass(frozen=True, slots=True)
class SealedColumn(ABC):
    """One column with sealed values, by the names that the model and the database have for it."""

    model: type[models.Model]
    column: str

    @property
    def table(self) -> str:
        return self.model._meta.db_table  # noqa: SLF001 - Django's way

    def _all(self) -> models.QuerySet[Any]:
        """Whoever they belong to."""
        return self.model._base_manager.all()  # noqa: SLF001 - Django's way

    def rows(self) -> Iterator[tuple[int, Stored]]:
        """Key and stored value of every row. In the order of the keys and a batch at a time, so that whoever writes
        meanwhile neither waits nor makes us go round for ever."""
        rows, after = self._stored(), 0
        while batch := list(rows.filter(pk__gt=after).order_by("pk")[:BATCH]):
            yield from batch
            after = batch[-1][0]

    @abstractmethod
    def _stored(self) -> models.QuerySet[Any, tuple[int, Stored]]:
        """Keys and values."""

    @abstractmethod
    def values(self, stored: Stored) -> list[bytes]:
        """The sealed values in it."""

    @abstractmethod
    def changed(self, stored: Stored, change: Change) -> Stored:
        """The same with every sealed value changed."""

    def replace(self, key: int, before: Stored, after: Stored) -> bool:
        """Store the value, and nothing else of the row, unless somebody has stored another since; answers whether."""
        return self._all().filter(pk=key, **{self.column: before}).update(**{self.column: after}) == 1


class SealedBytes(SealedColumn):
    """A sealed value in a binary column, as `SecretField` keeps it; empty where there is none."""

    def _stored(self) -> models.QuerySet[Any, tuple[int, Stored]]:
        rows: models.QuerySet[Any, tuple[int, Stored]]
        rows = self._all().annotate(stored=Cast(F(self.column), BinaryField())).values_list("pk", "stored")
        return rows

    def values(self, stored: Stored) -> list[bytes]:
        return [bytes(stored)] if stored else []

    def changed(self, stored: Stored, change: Change) -> Stored:
        return change(bytes(stored))


@dataclass(frozen=True, slots=True)
class SealedTexts(SealedColumn):
    """Sealed values inside a JSON column, as allauth keeps second factors: texts, or lists of them, by these names."""

    names: Sequence[str]

    def _stored(self) -> models.QuerySet[Any, tuple[int, Stored]]:
        return self._all().values_list("pk", self.column)

    def values(self, stored: Stored) -> list[bytes]:
        return [_decoded(text) for name in self.names if name in stored for text in _texts(stored[name])]

    def changed(self, stored: Stored, change: Change) -> Stored:
        def renewed_text(text: str) -> str:
            return base64.b64encode(change(_decoded(text))).decode("ascii")

        sealed_values = {name: stored[name] for name in self.names if name in stored}
        renewed = {
            name: [renewed_text(text) for text in value] if isinstance(value, list) else renewed_text(value)
            for name, value in sealed_values.items()
        }
        return {**stored, **renewed}


def _decoded(text: str) -> bytes:
    """What was encoded; a text that is nothing of ours is one that no key opens."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return text.encode()


def _texts(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


SEALED: Final[Sequence[SealedColumn]] = (
    SealedBytes(Credentials, "rackbeat_token"),
    SealedBytes(Credentials, "economic_grant_token"),
    SealedBytes(RackbeatWebhook, "token"),
    SealedBytes(Installation, "request_token"),
    SealedBytes(Installation, "bearer"),
    SealedBytes(Installation, "grant"),
    SealedTexts(Authenticator, "data", ("secret", "seed", "migrated_codes")),
)
CANARIES: Final = SealedBytes(KeyCanary, "sealed")
