"""A move from the default account keeps every entry and its amount, whatever was decided since (A11)."""

from __future__ import annotations

from decimal import Decimal as D

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from lagerbro.economic.voucher_types import DraftEntry, JournalRef
from lagerbro.flows.supplier_invoices.mapping import voucher_of
from lagerbro.flows.supplier_invoices.moving import possible_move, reasons_of_unmoved
from lagerbro.flows.supplier_invoices.reasons import NEEDS_PERSON, reasons_of_posting
from lagerbro.flows.supplier_invoices.steps import SentVoucher
from tests.flows.supplier_invoices.purchases import BIKES, GEAR, GRID, JOURNAL, directory, invoice, line, planned

CELLS = {BIKES: "1.eu", GEAR: "5.eu", None: "no_item.eu"}
LINES = st.lists(st.tuples(st.integers(1, 10**7), st.sampled_from(list(CELLS))), min_size=1, max_size=6)
DECISIONS = st.fixed_dictionaries({cell: st.sampled_from([None, 1320, 1321, 1390]) for cell in CELLS.values()})


@settings(max_examples=150)
@given(lines=LINES, before=DECISIONS, after=DECISIONS)
def test_entries_and_amounts_stay(
    lines: list[tuple[int, str | None]], before: dict[str, int | None], after: dict[str, int | None]
) -> None:
    known = msgspec.structs.replace(
        directory(),
        accounts={
            **directory().accounts,
            1390: msgspec.structs.replace(directory().accounts[1390], vat_code="IEUV"),
        },
    )
    rest = {cell: account for cell, account in GRID.items() if cell not in CELLS.values()} | {"6.eu": 1320}
    document = invoice(*(line(D(ore).scaleb(-2), group, 0) for ore, group in lines), zone="eu")
    first, then = (
        planned(document, known=known, purchase_accounts={**rest, **{c: a for c, a in decided.items() if a}})
        for decided in (before, after)
    )
    voucher = voucher_of(document, first.parts, 50006, "DKK", year="2026", day="2026-11-24")
    told = [(one.code, dict(one.details)) for one in reasons_of_posting(document, first, known, "2026-11-24", None)]
    new = msgspec.structs.replace(voucher, journal=JournalRef(JOURNAL))
    sent = SentVoucher(voucher=new, version="v", stored_reasons=told)
    sent_entries = sent.voucher.entries.supplierInvoices
    standing = [
        DraftEntry(
            journalEntryNumber=at,
            amount=entry.amount,
            contraAccount=entry.contraAccount,
            contraVatAccount=entry.contraVatAccount,
        )
        for at, entry in enumerate(sent_entries, 1)
    ]
    move = possible_move(sent, standing, then)
    if move is None:
        assert [one.details.get("group") for one in reasons_of_unmoved(sent, then)] == [
            details.get("group") for _, details in told
        ]
        return
    moved = move.sent.voucher.entries.supplierInvoices
    assert [entry.amount for entry in moved] == [entry.amount for entry in sent_entries]
    changed = [at for at, (old, new) in enumerate(zip(sent_entries, moved, strict=True), 1) if old != new]
    assert changed == sorted(move.codings)
    assert all(sent_entries[at - 1].contraAccount.accountNumber == 1390 for at in changed)  # type: ignore[union-attr]
    still = [code for code, _ in move.sent.stored_reasons if code in NEEDS_PERSON]
    assert len(still) < len([code for code, _ in told if code in NEEDS_PERSON])
