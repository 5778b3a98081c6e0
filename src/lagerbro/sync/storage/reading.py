"""Reading rows by statements of one's own, with what belongs to the table worked out once.

A document's way makes a dozen such reads. Django's raw queries find out anew each time which column is which field and
how its values are converted, which takes longer than the read itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django.db import connection, models

from lagerbro.agreements.models import AgreementOwned
from lagerbro.agreements.scope import require_scope

RowT = TypeVar("RowT", bound=models.Model)
Values = Sequence[Any] | Mapping[str, Any]
_Convert = Callable[[Any], Any]
_Converts = tuple[_Convert | None, ...]


class Reading(Generic[RowT]):
    """Rows of one table. A statement selects (or returns) `columns` and names the agreement itself."""

    def __init__(self, table: type[RowT]) -> None:
        self._table = table
        self._fields = tuple(table._meta.concrete_fields)  # noqa: SLF001 - Django documents it
        self._names = [field.attname for field in self._fields]
        self._known: dict[str, _Converts] = {}
        self.columns = ", ".join(str(field.column) for field in self._fields)

    def where(self, condition: str, values: Values) -> list[RowT]:
        """The rows that this holds for; an order may follow the condition."""
        statement = f"SELECT {self.columns} FROM {self._table._meta.db_table} WHERE {condition}"  # noqa: S608, SLF001 - of constants
        return self.rows(statement, values)

    def rows(self, statement: str, values: Values) -> list[RowT]:
        """What the statement returns."""
        if issubclass(self._table, AgreementOwned):
            require_scope(self._table)
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            rows_read = cursor.fetchall()
        converts = self._known.get(connection.vendor) or self._learnt()
        return [self._row(values, converts) for values in rows_read]

    def _row(self, values: Sequence[Any], converts: _Converts) -> RowT:
        read = [value if convert is None else convert(value) for value, convert in zip(values, converts, strict=True)]
        return self._table.from_db(connection.alias, self._names, read)

    def _learnt(self) -> _Converts:
        """How this kind of database's values become those of each field; None where they are the same."""
        converts = self._known[connection.vendor] = tuple(_convert(field) for field in self._fields)
        return converts


def _convert(field: models.Field[Any, Any]) -> _Convert | None:
    column = field.get_col(field.model._meta.db_table)  # noqa: SLF001 - Django documents it
    steps = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
    if not steps:
        return None

    def convert(value: Any) -> Any:  # noqa: ANN401 - whatever the column holds
        for step in steps:
            value = step(value, column, connection)
        return value

    return convert
