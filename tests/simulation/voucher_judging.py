"""The oracle of supplier invoices: Rackbeat's records beside e-conomic's ledger when its journal is booked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from lagerbro_sandbox.economic.journals import voucher_documents
from tests.expected_vouchers import CREDITORS, FALLBACK, JOURNAL, Sums, expected
from tests.sandboxes import nordlys
from tests.world import Company

if TYPE_CHECKING:
    from tests.simulation.supplier_invoicing import SupplierInvoicing

AGREEMENT: Final = nordlys().agreement_number
RACKBEAT: Final = nordlys().rackbeat_account_id
_MARK: Final = re.compile(r"RB-K(\d+)$")


@dataclass
class Judge:
    """`told`: the codes of the transfers, by the invoice's number."""

    company: Company
    told: dict[int, str]

    def judge(self, invoicing: SupplierInvoicing) -> None:
        """Once each, with the right amounts on the right accounts, and one document each."""
        store = self.company.systems.economic.store
        drafts = store.draft_entries.all(AGREEMENT, journal=JOURNAL)
        if drafts:
            book(self.company, drafts)
        vouchers = self._vouchers()
        self._judge_numbers(invoicing, vouchers)
        for number, entries in vouchers.items():
            assert not sum(entry.base_amount for entry in entries), "a voucher does not balance"
            if number not in invoicing.changed:
                self._judge_amounts(number, entries)
        self._judge_documents(invoicing, {number: entries[0].voucher for number, entries in vouchers.items()})

    def _vouchers(self) -> dict[int, list[Any]]:
        """The booked entries of each invoice of Rackbeat."""
        found: dict[int, list[Any]] = defaultdict(list)
        for entry in self.company.systems.economic.store.entries.between(AGREEMENT, "2026-01-01", "2027-12-31"):
            if entry.journal == JOURNAL:
                found[int(_MARK.search(entry.text)[1])].append(entry)  # type: ignore[index]  # all of them are ours
        return found

    def _judge_numbers(self, invoicing: SupplierInvoicing, vouchers: dict[int, list[Any]]) -> None:
        for number, entries in vouchers.items():
            assert len({entry.voucher for entry in entries}) == 1, f"supplier invoice {number} was posted twice"
        groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for number in invoicing.booked:
            groups[identity(record(self.company, number))].append(number)
        for numbers in groups.values():
            posted = [number for number in numbers if number in vouchers]
            assert len(posted) <= 1, f"{posted} are the same invoice"
            assert posted or invoicing.deleted & {*numbers}, f"{numbers} was lost"
        assert {*vouchers} <= {*invoicing.booked}

    def _judge_amounts(self, number: int, entries: Iterable[Any]) -> None:
        booked: Sums = defaultdict(Decimal)
        for entry in entries:
            booked[entry.account] += entry.amount
        theirs = record(self.company, number)
        total, wanted = expected(theirs)
        assert sum(booked.pop(account, 0) for account in CREDITORS) == -total, f"{number} has another amount"
        found = {account: amount for account, amount in booked.items() if amount}
        if self.told.get(number) in ("fallback_stays", "fallback_booked"):
            assert FALLBACK in found
            assert {*found} <= {*wanted, FALLBACK}
        else:
            assert found == wanted, f"{number} is on other accounts"

    def _judge_documents(self, invoicing: SupplierInvoicing, vouchers: dict[int, int]) -> None:
        session = self.company.systems.economic.session(AGREEMENT, "economic.test")
        found: dict[int, list[Any]] = defaultdict(list)
        for document in voucher_documents.every(session):
            found[int(_MARK.search(document.note or "")[1])].append(document)  # type: ignore[index]  # ours alone
        for number, documents in found.items():
            assert number in invoicing.documented
            assert [one.pages for one in documents] == [1], f"the document of {number} was added twice"
            if number in vouchers:
                assert documents[0].voucher == vouchers[number], f"the document of {number} is on another voucher"
        for number in invoicing.documented & {*vouchers} - invoicing.deleted:
            assert number in found, f"the document of {number} was lost"


def book(company: Company, entries: Iterable[dict[str, Any]]) -> None:
    """*Bogfør* in e-conomic."""
    body = {"entryNumbers": [entry["entryNumber"] for entry in entries]}
    company.systems.in_economic("POST", f"/journalsapi/v15.0.0/journals/{JOURNAL}/bookdraftentries", body)


def number_in(entry: dict[str, Any]) -> int:
    """The number in Rackbeat of the invoice that a draft entry of ours is of."""
    found = _MARK.search(entry["text"])
    assert found is not None
    return int(found[1])


def record(company: Company, number: int) -> dict[str, Any]:
    """The invoice as Rackbeat keeps it."""
    found = company.systems.rackbeat.store.get(RACKBEAT, "supplier-invoices", number)
    assert found is not None
    return found


def identity(theirs: dict[str, Any]) -> tuple[Any, ...]:
    """What makes two the same (domain-rules H23)."""
    return theirs["supplier_id"], theirs["invoice_number"], bool(theirs["is_creditnote"])
