"""One record of an OpenAPI service has the same properties in every form: listed by cursor, by page, and alone.

The published shapes ask for few of their properties, so what else answers for the same resource says what belongs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tests.contract.services.service_documents import document
from tests.contract.services.service_requests import Asked

Answered = tuple[Asked, int, Any]
Form = frozenset[tuple[str, type]]


def strangers(row: Asked, body: Any, others: Iterable[Answered]) -> list[str]:
    """What is odd about an answer beside the other answers of its resource.

    A creation answers its identifier only (economic-api 3.3); every record that is read looks like one of the others.
    """
    if row.status == 201:
        return [] if isinstance(body, dict) and len(body) == 1 else ["a creation answers its identifier only"]
    if row.verb != "GET":
        return []
    forms = {form for other in _kin(row, others) for form in _forms(other)}
    odd = [form for form in _forms(body) if form not in forms] if forms else []
    found = [f"no other answer has these properties: {sorted(name for name, _ in form)}" for form in odd]
    return found if _is_page(body) or not _answers_pages(row) else [*found, "not a page"]


def _answers_pages(row: Asked) -> bool:
    """Whether the operation answers by cursor (economic-api 3.2)."""
    schema = document(row.document)["paths"][row.path]["get"]["responses"]["200"]["content"]
    name = str(next(iter(schema.values()))["schema"].get("$ref", "")).rpartition("/")[2]
    return "items" in document(row.document)["components"]["schemas"].get(name, {}).get("properties", {})


def _is_page(body: Any) -> bool:
    return isinstance(body, dict) and isinstance(body.get("items"), list) and set(body) <= {"items", "cursor"}


def _kin(row: Asked, others: Iterable[Answered]) -> Iterator[Any]:
    for other, status, body in others:
        if other is not row and other.verb == "GET" and status == 200 and resource(other) == resource(row):
            yield body


def resource(row: Asked) -> str:
    """The path without its form: `/Customers/paged`, `/Customers/{number}` and `/Customers` are one."""
    bare = re.sub(r"/(paged|count|\{[^}]*\})$|\{[^}]*\}/", "", row.path.removeprefix("/productspaged")).lower()
    return f"{row.document} {bare or '/products'}"


def _forms(body: Any) -> Iterator[Form]:
    for record in _records(body):
        yield frozenset((name, type(value)) for name, value in record.items())


def _records(body: Any) -> Sequence[dict[str, Any]]:
    if isinstance(body, dict):
        body = body.get("items", [body])
    return [record for record in body if isinstance(record, dict)] if isinstance(body, list) else []
