"""Rows of the start-up sync, read and written many at a time. Inside the agreement's scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from django.db import connection, models

from lagerbro.agreements.models import AgreementOwned
from lagerbro.flows.startup.kinds import GROUP_OF, OPTIONAL, Kind
from lagerbro.flows.startup.models import RackbeatCopy, RecordState, StartupRecord, StartupRun
from lagerbro.flows.startup.plan import Action
from lagerbro.sync.storage.insertion import Insertion
from lagerbro.wire.numbers import decode_answer, encode

RowT = TypeVar("RowT", bound=AgreementOwned)
KEYS_MAX: Final = 500
REFERRED: Final = (*OPTIONAL, Kind.LAYOUT, *GROUP_OF.values())
"""The kinds that others refer to: few records each."""
_INSERTIONS: Final[dict[type[models.Model], Insertion[Any]]] = {}


def text_of(content: Mapping[str, Any]) -> str:
    """JSON with exact numbers."""
    return encode(content).decode()


def content_of(text: str) -> dict[str, Any]:
    found: dict[str, Any] = decode_answer(text.encode(), mend=False) if text else {}
    return found


def stored(table: type[RowT], rows: Iterable[RowT], identity: Sequence[str]) -> None:
    """Store the rows; those that are there are replaced."""
    insertion = _INSERTIONS.get(table)
    if insertion is None:
        columns = [str(field.column) for field in table._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 - documented
        named = [str(table._meta.get_field(name).column) for name in identity]  # type: ignore[union-attr]  # noqa: SLF001 - as above
        renewed = [column for column in columns if column not in (*named, "agreement_id")]
        insertion = _INSERTIONS[table] = Insertion(table, named, renewed)
    insertion.all(rows)


_UPDATE: Final = """
UPDATE startup_startuprecord SET state = %s, code = %s, details = %s, fields = %s, existing = %s, tries = %s,
    rests_until = %s WHERE id = %s
"""


def update(rows: Iterable[StartupRecord]) -> None:
    """Store what became of them. By hand: a run does it twice for every record."""
    adapted, json = connection.ops.adapt_datetimefield_value, connection.ops.adapt_json_value
    values = [
        (
            str(row.state),
            row.code,
            json(row.details, None),
            row.fields,
            row.existing,
            row.tries,
            adapted(row.rests_until),
            row.pk,
        )
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_UPDATE, values)


def copies_of(run: StartupRun, kind: Kind, names: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """What Rackbeat's list said of these numbers, with the names that they have in e-conomic. A unit is the one of its
    name, whatever its number."""
    found: dict[str, dict[str, Any]] = {}
    for some in _key_batches(list(names)):
        rows = RackbeatCopy.in_scope.filter(run=run, kind=kind, number__in=some)
        found |= {row.number: {**content_of(row.content), "number": row.number} for row in rows}
    if kind is Kind.UNIT:
        rows = RackbeatCopy.in_scope.filter(run=run, kind=kind).order_by("-pk")
        by_name = {_folded(row.name): {**content_of(row.content), "number": row.number} for row in rows}
        found |= {number: by_name[_folded(name)] for number, name in names.items() if _folded(name) in by_name}
    return found


def known_records(run: StartupRun) -> dict[tuple[Kind, str], str]:
    """What of the kinds that others refer to is in Rackbeat, or will be. Of kinds that are not carried: what stands
    there under the same number, except units, which are known by their names."""
    planned = StartupRecord.in_scope.filter(run=run, kind__in=REFERRED).exclude(action=Action.CANNOT)
    known = {(Kind(kind), number): target or number for kind, number, target in _kind_number_target(planned)}
    for kind in (Kind.PAYMENT_TERMS, Kind.EMPLOYEE):
        if not run.chosen.carries(kind):
            rows = RackbeatCopy.in_scope.filter(run=run, kind=kind).values_list("number", flat=True)
            known |= {(kind, number): number for number in rows}
    return known


def not_transferred(run: StartupRun, kind: Kind) -> set[str]:
    """The numbers of the kind's records that did not come to Rackbeat, or not as themselves."""
    lost = (RecordState.REFUSED, RecordState.LEFT_OUT)
    rows = StartupRecord.in_scope.filter(run=run, kind=kind, state__in=lost)
    return set(rows.values_list("number", flat=True))


def _kind_number_target(rows: models.QuerySet[StartupRecord]) -> Iterator[tuple[str, str, str]]:
    return rows.values_list("kind", "number", "target").iterator()


def _key_batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[first : first + KEYS_MAX] for first in range(0, len(keys), KEYS_MAX))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
