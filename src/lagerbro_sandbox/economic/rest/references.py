"""References in bodies: by number or by link, and they must lead to something (economic-api 2.1)."""

from __future__ import annotations

from typing import Any

from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.errors import Problems
from lagerbro_sandbox.economic.wire.fields import Form, Group, Ref
from lagerbro_sandbox.economic.wire.links import number_in_link, path_below
from lagerbro_sandbox.kernel.records import Record

Path = tuple[str | int, ...]


def resolved(session: Session, value: Record, ref: Ref, path: Path, problems: Problems) -> Record | None:
    """The record that a reference leads to; complains and answers None when it leads nowhere."""
    key: Any = value.get(ref.key)
    if key is None and isinstance(value.get("self"), str):
        key = number_in_link(value["self"])
    if key is None:
        problems.add(path, "E04500", f"The reference needs '{ref.key}' or 'self'.")
        return None
    record = session.get(ref.kind, key)
    if record is None:
        problems.add((*path, ref.key), ref.missing, f"'{key}' does not exist.", key)
    return record


def plain(ref: Ref, record: Record, sent: Record) -> Record:
    """A reference as it is kept: the number, the link where the number alone does not make it, and what else counts."""
    reference = {ref.key: record[ref.key]}
    own = path_below(ref.kind, record)
    if own is not None:
        reference["self"] = own
    told = {**sent, **record}
    return reference | {name: told[name] for name in ref.also if name in told}


def check_references(session: Session, body: Record, form: Form, problems: Problems, path: Path = ()) -> Record:
    """The body with its references in their plain form, each looked up, at any depth."""
    checked = dict(body)
    for name, field in form.items():
        if name not in body:
            continue
        if isinstance(field, Ref):
            record = resolved(session, body[name], field, (*path, name), problems)
            if record is not None:
                checked[name] = plain(field, record, body[name])
        elif isinstance(field, Group):
            checked[name] = check_references(session, body[name], field.fields or {}, problems, (*path, name))
    return checked


def known_fields(body: Record, form: Form) -> Record:
    """What the form knows of the body, at any depth (economic-api 2.1: unknown properties are passed over)."""
    result: Record = {}
    for name, field in form.items():
        if name in body:
            result[name] = known_fields(body[name], field.fields or {}) if isinstance(field, Group) else body[name]
    return result
