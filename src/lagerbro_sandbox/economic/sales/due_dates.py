"""When an invoice is due, by the type of its payment terms (economic-api 7.1)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from lagerbro_sandbox.economic.wire.errors import Problems
from lagerbro_sandbox.kernel.records import Record


def due_date(document: Record, given: str | None, problems: Problems) -> str:
    """The caller's date counts only for terms of type `dueDate`, and is mandatory there."""
    terms = document["paymentTerms"]
    if terms.get("paymentTermsType") == "dueDate":
        if given is None:
            problems.add(("dueDate",), "E04042", "dueDate is required by the payment terms.")
        elif given < document["date"]:
            problems.add(("dueDate",), "E04760", "dueDate is earlier than date.", given)
        return given or document["date"]
    return computed(date.fromisoformat(document["date"]), terms.get("paymentTermsType", "net"), terms)


def computed(day: date, kind: str, terms: Record) -> str:
    """The end of the invoice's day, week or month, and the days of credit after it."""
    if kind == "invoiceMonth":
        day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    elif kind == "invoiceWeekStartingMonday":
        day += timedelta(days=min(6 - day.weekday(), (date.max - day).days))
    elif kind == "invoiceWeekStartingSunday":
        day += timedelta(days=min((5 - day.weekday()) % 7, (date.max - day).days))
    days = terms.get("daysOfCredit", 0)
    room = (date.max - day).days if days >= 0 else (day - date.min).days
    return str(day + timedelta(days=min(days, room) if days >= 0 else -min(-days, room)))
