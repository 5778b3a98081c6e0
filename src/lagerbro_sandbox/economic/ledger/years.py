"""Creating accounting years: one after the other without a gap, whole months, 18 of them at most (economic-api 6.8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.errors import Problems
from lagerbro_sandbox.economic.wire.fields import Day, Form, check
from lagerbro_sandbox.kernel.records import Record

KIND: Final = "accounting-years"
MONTHS_MAX: Final = 18
FORM: Final[Form] = {"fromDate": Day(required=True), "toDate": Day(required=True)}


def create(session: Session, body: object) -> Record:
    """POST /accounting-years. The codes of the refusals are assumed: none is published."""
    sent = check(body, FORM, "/schema/accounting-years.post.schema.json")
    first, last = date.fromisoformat(sent["fromDate"]), date.fromisoformat(sent["toDate"])
    rows = session.all(KIND)
    problems = Problems()
    _check_start(rows, first, problems)
    _check_end(first, last, problems)
    problems.raise_if_any()
    key = _key({row["year"] for row in rows}, first, last)
    year: Record = {"year": key, "fromDate": str(first), "toDate": str(last), "closed": False}
    session.put(KIND, key, year)
    return year


def _check_start(rows: list[Record], first: date, problems: Problems) -> None:
    """The day after the latest year ends; the agreement's first year may begin on any day."""
    latest = max((row["toDate"] for row in rows), default=None)
    if latest is None:
        return
    due = date.fromisoformat(latest) + timedelta(days=1)
    if first != due:
        problems.add(("fromDate",), "E07810", f"The year must begin on {due}, the day after the latest.", str(first))


def _check_end(first: date, last: date, problems: Problems) -> None:
    if last < first:
        problems.add(("toDate",), "E07820", "The year ends before it begins.", str(last))
    elif last < date.max and (last + timedelta(days=1)).month == last.month:
        problems.add(("toDate",), "E07821", "The year must end on the last day of a month.", str(last))
    elif (last.year - first.year) * 12 + last.month - first.month >= MONTHS_MAX:
        problems.add(("toDate",), "E07822", f"A year lasts {MONTHS_MAX} months at most.", str(last))


def _key(taken: set[str], first: date, last: date) -> str:
    """`2026`, or `2025/2026` for a split year; a letter follows where that is taken."""
    plain = str(first.year) if first.year == last.year else f"{first.year}/{last.year}"
    names = (plain, *(f"{plain}{letter}" for letter in "abcdefghijkl"))
    return next(name for name in names if name not in taken)
