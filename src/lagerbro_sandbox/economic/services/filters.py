"""The filter language here: that of REST, with the operators that each property admits (economic-api 3.2)."""

from __future__ import annotations

from lagerbro_sandbox.economic.services.problems import INVALID, ServiceError
from lagerbro_sandbox.economic.services.properties import Property, Shape, moment
from lagerbro_sandbox.economic.wire.errors import ApiError, bad_filter
from lagerbro_sandbox.economic.wire.filtering import Clause, Filter, Test, must_hold, ordered
from lagerbro_sandbox.kernel.numbers.numerals import numeral
from lagerbro_sandbox.kernel.records import Record

BROKEN: frozenset[tuple[str, str]] = frozenset(
    {
        ("journals", "*"),
        ("accounts", "assetGroupNumber"),
        ("accounts", "assetGroupNumber sort"),
        ("accounts", "isDepartmentMandatory eq"),
        ("accounts", "isDepartmentMandatory ne"),
    }
)
"""Filters that the documents advertise and the server was seen to answer with 500 (economic-api 3.2)."""


def failure() -> ServiceError:
    return ServiceError(500, "InternalError", "An unexpected error occurred.")


class ServiceFilter(Filter):
    """One expression against one shape. `resource` names it in the list of broken filters."""

    def __init__(self, text: str, shape: Shape, resource: str) -> None:
        super().__init__(text, tuple(shape))
        self._shape = shape
        self._resource = resource

    def _admit(self, name: str, operator: str) -> None:
        prop = self._shape.get(name)
        if prop is None or not prop.filters:
            raise bad_filter(f"Filtering is not allowed on property '{name}'.")
        for broken in ("*", name, f"{name} {operator}"):
            if (self._resource, broken) in BROKEN:
                raise failure()
        if operator not in prop.filters:
            raise bad_filter(f"Operator ${operator}: not supported on property {name}.")

    def _normalised(self, name: str, value: str | None) -> str | None:
        return None if value is None else _normalised(self._shape[name], name, value)


def _normalised(prop: Property, name: str, value: str) -> str:
    match prop.kind:
        case "date-time":
            parsed = moment(value)
            if parsed is None:
                raise bad_filter(f"'{value}' is not a date: {name}.")
            return parsed.replace(tzinfo=None).isoformat(timespec="seconds")
        case "integer" | "number" if numeral(value) is None:
            raise bad_filter(f"'{value}' is not a number: {name}.")
        case "boolean" if value.lower() not in ("true", "false"):
            raise bad_filter(f"'{value}' is not a boolean: {name}.")
    return value


def filter_of(text: str, shape: Shape, resource: str) -> tuple[Test, list[Clause]]:
    """The filter as a test of rows, and what must hold in any that passes; BadFilterRequest for what is none."""
    moments = [name for name, prop in shape.items() if prop.kind == "date-time" and prop.filters]
    flags = [name for name, prop in shape.items() if prop.kind == "boolean" and prop.filters]
    if (resource, "*") in BROKEN:
        raise failure()
    try:
        tree = ServiceFilter(text, shape, resource).tree()
    except ApiError as error:
        messages = error.content.get("errors")
        detail = str(messages[0]) if isinstance(messages, list) and messages else error.message
        raise ServiceError(400, "BadFilterRequest", detail) from error

    test = tree.test()

    def comparable(row: Record) -> Record:
        """An absent flag is false; a moment is compared without its zone."""
        plain = {name: str(row[name]).removesuffix("Z") for name in moments if row.get(name)}
        return {**dict.fromkeys(flags, False), **row, **plain}

    return (lambda row: test(comparable(row))), must_hold(tree)


def sorted_by(rows: list[Record], sort: str, shape: Shape, resource: str) -> list[Record]:
    """Sorted as `/paged` is asked to; properties that are not sortable are refused."""
    names = [part.lstrip("-~") for part in sort.split(",") if part]
    if any((resource, f"{name} sort") in BROKEN for name in names):
        raise failure()
    for name in names:
        if name not in shape or not shape[name].sortable:
            raise ServiceError(400, INVALID, f"Sorting is not allowed on property '{name}'.")
    return ordered(rows, sort, tuple(names))
