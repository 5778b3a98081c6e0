"""What became of a supplier invoice stands as a note on it in Rackbeat: once for each outcome (H19)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.conf import settings

from lagerbro.sync.models import TransferState
from lagerbro.web.status.notes import note_of
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.purchases.buying import new_group, new_supplier
from tests.flows.supplier_invoices.conftest import Buyer
from tests.sandboxes import nordlys

NOTHING = "Du behøver ikke gøre noget."


@pytest.fixture(autouse=True)
def words(buyer: Buyer) -> None:
    buyer.company.runtime = replace(buyer.company.runtime, words=note_of)


def notes(buyer: Buyer, number: int) -> list[str]:
    return [row["note_text"] for row in buyer.systems.in_rackbeat("GET", f"supplier-invoices/{number}/notes")]


def test_a_posted_invoice_says_which_voucher_it_is(buyer: Buyer) -> None:
    number = buyer.invoice()
    transfer = buyer.posted(number)
    agreement = buyer.company.agreement.public_id
    assert notes(buyer, number) == [
        f"Lagerbro: Leverandørfaktura {number} er i e-conomic som bilag 2026-40001. Den bogføres dér i hånden. "
        f"Du behøver ikke gøre noget. Se den her: {settings.LAGERBRO_PUBLIC_URL}/a/{agreement}/activity/{transfer.pk}/"
    ]
    assert buyer.company.calls(transfer)[-1] == f"POST /api/supplier-invoices/{number}/notes"
    buyer.systems.clock.sleep_s(120)
    buyer.posted(number)
    assert len(notes(buyer, number)) == 1


def test_each_outcome_once(buyer: Buyer) -> None:
    buyer.posted(buyer.invoice(own="before"))
    buyer.bar(1320)
    number = buyer.invoice(supplier=50006)
    for _ in range(2):
        buyer.posted(number)
        buyer.systems.clock.sleep_s(120)
    (first,) = notes(buyer, number)
    assert f"Leverandørfaktura {number} ligger på standardkontoen 1390 og skal ses efter." in first
    buyer.bar(1320, barred=False)
    buyer.posted(number)
    assert any("er flyttet fra standardkontoen 1390 til konto 1320" in note for note in notes(buyer, number))
    assert len(notes(buyer, number)) == 2


def test_a_held_invoice_says_why(buyer: Buyer) -> None:
    buyer.company.decide(**{"purchase_accounts__1.domestic": "not_used"})
    number = buyer.invoice()
    for _ in range(2):
        assert buyer.posted(number).code == "purchase_group_not_used"
    (note,) = notes(buyer, number)
    assert note.startswith(f"Lagerbro: Leverandørfaktura {number} er ikke overført.")


@pytest.mark.parametrize("how", ["lose_answer", "drop_connection", "status"])
def test_a_note_that_fails_is_in_nobodys_way(buyer: Buyer, how: str) -> None:
    fault = Fault(
        "note",
        method="POST",
        path="/api/supplier-invoices/*/notes",
        status=403 if how == "status" else None,
        lose_answer=how == "lose_answer",
        drop_connection=how == "drop_connection",
    )
    buyer.systems.rackbeat.faults.set(fault)
    number = buyer.invoice()
    assert buyer.posted(number).state == TransferState.DRAFTED
    assert len(notes(buyer, number)) == (1 if how == "lose_answer" else 0)
    assert len(buyer.drafts()) == 1


def test_a_chain_is_told_in_words_down_to_its_root(buyer: Buyer) -> None:
    company = buyer.company
    company.systems.admin("economic", "bar", agreement=nordlys().agreement_number, kind="accounts", key="6800")
    new_group(company)
    number = buyer.invoice(supplier=new_supplier(company, 50101, group=7))
    buyer.posted(number)
    company.drain()
    assert buyer.transfer(number).code == "supplier_not_transferred"
    (note,) = notes(buyer, number)
    assert "Konto 6800 Leverandørgæld" in note or "er spærret i e-conomic" in note
    assert "Løs det på leverandørgruppe 7" in note
    assert "_" not in note.rpartition(" http")[0]


def test_the_booking_by_a_person_is_told_too(buyer: Buyer) -> None:
    number = buyer.invoice()
    buyer.posted(number)
    buyer.book_journal()
    buyer.posted(number)
    assert any(f"er bogført i e-conomic som bilag 2026-40001. {NOTHING}" in note for note in notes(buyer, number))
    assert len(notes(buyer, number)) == 2
