"""Inserting rows by a statement that is made once for its table.

Every document inserts a dozen rows, and making the statement anew each time costs four times what the database takes
to carry it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Generic, TypeVar

from django.db import connection, models

from lagerbro.agreements.models import AgreementOwned
from lagerbro.agreements.scope import ScopeMissingError, current_agreement_id

RowT = TypeVar("RowT", bound=AgreementOwned)
_PLAIN: Final = (int, str, type(None))
_PLAIN_FIELDS: Final = (
    models.CharField,
    models.TextField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.ForeignKey,
)
"""Exactly these: a field of one's own that is made of one of them may seal or check what it stores."""


class Insertion(Generic[RowT]):
    """Rows of one table, inside the scope of the agreement that they belong to.

    `renewed`: where a row with the same `identity` exists, these columns of it are replaced.
    """

    def __init__(self, table: type[RowT], identity: Sequence[str] = (), renewed: Sequence[str] = ()) -> None:
        meta = table._meta  # noqa: SLF001 - Django documents it
        self._fields = [field for field in meta.concrete_fields if not field.primary_key]
        columns = [str(field.column) for field in self._fields]
        instead = ", ".join(f"{column} = excluded.{column}" for column in renewed)
        ending = f" ON CONFLICT ({', '.join(identity)}) DO UPDATE SET {instead}" if identity else ""
        self._statement = (
            f"INSERT INTO {meta.db_table} ({', '.join(columns)})"  # noqa: S608 - of names
            f" VALUES ({', '.join(['%s'] * len(columns))}){ending}"
        )

    def all(self, rows: Iterable[RowT]) -> None:
        """Insert them; the rows do not learn their numbers."""
        values = [self._values(row) for row in rows]
        if values:
            with connection.cursor() as cursor:
                cursor.executemany(self._statement, values)

    def one(self, row: RowT) -> None:
        """Insert it and tell it its number."""
        with connection.cursor() as cursor:
            cursor.execute(f"{self._statement} RETURNING id", self._values(row))
            (row.pk,) = cursor.fetchone()
        row._state.adding = False  # noqa: SLF001 - as `Model.save` does

    def _values(self, row: RowT) -> list[Any]:
        if row.agreement_id != current_agreement_id():
            raise ScopeMissingError(f"a row of agreement {row.agreement_id} was to be inserted in another's scope")
        return [_stored(field, getattr(row, field.attname)) for field in self._fields]


def _stored(field: models.Field[Any, Any], value: object) -> Any:  # noqa: ANN401 - whatever the database takes
    """As the column takes it. Most are texts and numbers, which every database takes as they are."""
    if type(value) in _PLAIN and type(field) in _PLAIN_FIELDS:
        return value
    return field.get_db_prep_save(value, connection)
