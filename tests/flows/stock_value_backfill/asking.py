"""Asking for a back-fill as its page does: look first, then start it."""

from __future__ import annotations

from datetime import date

from lagerbro.agreements.choices import choices_of
from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.stock_value_backfill.preview import BackfillPreview, PartlyRead, preview
from lagerbro.flows.stock_value_backfill.request import BackfillRequest, Vouchers
from lagerbro.flows.stock_value_backfill.starting import Progress, progress, start
from lagerbro.sync.models import Transfer
from lagerbro.wire.exchange import Exchange
from tests.flows.stock_value.shop import Shop

DAILY, SINGLE = Vouchers.DAILY, Vouchers.SINGLE


def request(first: date, last: date, vouchers: Vouchers = DAILY) -> BackfillRequest:
    return BackfillRequest(first, last, vouchers)


def looked(shop: Shop, wanted: BackfillRequest, calls: list[str] | None = None) -> BackfillPreview:
    """What the preview says; `calls` gets the method and path of each call."""

    def observe(exchange: Exchange) -> None:
        if calls is not None:
            calls.append(f"{exchange.method} /{exchange.url.split('/', 3)[3].split('?')[0]}")

    company = shop.company
    with agreement_scope(company.agreement.pk):
        company.agreement.refresh_from_db()
        clients = company.runtime.connect(company.agreement, observe)
        choices, now = choices_of(company.agreement), company.systems.clock.now()
        found = preview(company.agreement, choices, clients, wanted, now)
        while isinstance(found, PartlyRead):
            found = preview(company.agreement, choices, clients, wanted, now, known=found.values)
        return found


def begun(shop: Shop, wanted: BackfillRequest) -> None:
    company = shop.company
    with agreement_scope(company.agreement.pk):
        start(company.agreement, wanted, by="test", now=company.systems.clock.now())


def backfilled(shop: Shop, wanted: BackfillRequest) -> Progress:
    """Start it and let it come to its end, or as far as it comes."""
    begun(shop, wanted)
    for _ in range(len(wanted.parts()) + 2):
        shop.company.drain()
        shop.company.systems.clock.sleep_s(30)
    found = come(shop, wanted)
    assert found is not None
    return found


def come(shop: Shop, wanted: BackfillRequest) -> Progress | None:
    with agreement_scope(shop.company.agreement.pk):
        return progress(wanted)


def outcomes(shop: Shop) -> list[tuple[str, str]]:
    """(state, code) of each part, in order."""
    with agreement_scope(shop.company.agreement.pk):
        return list(Transfer.in_scope.filter(kind="stock_backfill").order_by("key").values_list("state", "code"))
