"""Which records are the same in both systems, as one agreement's flows see it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from lagerbro.agreements.models import Agreement
from lagerbro.sync.models import Link, Transfer
from lagerbro.sync.outcome import LinkFacts
from lagerbro.sync.storage.insertion import Insertion
from lagerbro.sync.storage.reading import Reading

NAME_CHARS_MAX = 255
_IDENTITY = ("agreement_id", "epoch", "kind", "rackbeat_key")
_READING = Reading(Link)
_ONE = "agreement_id = %s AND epoch = %s AND kind = %s AND rackbeat_key = %s"
_RENEWED = (
    "economic_kind",
    "economic_key",
    "version",
    "name",
    "currency",
    "net",
    "vat",
    "gross",
    "economic_net",
    "economic_vat",
    "economic_gross",
    "changed_at",
)
_UPSERT = Insertion(Link, _IDENTITY, _RENEWED)


class Links:
    """The links of the agreement's present ledger epoch."""

    def __init__(self, agreement: Agreement) -> None:
        self._agreement = agreement
        self._remembered_now: set[tuple[str, str]] = set()

    def get(self, kind: str, key: str) -> Link | None:
        values = (self._agreement.pk, self._agreement.ledger_epoch, kind, key)
        return next(iter(_READING.where(_ONE, values)), None)

    def of_economic(self, kind: str, key: str) -> Link | None:
        """The link of a record that was born in e-conomic, by its number there."""
        return self._rows(kind).filter(economic_key=key).order_by("-pk").first()

    def of_name(self, kind: str, name: str, at_most: int) -> list[Link]:
        """The latest links of records that were called so."""
        return list(self._rows(kind).filter(name=name[:NAME_CHARS_MAX]).order_by("-changed_at", "-pk")[:at_most])

    def known(self, records: Set[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of the (kind, key) records that have a link."""
        if not records:
            return set()
        # one statement for all pairs finds more than was asked for, which is taken off at its end; one for each pair
        # would be as many ways to the database as a document has items
        kinds, keys = sorted({kind for kind, _ in records}), sorted({key for _, key in records})
        statement = (
            "SELECT kind, rackbeat_key FROM sync_link WHERE agreement_id = %s AND epoch = %s"  # noqa: S608 - of signs
            f" AND kind IN ({_signs(kinds)}) AND rackbeat_key IN ({_signs(keys)})"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, (self._agreement.pk, self._agreement.ledger_epoch, *kinds, *keys))
            return {(kind, key) for kind, key in cursor.fetchall()} & records

    def economic_keys(self, kind: str, keys: Set[str]) -> dict[str, str]:
        """e-conomic's numbers by Rackbeat's, of those that have a link."""
        if not keys:
            return {}
        statement = (
            "SELECT rackbeat_key, economic_key FROM sync_link WHERE agreement_id = %s AND epoch = %s"  # noqa: S608 - signs
            f" AND kind = %s AND rackbeat_key IN ({_signs(sorted(keys))})"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, (self._agreement.pk, self._agreement.ledger_epoch, kind, *sorted(keys)))
            return dict(cursor.fetchall())

    def forget(self, kind: str, key: str) -> None:
        """The record turned out to be missing in e-conomic."""
        self._rows(kind).filter(rackbeat_key=key).delete()

    def forget_number(self, kind: str, economic_key: str) -> bool:
        """What e-conomic had under that number is not there any more. Whether it was known before this run, so that
        looking for it anew may help."""
        deleted, _ = self._rows(kind).filter(economic_key=economic_key).delete()
        return bool(deleted) and (kind, economic_key) not in self._remembered_now

    def remember(self, kind: str, key: str, economic_key: str, now: datetime) -> None:
        """What a record named is this in e-conomic, or, empty, nothing there. True whatever becomes of the run."""
        self._remembered_now.add((kind, economic_key))
        _UPSERT.all(
            [
                Link(
                    agreement=self._agreement,
                    epoch=self._agreement.ledger_epoch,
                    kind=kind,
                    rackbeat_key=key,
                    economic_kind=kind,
                    economic_key=economic_key,
                    created_at=now,
                    changed_at=now,
                )
            ]
        )

    def store(self, transfer: Transfer, facts: LinkFacts, now: datetime) -> None:
        """Remember what a run made of its record."""
        rackbeat, economic = facts.rackbeat, facts.economic
        row = Link(
            agreement=self._agreement,
            epoch=self._agreement.ledger_epoch,
            kind=transfer.kind,
            rackbeat_key=facts.rackbeat_key or transfer.key,
            economic_kind=facts.economic_kind,
            economic_key=facts.economic_key,
            version=facts.version,
            name=facts.name[:NAME_CHARS_MAX],
            currency=facts.currency,
            net=rackbeat.net if rackbeat else None,
            vat=rackbeat.vat if rackbeat else None,
            gross=rackbeat.gross if rackbeat else None,
            economic_net=economic.net if economic else None,
            economic_vat=economic.vat if economic else None,
            economic_gross=economic.gross if economic else None,
            created_at=now,
            changed_at=now,
        )
        _UPSERT.all([row])

    def _rows(self, kind: str) -> QuerySet[Link]:
        return Link.in_scope.filter(agreement=self._agreement, epoch=self._agreement.ledger_epoch, kind=kind)


def _signs(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))
