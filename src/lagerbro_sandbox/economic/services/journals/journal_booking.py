"""journalsapi: booking calls (economic-api 8.4). 204 and no numbers: who wants them looks for the booked entries."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.journals import booking as journal_booking
from lagerbro_sandbox.economic.services.calls import NOTHING, Call
from lagerbro_sandbox.economic.services.journals.draft_entries import stored
from lagerbro_sandbox.economic.services.problems import INVALID, missing, refuse, refused
from lagerbro_sandbox.economic.services.properties import Property, Shape, check, day
from lagerbro_sandbox.economic.services.resources import ServiceRouter
from lagerbro_sandbox.economic.services.versions import major
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record

INTERVAL: Final[Shape] = {
    "fromDate": Property("date-time", required=True),
    "toDate": Property("date-time", required=True),
}
BARE_UNTIL: Final = 14
NUMBERS: Final[Shape] = {"entryNumbers": Property("array", required=True)}


def add_to(router: ServiceRouter) -> None:
    for place in ("/journals/{}", "/entries/draft/{}"):  # the second one is the older address of the same
        router.add("POST", f"{place}/book", _all)
        router.add("POST", f"{place}/bookWithDateInterval", _between)
    router.add("POST", "/journals/{}/bookdraftentries", _book_some)


def _all(call: Call, values: list[str]) -> Response:
    """Everything in the journal, other people's entries too."""
    journal = _journal(call, values[0])
    return _book(call, journal, _in(call, journal))


def _between(call: Call, values: list[str]) -> Response:
    """What is dated from one day to another, other people's entries too."""
    journal = _journal(call, values[0])
    body = check(call.body(), INTERVAL)
    first, last = day(body["fromDate"]), day(body["toDate"])
    rows = [row for row in _in(call, journal) if first <= row["date"] <= last]
    if not rows:
        raise refuse(INVALID, f"The journal has no entries from {first} to {last}.", "fromDate")
    return _book(call, journal, rows)


def _book_some(call: Call, values: list[str]) -> Response:
    """Exactly these. The version before the documented one takes the numbers alone, and clients of it are about."""
    journal = _journal(call, values[0])
    body = call.body()
    if isinstance(body, list) and major(call.version) <= BARE_UNTIL:
        body = {"entryNumbers": body}
    numbers = check(body, NUMBERS)["entryNumbers"]
    if not numbers:
        raise refuse("OneAPIEntriesListCannotBeEmpty", "The list of entry numbers is empty.", "entryNumbers")
    rows: list[Record] = []
    for number in dict.fromkeys(map(str, numbers)):
        row = stored(call.session, number)
        if row is None or row["journal"] != journal["journalNumber"]:
            raise refuse("JournalEntryDoesNotExist", f"The journal has no entry {number}.", "entryNumbers")
        rows.append(row)
    return _book(call, journal, rows)


def _journal(call: Call, number: str) -> Record:
    journal = call.session.get("journals", number)
    if journal is None:
        raise missing("The journal")
    return journal


def _in(call: Call, journal: Record) -> list[Record]:
    return call.session.store.draft_entries.all(call.session.agreement, journal=journal["journalNumber"])


def _book(call: Call, journal: Record, rows: list[Record]) -> Response:
    try:
        journal_booking.book(call.session, journal, rows)
    except journal_booking.BookingRefusedError as error:
        raise refused(error.complaints) from error
    return NOTHING
