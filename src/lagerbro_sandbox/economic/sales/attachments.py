"""PDF files that hang on draft invoices and orders (economic-api 7.1, 7.5)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.errors import ApiError, not_found
from lagerbro_sandbox.kernel.forms import NoFormError, form_of, is_form
from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.records import Record

SIZE_MAX_BYTES: Final = 9_437_184


def owner(kind: str, number: str | int) -> str:
    """What an attachment hangs on."""
    return f"{kind}/{number}"


def about(session: Session, of: str, address: str) -> Record:
    """What is known of the attachment; 404 where there is none."""
    row = session.store.connection.execute(
        "SELECT name, pages, at FROM attached WHERE tenant=? AND owner=?", (session.agreement, of)
    ).fetchone()
    if row is None:
        raise not_found()
    return {
        "createdAt": row["at"],
        "description": row["name"],
        "file": f"{address}/file",
        "pages": row["pages"],
        "self": address,
    }


def content(session: Session, of: str) -> bytes:
    """The file; 404 where there is none."""
    row = session.store.connection.execute(
        "SELECT content FROM attached WHERE tenant=? AND owner=?", (session.agreement, of)
    ).fetchone()
    if row is None:
        raise not_found()
    return bytes(row[0])


def add(session: Session, of: str, request: Request) -> None:
    """A second file is refused: the first has to be removed before."""
    connection = session.store.connection
    if connection.execute("SELECT 1 FROM attached WHERE tenant=? AND owner=?", (session.agreement, of)).fetchone():
        raise ApiError(400, "Document already has attachment.", "Delete the attachment first.", "E04910")
    name, file = uploaded(request)
    if not file.startswith(b"%PDF-"):
        raise ApiError(400, "Only PDF files can be attached.", "Send a PDF file.", "E04911")
    connection.execute(
        "INSERT INTO attached VALUES (?,?,?,?,?,?)",
        (session.agreement, of, name, max(1, file.count(b"/Type /Page\n")), session.timestamp(), file),
    )


def remove(session: Session, of: str) -> bool:
    """Whether there was one."""
    done = session.store.connection.execute("DELETE FROM attached WHERE tenant=? AND owner=?", (session.agreement, of))
    return done.rowcount == 1


def move(session: Session, of: str, to: str) -> None:
    """The attachment follows its document into another state."""
    session.store.connection.execute(
        "UPDATE OR REPLACE attached SET owner=? WHERE tenant=? AND owner=?", (to, session.agreement, of)
    )


def uploaded(request: Request) -> tuple[str, bytes]:
    """Name and content of the first part that holds anything, a file or not; 415 for any other body than a form."""
    if not is_form(request):
        raise ApiError(415, "Unsupported media type.", "Send multipart/form-data.")
    try:
        parts = form_of(request).parts
    except NoFormError:
        parts = []
    file_part = next((part for part in parts if part.content), None)
    if file_part is None:
        raise ApiError(400, "The body holds no file.", "Send the file as a part of the body.", "E04913")
    if len(file_part.content) > SIZE_MAX_BYTES:
        raise ApiError(400, "The file is larger than 9.0 MB.", "Send a smaller file.", "E04912")
    return file_part.name or "attachment.pdf", file_part.content
