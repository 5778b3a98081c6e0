"""The company with its purchase section decided, and hands for supplier invoices in both systems."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal as D
from random import Random
from typing import Any

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.registry import FLOWS
from lagerbro.sync.models import Link, Transfer
from tests.flows.supplier_invoices.purchases import GRID, JOURNAL
from tests.sandboxes import Json, Sandboxes, nordlys
from tests.world import Company, code_alone, company_in

FLOW = FLOWS["supplier_invoice"]


@dataclass
class Buyer:
    """What a buyer and a bookkeeper do with supplier invoices."""

    company: Company

    @property
    def systems(self) -> Sandboxes:
        return self.company.systems

    def invoice(self, *lines: Json, supplier: int = 50001, own: str = "F-77", book: bool = True, **more: Any) -> int:
        """A supplier invoice in Rackbeat, booked unless told otherwise; answers its number."""
        wanted = lines or ({"item_id": "NL-100", "quantity": 1, "line_price": 1000},)
        body = {"supplier_id": supplier, "invoice_number": own, "lines": list(wanted), **more}
        number: int = self.systems.in_rackbeat("POST", "supplier-invoices", body)["number"]
        if book:
            self.book(number)
        return number

    def book(self, number: int) -> None:
        self.systems.in_rackbeat("POST", f"supplier-invoices/{number}/book", {})

    def credit(self, number: int) -> int:
        made: int = self.systems.in_rackbeat("POST", f"supplier-invoices/{number}/create-creditnote", {})["number"]
        self.book(made)
        return made

    def rewrite(self, number: int, **changes: Any) -> None:
        """Have Rackbeat tell something else of the invoice, that nobody could write there."""
        store, account = self.systems.rackbeat.store, nordlys().rackbeat_account_id
        record = store.get(account, "supplier-invoices", number)
        assert record is not None
        store.put(account, "supplier-invoices", number, {**record, **changes})

    def posted(self, number: object) -> Transfer:
        """Ask for the invoice, drain, and answer where it stands."""
        self.company.ask_of(FLOW, number)
        self.company.drain()
        return self.transfer(number)

    def transfer(self, number: object) -> Transfer:
        return self.company.transfer(FLOW.kind, number)

    def link(self, number: object) -> Link:
        with agreement_scope(self.company.agreement.pk):
            return Link.in_scope.get(kind=FLOW.kind, rackbeat_key=str(number))

    def drafts(self, journal: int = JOURNAL) -> list[Json]:
        """The entries in the journal."""
        return self.systems.economic.store.draft_entries.all(nordlys().agreement_number, journal=journal)

    def vouchers(self) -> list[tuple[int, str | None, D]]:
        """(contra account, VAT code, amount seen from the supplier) of every draft entry in the journal."""
        return [(row["contraAccount"], row.get("contraVatCode"), row["amount"]) for row in self.drafts()]

    def book_journal(self, journal: int = JOURNAL) -> None:
        """*Bogfør* in e-conomic."""
        numbers = [row["entryNumber"] for row in self.drafts(journal)]
        body = {"entryNumbers": numbers}
        self.systems.in_economic("POST", f"/journalsapi/v15.0.0/journals/{journal}/bookdraftentries", body)

    def ledger(self) -> dict[int, D]:
        """What has been booked since the opening, by account."""
        sums: dict[int, D] = {}
        for account, amount in self.systems.entries():
            sums[account] = sums.get(account, D("0.00")) + amount
        return {account: amount for account, amount in sums.items() if amount}

    def bar(self, account: int, *, barred: bool = True) -> None:
        agreement = nordlys().agreement_number
        self.systems.admin("economic", "bar", agreement=agreement, kind="accounts", key=str(account), barred=barred)

    def change_draft(self, number: int, **changes: Any) -> None:
        """A person edits a draft entry in e-conomic."""
        path = "/journalsapi/v15.0.0/draft-entries"
        entry = {**self.systems.in_economic("GET", f"{path}/{number}"), **changes}
        self.systems.in_economic("PUT", f"{path}/bulk", {"entries": [entry]})

    def delete_draft(self, number: int, journal: int = JOURNAL) -> None:
        self.systems.in_economic("DELETE", f"/journals/{journal}/entries/{number}")


@pytest.fixture
def buyer(db: None, systems: Sandboxes) -> Buyer:
    company = company_in(systems, Random(7))
    company.runtime = replace(company.runtime, words=code_alone)
    company.decide(
        suppliers_enabled=True,
        supplier_group_account=6800,
        supplier_journal=JOURNAL,
        fallback_account=1390,
        **{f"purchase_accounts__{cell}": account for cell, account in GRID.items()},
    )
    with agreement_scope(company.agreement.pk):
        now = systems.clock.now()
        for supplier in nordlys().suppliers:
            number = str(supplier.number)
            Link.in_scope.create(
                agreement=company.agreement,
                epoch=company.agreement.ledger_epoch,
                kind="supplier",
                rackbeat_key=number,
                economic_kind="supplier",
                economic_key=number,
                version="",
                created_at=now,
                changed_at=now,
            )
    return Buyer(company)
