"""The front page: what waits for somebody, and the balance of the bank."""

from __future__ import annotations

from typing import Final, NamedTuple

from lagerbro_sandbox.economic.pages.visit import PageRouter, Visit
from lagerbro_sandbox.economic.platform import granted_apps_page as granted
from lagerbro_sandbox.economic.sales import booked, drafts, orders
from lagerbro_sandbox.kernel import pages
from lagerbro_sandbox.kernel.http import Response

LATEST: Final = 5


def add_to(router: PageRouter) -> None:
    router.add("GET", "", _front)
    router.add("GET", "apps", lambda _visit: pages.redirect(granted.PATH))


def _front(visit: Visit) -> Response:
    session = visit.session
    return visit.page(
        "front.html",
        drafts=session.store.count(session.agreement, drafts.KIND),
        overdue=len(booked.keys_in(session, "overdue")),
        unpaid=len(booked.keys_in(session, "unpaid")),
        orders=sum(session.store.count(session.agreement, orders.ORDERS.in_state(s)) for s in ("drafts", "sent")),
        journals=_with_entries(visit),
        latest=session.store.page(session.agreement, booked.KIND, 0, LATEST, descending=True),
    )


class JournalEntries(NamedTuple):
    number: int
    name: str
    entries: int


def _with_entries(visit: Visit) -> list[JournalEntries]:
    """The journals that have any."""
    store, agreement, journals = visit.session.store, visit.session.agreement, visit.session.all("journals")
    counted = ((row, store.draft_entries.count(agreement, row["journalNumber"])) for row in journals)
    return [JournalEntries(row["journalNumber"], row["name"], count) for row, count in counted if count]
