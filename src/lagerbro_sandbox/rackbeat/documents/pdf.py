"""A document on paper: one small, valid PDF page of text (rackbeat-api 3.14)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents.kinds import Kind

LINES_MAX: Final = 50
_LINE_LENGTH_MAX: Final = 100
_TITLES: Final = {
    "offer": "Tilbud",
    "order": "Ordre",
    "customer_invoice": "Faktura",
    "purchase_order": "Indkøbsordre",
    "supplier_invoice": "Leverandørfaktura",
}


def answer(content: bytes, name: str) -> Response:
    headers = {"Content-Type": "application/pdf", "Content-Disposition": f'inline; filename="{name}"'}
    return Response(200, headers, content)


def document(session_company: Record, kind: Kind, record: Record) -> Response:
    """The document's page."""
    title = "Kreditnota" if record.get("is_creditnote") else _TITLES[kind.name]
    party = record[kind.party]
    head = [
        str(session_company["company_name"]),
        "",
        f"{title} {record['number']}" + ("" if record["is_booked"] else " (kladde)"),
        f"Dato {record[kind.day]}",
        f"{party['number']} {party['name']}",
        "",
    ]
    rows = [f"{line['quantity']:f} x {line['name']}   {line['line_total']:f}" for line in record["lines"]]
    sums = [f"{word} {record['currency']} {record[key]:f}" for word, key in _SUMS]
    return answer(page([*head, *rows[:LINES_MAX], "", *sums]), f"{kind.name}_{record['number']}.pdf")


_SUMS: Final = (("Subtotal", "total_subtotal"), ("Moms", "total_vat"), ("I alt", "total_total"))


def page(lines: Sequence[str]) -> bytes:
    """A4, Helvetica, one line of text under the other."""
    text = b"BT /F1 11 Tf 14 TL 50 790 Td " + b" ".join(b"(" + _escaped(line) + b") Tj T*" for line in lines) + b" ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def _escaped(line: str) -> bytes:
    text = line[:_LINE_LENGTH_MAX].encode("cp1252", "replace")
    for sign in (b"\\", b"(", b")"):
        text = text.replace(sign, b"\\" + sign)
    return text.replace(b"\r", b" ").replace(b"\n", b" ")
