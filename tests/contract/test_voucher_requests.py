"""The voucher of any supplier invoice against the schema that was published for it, whatever its texts hold."""

from __future__ import annotations

import json
from decimal import Decimal as D

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagerbro.economic.voucher_types import JournalRef
from lagerbro.flows.supplier_invoices.mapping import voucher_of
from lagerbro.rackbeat.supplier_types import InvoicingSupplier
from lagerbro.wire.numbers import encode
from tests.contract.schemas import complaints, present
from tests.flows.supplier_invoices.purchases import BIKES, GEAR, JOURNAL, invoice, line, planned

pytestmark = present

TEXT = st.none() | st.text(st.characters(codec="utf-8"), max_size=600)
LINES = st.tuples(st.integers(1, 10**9), st.sampled_from([BIKES, GEAR, None]))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    lines=st.lists(LINES, min_size=1, max_size=5),
    own=TEXT,
    name=TEXT,
    due=st.sampled_from(["2026-12-24", "2026-01-01", None]),
    currency=st.sampled_from([("DKK", None), ("EUR", D("7.461234567891")), ("SEK", D("0.65"))]),
    orders=st.none() | st.lists(st.integers(1, 10**9), max_size=80),
)
def test_vouchers(
    lines: list[tuple[int, str | None]],
    own: str | None,
    name: str | None,
    due: str | None,
    currency: tuple[str, D | None],
    orders: list[int] | None,
) -> None:
    document = invoice(
        *(line(D(ore).scaleb(-2), group, 0) for ore, group in lines),
        zone="eu",
        invoice_number=own,
        supplier=InvoicingSupplier(50006, name=name, vat_zone="eu"),
        due_date=due,
        currency=currency[0],
        currency_rate=currency[1],
        purchase_orders=orders,
    )
    voucher = voucher_of(document, planned(document).parts, 50006, "DKK", year="2026", day="2026-11-24")
    body = msgspec.structs.replace(voucher, journal=JournalRef(JOURNAL))
    sent = json.loads(encode(body), parse_float=D)
    assert complaints(sent, "journals.journalNumber.vouchers.post") == []
