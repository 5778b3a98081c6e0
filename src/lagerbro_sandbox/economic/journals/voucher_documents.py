"""Documents of vouchers: one per accounting year and voucher number, draft or booked, the same for REST's attachments
and for documentsapi (economic-api 8.3)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from lagerbro_sandbox.economic.journals.pdf_pages import joined, pages
from lagerbro_sandbox.economic.session import Session

_HEAD: Final = "number, year, voucher, note, pages, at"


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of a document; its content is read by itself. `at` is a timestamp."""

    number: int
    year: str
    voucher: int
    note: str | None
    pages: int
    at: str


def has_voucher(session: Session, year: str, voucher: int) -> bool:
    """Whether there is a draft or booked voucher of this number in the year."""
    if session.store.draft_entries.all(session.agreement, year=year, voucher=voucher):
        return True
    accounting_year = session.get("accounting-years", year)
    span = (accounting_year["fromDate"], accounting_year["toDate"]) if accounting_year else ("", "")
    sql = "SELECT 1 FROM entry WHERE agreement=? AND voucher=? AND date BETWEEN ? AND ? LIMIT 1"
    return session.store.connection.execute(sql, (session.agreement, voucher, *span)).fetchone() is not None


def of_voucher(session: Session, year: str, voucher: int) -> Document | None:
    """The document of a voucher."""
    sql = f"SELECT {_HEAD} FROM voucher_document WHERE agreement=? AND year=? AND voucher=?"  # noqa: S608 - constants
    row = session.store.connection.execute(sql, (session.agreement, year, voucher)).fetchone()
    return None if row is None else _document(row)


def one(session: Session, number: int) -> Document | None:
    sql = f"SELECT {_HEAD} FROM voucher_document WHERE agreement=? AND number=?"  # noqa: S608 - constants
    row = session.store.connection.execute(sql, (session.agreement, number)).fetchone()
    return None if row is None else _document(row)


def every(session: Session) -> Iterator[Document]:
    """All of them, by number."""
    sql = f"SELECT {_HEAD} FROM voucher_document WHERE agreement=? ORDER BY number"  # noqa: S608 - constants
    return (_document(row) for row in session.store.connection.execute(sql, (session.agreement,)))


def content(session: Session, document: Document) -> bytes:
    """The PDF."""
    sql = "SELECT content FROM voucher_document WHERE agreement=? AND number=?"
    return bytes(session.store.connection.execute(sql, (session.agreement, document.number)).fetchone()[0])


def attach(session: Session, year: str, voucher: int, note: str | None, pdf: bytes) -> Document:
    """Keep the first document of a voucher."""
    number = session.store.count_up(session.agreement, "attached-documents")
    document = Document(number, year, voucher, note, pages(pdf), session.timestamp())
    _write(session, document, pdf)
    return document


def append(session: Session, document: Document, pdf: bytes) -> Document:
    """Put the pages of another file behind those of the document."""
    whole = joined(content(session, document), pdf)
    grown = replace(document, pages=pages(whole))
    _write(session, grown, whole)
    return grown


def detach(session: Session, document: Document) -> None:
    sql = "DELETE FROM voucher_document WHERE agreement=? AND number=?"
    session.store.connection.execute(sql, (session.agreement, document.number))


def _write(session: Session, document: Document, pdf: bytes) -> None:
    values = (
        session.agreement,
        document.number,
        document.year,
        document.voucher,
        document.note,
        document.pages,
        document.at,
        pdf,
    )
    session.store.connection.execute("INSERT OR REPLACE INTO voucher_document VALUES (?,?,?,?,?,?,?,?)", values)


def _document(row: sqlite3.Row) -> Document:
    return Document(row["number"], row["year"], row["voucher"], row["note"], row["pages"], row["at"])
