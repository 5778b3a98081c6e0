"""Entries that e-conomic makes by itself when others are booked or matched: `entryType` systemEntry (economic-api 6.8).

None of this is published in detail; that such entries exist is, and that the books balance.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.money import ZERO
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage.entries import Entry

KIND: Final = "systemEntry"
EXCHANGE_ACCOUNT: Final = "exchangeAccount"
"""In the agreement's own record: the account that differences of exchange rates go to."""
_TEXT: Final = "Valutakursdifference"


def level(session: Session, moved: list[tuple[Entry, Decimal]], day: str) -> list[Entry]:
    """After a match: what the items no longer have open in base currency goes off their control accounts, and the
    difference to the exchange account. An agreement that names no such account keeps it where it is."""
    account = session.company.get(EXCHANGE_ACCOUNT)
    sums: dict[int, Decimal] = {}
    for entry, amount in moved:
        sums[entry.account] = sums.get(entry.account, ZERO) + amount
    if account is None or not any(sums.values()):
        return []
    last = moved[-1][0]
    blank = Entry(
        number=0,
        voucher=last.voucher,
        account=int(account),
        date=day,
        kind=KIND,
        currency=session.base_currency,
        amount=ZERO,
        base_amount=ZERO,
        text=_TEXT,
        journal=last.journal,
    )
    own = replace(blank, customer=last.customer, supplier=last.supplier, remainder=ZERO, base_remainder=ZERO)
    rows = [_of(own, control, -amount) for control, amount in sums.items() if amount]
    difference = sum(sums.values(), ZERO)
    return post(session, [*rows, _of(blank, int(account), difference)] if difference else rows)


def _of(entry: Entry, account: int, amount: Decimal) -> Entry:
    return replace(entry, account=account, amount=amount, base_amount=amount)


def post(session: Session, rows: list[Entry]) -> list[Entry]:
    """Number the entries and keep them."""
    first = session.store.count_up(session.agreement, "entries", len(rows)) - len(rows) + 1
    entries = [replace(row, number=first + index) for index, row in enumerate(rows)]
    session.store.entries.add(session.agreement, entries)
    return entries
