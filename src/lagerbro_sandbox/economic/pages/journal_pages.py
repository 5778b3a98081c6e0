"""Journals with their draft entries; booking them, all or one (economic-api 8)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lagerbro_sandbox.economic.journals import number_series as series
from lagerbro_sandbox.economic.journals import postings, vouchers
from lagerbro_sandbox.economic.journals.voucher_documents import of_voucher
from lagerbro_sandbox.economic.pages import table
from lagerbro_sandbox.economic.pages.visit import PageRouter, Visit, to
from lagerbro_sandbox.economic.pages.words import ENTRY_TYPES
from lagerbro_sandbox.economic.services.problems import ServiceError
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.economic.wire.extras import EXTRAS
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.numbers import danish
from lagerbro_sandbox.kernel.records import Record


def add_to(router: PageRouter) -> None:
    router.add("GET", "journals", _journals)
    router.add("GET", "journals/{}", _journal)
    router.add("POST", "journals/{}/book", _book)
    router.add("POST", "journals/{}/entries/{}/book", _book_one)
    router.add("POST", "journals/{}/entries/{}/delete", _delete)
    router.add("POST", "journals/{}/entries/{}/approve", _approve)


def _journals(visit: Visit) -> Response:
    journals = table.listed(visit, "/journals", number="journalNumber", text="name")
    agreement, store = visit.session.agreement, visit.session.store
    counts = {row["journalNumber"]: store.draft_entries.count(agreement, row["journalNumber"]) for row in journals.rows}
    return visit.page("ledger/journals.html", table=journals, counts=counts, bounds=series.bounds, types=ENTRY_TYPES)


def _journal(visit: Visit) -> Response:
    return visit.page("ledger/journal.html", **journal_page(visit))


def journal_page(visit: Visit) -> dict[str, Any]:
    """The journal with one page of its entries, and what they come to."""
    journal = visit.api("GET", f"/journals/{visit.key}")
    number = journal["journalNumber"]
    entries = visit.session.store.draft_entries.all(visit.session.agreement, journal=number)
    shown = table.cut(visit, entries)
    waits = bool((visit.session.get("journals", number) or {}).get(EXTRAS, {}).get("requireAdminApproval"))
    return {
        "journal": journal,
        "table": shown,
        "off": _off(visit, entries),
        "types": ENTRY_TYPES,
        "filed": {row["entryNumber"] for row in shown.rows if of_voucher(visit.session, row["year"], row["voucher"])},
        "parties": {row["entryNumber"]: _party(visit, row) for row in shown.rows},
        "needs_approval": waits,
    }


def _off(visit: Visit, entries: list[Record]) -> list[tuple[int, Decimal]]:
    """The vouchers that do not balance, and by how much."""
    sums: dict[int, Decimal] = {}
    for row in entries:
        row_postings = postings.postings(visit.session, row)
        sums[row["voucher"]] = sums.get(row["voucher"], Decimal(0)) + sum(
            (each.base_amount for each in row_postings), Decimal(0)
        )
    return [(voucher, total) for voucher, total in sorted(sums.items()) if total]


@dataclass(frozen=True, slots=True)
class _ShownParty:
    """The customer or supplier of an entry; `kind` is below which address they are shown."""

    kind: str
    number: int
    name: str


def _party(visit: Visit, row: Record) -> _ShownParty | None:
    for name, kind in (("customer", "customers"), ("supplier", "suppliers")):
        if row.get(name) is not None:
            record = visit.session.get(kind, row[name]) or {}
            return _ShownParty(kind, row[name], record.get("name", ""))
    return None


def _book(visit: Visit) -> Response:
    """Unless the journal asks for all or nothing, vouchers that do not balance stay behind (economic-api 8.1)."""
    return _perform(visit, "journal-booked", f"/journalsapi/journals/{visit.key}/book", None, "Kassekladden")


def _book_one(visit: Visit) -> Response:
    number = visit.values[1]
    body = {"entryNumbers": [danish.whole(number) or 0]}
    return _perform(visit, "entry-booked", f"/journalsapi/journals/{visit.key}/bookdraftentries", body, "Posteringen")


def _perform(visit: Visit, notice: str, path: str, body: Record | None, what: str) -> Response:
    """Booked, or the journal again with what is in the way."""
    try:
        visit.api("POST", path, body)
    except (ApiError, ServiceError) as error:
        if error.status == 404:
            raise
        refused = visit.refused(error, f"{what} er ikke bogført.")
        return visit.page("ledger/journal.html", error.status, refused=refused, **journal_page(visit))
    store, agreement = visit.session.store, visit.session.agreement
    remaining = store.draft_entries.count(agreement, int(visit.key)) if notice == "journal-booked" else 0
    return to(f"journals/{visit.key}", *(("journal-partly", remaining) if remaining else (notice, "")))


def _delete(visit: Visit) -> Response:
    visit.api("DELETE", f"/journals/{visit.key}/entries/{visit.values[1]}")
    return to(f"journals/{visit.key}", "entry-deleted")


def _approve(visit: Visit) -> Response:
    """What an administrator does in a journal that asks for approval (economic-api 8.1)."""
    row = vouchers.entry_in(visit.session, visit.key, visit.values[1])
    visit.admin("entries/approve", agreement=visit.session.agreement, entryNumber=row["entryNumber"])
    return to(f"journals/{visit.key}", "entry-approved")
