"""Mails that documents would have sent: none leaves, each leaves a note that people can read (choices)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat import notes
from lagerbro_sandbox.rackbeat.choices import MAILS_LEAVE_A_NOTE
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import invalid, invalid_at
from lagerbro_sandbox.rackbeat.wire.parameters import TEXT_LENGTH_MAX, flag

RECEIVERS_MAX = 20
_KINDS = (("to", "til"), ("cc", "kopi til"), ("bcc", "skjult kopi til"))


def mail_in(given: Mapping[str, str], body: Record) -> Record | None:
    """The mail that goes with an act: `mail` in the body, or `send_mail` in the query (C 3.8); None for none."""
    mail: Any = body.get("mail")
    if mail is None:
        return {} if flag(given.get("send_mail")) else None
    if not isinstance(mail, dict):
        raise invalid(mail="The mail must be an object.")
    return mail if flag(mail.get("send", given.get("send_mail"))) else None


def note(session: Session, path: str, record: Record, party: str, mail: Record | None) -> None:
    """Who would have got it and under which subject: by themselves the customer or supplier, the document's name."""
    if mail is None or not MAILS_LEAVE_A_NOTE:
        return
    receivers: Any = mail.get("receivers") or {}
    if not isinstance(receivers, dict):
        raise invalid(mail__receivers="The receivers must be an object.")
    named = {kind: _addresses(receivers.get(kind), f"mail.receivers.{kind}") for kind, _ in _KINDS}
    if not any(named.values()):
        named["to"] = [str(record[party].get("contact_email") or "(ingen mailadresse)")]
    to = ", ".join(f"{word} {', '.join(named[kind])}" for kind, word in _KINDS if named[kind])
    subject = _text(mail.get("subject"), "mail.subject") or f"{path} {record['number']}"
    text = f"Mail {to}. Emne: {subject}\n{_text(mail.get('body'), 'mail.body')}".strip()
    notes.write(session, notes.document_of(path, record["number"]), {"note": text})


def _addresses(value: object, path: str) -> list[str]:
    rows = [] if value is None else [value] if isinstance(value, str) else value
    if not isinstance(rows, list) or len(rows) > RECEIVERS_MAX:
        raise invalid_at(path, "The receivers must be a list of addresses.")
    return [_text(row, path) for row in rows]


def _text(value: object, path: str) -> str:
    if value is not None and (not isinstance(value, str) or len(value) > TEXT_LENGTH_MAX):
        raise invalid_at(path, f"The value must be a text of at most {TEXT_LENGTH_MAX} characters.")
    return value or ""
