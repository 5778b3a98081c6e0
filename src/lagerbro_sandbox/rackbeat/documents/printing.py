"""A document on paper: the page that a person downloads (rackbeat-api 3.14)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents.kinds import Kind
from lagerbro_sandbox.rackbeat.wire import pdf

_TITLES: Final = {
    "offer": "Tilbud",
    "order": "Ordre",
    "customer_invoice": "Faktura",
    "purchase_order": "Indkøbsordre",
    "supplier_invoice": "Leverandørfaktura",
}
_SUMS: Final = (("Subtotal", "total_subtotal"), ("Moms", "total_vat"), ("I alt", "total_total"))


def printed(company: Record, kind: Kind, record: Record) -> Response:
    """The document's page."""
    title = "Kreditnota" if record.get("is_creditnote") else _TITLES[kind.name]
    party = record[kind.party]
    head = [
        str(company["company_name"]),
        "",
        f"{title} {record['number']}" + ("" if record["is_booked"] else " (kladde)"),
        f"Dato {record[kind.day]}",
        f"{party['number']} {party['name']}",
        "",
    ]
    rows = [f"{line['quantity']:f} x {line['name']}   {line['line_total']:f}" for line in record["lines"]]
    sums = [f"{word} {record['currency']} {record[key]:f}" for word, key in _SUMS]
    return pdf.answer(pdf.page([*head, *rows[: pdf.LINES_MAX], "", *sums]), f"{kind.name}_{record['number']}.pdf")
