"""References in bodies: by number or by link, and they must lead to something (economic-api 2.1)."""

from __future__ import annotations

from typing import Any

from lagerbro.sandbox.economic.faulty import Problems
from lagerbro.sandbox.economic.fields import Form, Ref
from lagerbro.sandbox.economic.links import number_in_link
from lagerbro.sandbox.economic.session import Session
from lagerbro.sandbox.economic.store import Record

Path = tuple[str | int, ...]


def resolved(session: Session, value: Record, ref: Ref, path: Path, problems: Problems) -> Record | None:
    """The record that a reference leads to; complains and answers None when it leads nowhere."""
    key: Any = value.get(ref.key)
    if key is None and isinstance(value.get("self"), str):
        key = number_in_link(value["self"])
    if key is None:
        problems.add(path, "E04500", f"The reference needs '{ref.key}' or 'self'.")
        return None
    found = session.get(ref.kind, key)
    if found is None:
        problems.add((*path, ref.key), "E06000", f"'{key}' does not exist.", key)
    return found


def check_references(session: Session, body: Record, form: Form, problems: Problems) -> Record:
    """The body with its references in their plain form, each looked up."""
    plain = dict(body)
    for name, field in form.items():
        if isinstance(field, Ref) and name in body:
            found = resolved(session, body[name], field, (name,), problems)
            if found is not None:
                plain[name] = {field.key: found[field.key]}
    return plain


def known(body: Record, form: Form) -> Record:
    """What the form knows of the body, false flags left out (economic-api 2.1)."""
    return {name: body[name] for name in form if name in body}
