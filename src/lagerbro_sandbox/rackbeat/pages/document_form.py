"""The form of a document: what was typed, and what of it is sent to the API."""

from __future__ import annotations

from typing import Any, Final

from lagerbro_sandbox.kernel.numbers import danish
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.pages.actions import DocumentKind
from lagerbro_sandbox.rackbeat.pages.numbers import number
from lagerbro_sandbox.rackbeat.pages.visit import Visit

LINES_FREE: Final = 4
LINES_MORE: Final = 10
LINES_MAX: Final = 1000
TEXTS: Final = ("their_reference", "other_reference", "heading", "note")
_COLUMNS: Final = ("id", "item", "name", "quantity", "price", "discount", "vat")
_FIGURES: Final = (("price", "line_price"), ("discount", "discount_percentage"), ("vat", "vat_percentage"))
Row = dict[str, str]


def empty(visit: Visit, kind: DocumentKind) -> dict[str, Any]:
    """A form with nothing in it but today's date."""
    return {"head": {kind.day: str(visit.session.now().date())}, "lines": [_blank() for _ in range(LINES_FREE)]}


def of(record: Record, kind: DocumentKind) -> dict[str, Any]:
    """A form with the document in it."""
    names = (kind.day, "currency", *TEXTS, *(name for name, _ in kind.own))
    head = {name: str(record.get(name) or "") for name in names}
    head["party"] = str(record[f"{kind.party}_id"])
    lines = [
        {
            "id": str(line["id"]),
            "item": str(line["child_id"] or ""),
            "name": line["name"],
            "quantity": danish.figure(line["quantity"]),
            "price": danish.figure(line["line_price"]),
            "discount": danish.figure(line["discount_percentage"] or None),
            "vat": danish.figure(line["vat_percentage"]),
        }
        for line in record["lines"]
    ]
    return {"head": head, "lines": [*lines, *(_blank() for _ in range(LINES_FREE))]}


def typed(visit: Visit, more: int = 0) -> dict[str, Any]:
    """The form as it was sent, so that nothing typed is lost."""
    form = visit.form
    count = min(danish.whole(form.get("count", "")) or 0, LINES_MAX)
    lines = [{name: form.get(f"{name}-{at}", "") for name in _COLUMNS} for at in range(count)]
    return {"head": form, "lines": [*lines, *(_blank() for _ in range(more))]}


def body(visit: Visit, kind: DocumentKind) -> Record:
    """What the API is sent; 422 by path for what is no number."""
    form = visit.form
    sent: Record = {f"{kind.party}_id": form.get("party", "").strip().partition(" ")[0]}
    for name in (kind.day, "currency", *TEXTS, *(name for name, _ in kind.own)):
        value = form.get(name, "").strip()
        if value or name not in (kind.day, "currency", "ean"):
            sent[name] = value or None
    rows = [row for row in typed(visit)["lines"] if any(row[name].strip() for name in _COLUMNS[1:])]
    sent["lines"] = [_line(at, row) for at, row in enumerate(rows)]
    return sent


def _line(at: int, row: Row) -> Record:
    line: Record = {"quantity": number(row["quantity"], f"lines.{at}.quantity")}
    if row["item"].strip():
        line["item_id"] = row["item"].strip()
    if (known := danish.whole(row["id"])) is not None:
        line["id"] = known
    if row["name"].strip():
        line["name"] = row["name"].strip()
    for name, attribute in _FIGURES:
        if row[name].strip():
            line[attribute] = number(row[name], f"lines.{at}.{attribute}")
    return line


def _blank() -> Row:
    return dict.fromkeys(_COLUMNS, "")
