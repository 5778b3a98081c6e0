"""What only the OpenAPI surface knows of a record that REST keeps: beside it under one name, which REST neither shows
nor replaces."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.records import Record

EXTRAS: Final = "services"


def with_extras(body: Record, record: Record) -> Record:
    """The body with what is kept beside the record; what REST knows wins."""
    own = {name: value for name, value in body.items() if value is not None}
    return {**record.get(EXTRAS, {}), **own}
