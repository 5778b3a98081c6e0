"""What a register takes: each field reads what was sent or says why not. What is unknown is ignored, as Laravel does.

All that is wrong comes back in one 422 under dotted paths (D 1.6). A PUT changes only what it sends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import INVALID
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import ApiError

Reader = Callable[[Session, object], object]
MISSING: Final = object()


class WrongError(ValueError):
    """What was sent does not do; the text begins where "The name " ends. `below` are paths within the field."""

    def __init__(self, text: str, below: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.below = below


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute. `aliases` are other names that are accepted on write; `default` stands where nothing was sent."""

    name: str
    read: Reader
    aliases: tuple[str, ...] = ()
    required: bool = False
    default: object = None
    nullable: bool = True

    def sent(self, body: Record) -> tuple[str, object]:
        """The name it came under and what it was."""
        for name in (self.name, *self.aliases):
            if name in body:
                return name, body[name]
        return self.name, MISSING


Form = tuple[Field, ...]


def filled(session: Session, form: Form, body: Record, present: Record | None = None) -> Record:
    """The record after the body; `present` is the one it changes, None for a new one. 422 for what is wrong."""
    record: Record = {} if present is None else dict(present)
    problems: dict[str, list[str]] = {}
    for field in form:
        name, value = field.sent(body)
        try:
            _fill(session, record, field, value, is_new=present is None)
        except WrongError as wrong:
            problems |= _problems(name, wrong)
    if problems:
        raise ApiError(422, INVALID, problems)
    return record


def _fill(session: Session, record: Record, field: Field, value: object, *, is_new: bool) -> None:
    if value is MISSING:
        if is_new and field.required:
            raise WrongError("field is required.")
        if is_new:
            record[field.name] = field.default
        return
    if value is None or (isinstance(value, str) and not value.strip()):
        if field.required or not field.nullable:
            raise WrongError("field is required.")
        record[field.name] = field.default
        return
    record[field.name] = field.read(session, value)


def _problems(name: str, wrong: WrongError) -> dict[str, list[str]]:
    if wrong.below is not None:
        return {f"{name}.{path}": [text] for path, text in wrong.below.items()}
    return {name: [f"The {name.replace('_', ' ')} {wrong}"]}
