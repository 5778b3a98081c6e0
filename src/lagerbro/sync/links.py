"""Which records are the same in both systems, as one agreement's flows see it."""

from __future__ import annotations

from collections.abc import Set

from django.db.models import QuerySet

from lagerbro.agreements.models import Agreement
from lagerbro.sync.models import Link, Transfer
from lagerbro.sync.outcome import LinkFacts
from lagerbro.sync.world import World


class Links:
    """The links of the agreement's present ledger epoch."""

    def __init__(self, agreement: Agreement, world: World) -> None:
        self._agreement = agreement
        self._world = world

    def get(self, kind: str, key: str) -> Link | None:
        return self._rows(kind).filter(rackbeat_key=key).first()

    def known(self, kind: str, keys: Set[str]) -> set[str]:
        """Those of `keys` that have a link."""
        return set(self._rows(kind).filter(rackbeat_key__in=keys).values_list("rackbeat_key", flat=True))

    def forget(self, kind: str, key: str) -> None:
        """The record turned out to be missing in e-conomic."""
        self._rows(kind).filter(rackbeat_key=key).delete()

    def store(self, transfer: Transfer, facts: LinkFacts) -> None:
        """Remember what a run made of its record."""
        now = self._world.clock.now()
        rackbeat, economic = facts.rackbeat, facts.economic
        fields = {
            "economic_kind": facts.economic_kind,
            "economic_key": facts.economic_key,
            "version": facts.version,
            "name": facts.name[:255],
            "currency": facts.currency,
            "net": rackbeat and rackbeat.net,
            "vat": rackbeat and rackbeat.vat,
            "gross": rackbeat and rackbeat.gross,
            "economic_net": economic and economic.net,
            "economic_vat": economic and economic.vat,
            "economic_gross": economic and economic.gross,
            "changed_at": now,
        }
        identity = {"agreement": self._agreement, "epoch": self._agreement.ledger_epoch, "kind": transfer.kind}
        Link.objects.update_or_create(
            **identity,
            rackbeat_key=transfer.key,
            defaults=fields,
            create_defaults={**fields, "created_at": now},
        )

    def _rows(self, kind: str) -> QuerySet[Link]:
        return Link.objects.filter(epoch=self._agreement.ledger_epoch, kind=kind)
