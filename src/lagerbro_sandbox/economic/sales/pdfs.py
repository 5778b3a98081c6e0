"""Small but valid PDF files of sales documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from lagerbro_sandbox.kernel.numbers.danish import amount, day, figure
from lagerbro_sandbox.kernel.records import Record

LINES_MAX: Final = 500
_COLUMNS: Final = (90, 25, 30, 35)
_NEXT: Final[dict[str, Any]] = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT}


def document(title: str, sender: str, body: Record, at: datetime) -> bytes:
    """The document on A4: who to, the lines, the totals."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(at)
    pdf.set_title(_latin(title))
    pdf.add_page()
    pdf.set_font("helvetica", size=16)
    pdf.cell(0, 10, _latin(title), **_NEXT)
    pdf.set_font("helvetica", size=10)
    recipient = body["recipient"]
    place = " ".join(recipient[name] for name in ("zip", "city") if recipient.get(name))
    for text in (sender, recipient["name"], recipient.get("address", ""), place, f"Dato {day(body['date'])}"):
        if text:
            pdf.multi_cell(0, 6, _latin(text), **_NEXT)
    pdf.ln(4)
    for line in body.get("lines", [])[:LINES_MAX]:
        _line(pdf, line)
    pdf.ln(4)
    for name, key in (("Netto", "netAmount"), ("Moms", "vatAmount"), ("I alt", "grossAmount")):
        pdf.cell(0, 6, _latin(f"{name} {amount(body[key])} {body['currency']}"), align="R", **_NEXT)
    return bytes(pdf.output())


def _line(pdf: FPDF, line: Record) -> None:
    text = str(line.get("description") or (line.get("product") or {}).get("productNumber", ""))
    cells = (
        text.splitlines()[0][:60] if text.strip() else "",
        figure(line.get("quantity")),
        amount(line.get("unitNetPrice")),
        amount(line.get("totalNetAmount")),
    )
    for width, content in zip(_COLUMNS, cells, strict=True):
        pdf.cell(width, 6, _latin(content), align="L" if width == _COLUMNS[0] else "R")
    pdf.ln(6)


def _latin(text: str) -> str:
    """The fonts that every PDF reader has know Western European letters only."""
    return text.replace("\N{MINUS SIGN}", "-").encode("latin-1", "replace").decode("latin-1")
