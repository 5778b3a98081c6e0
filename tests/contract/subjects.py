"""Every answer of the local e-conomic together with all that it is held to, in one shape for both surfaces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.json import from_json
from tests.contract import kinship, writes
from tests.contract.completeness import left_out
from tests.contract.envelopes import oddities
from tests.contract.services import service_documents, service_kinship
from tests.contract.services.service_requests import REQUESTS, Asked, ask, prepare
from tests.contract.table import ANSWERS, TOKENS, Answer, filled, problems
from tests.sandbox.economic.calling import Caller
from tests.sandboxes import Json, Sandboxes


@dataclass(frozen=True, slots=True)
class Subject:
    """One answer. `wrong` says everything that is wrong with it or with a changed copy of it."""

    name: str
    body: Any
    wrong: Callable[[Any], list[str]]


@contextmanager
def subjects() -> Iterator[list[Subject]]:
    """All of them; the books are there until the end, since records are compared with what their links answer."""
    books, written_to, services = filled(), filled(), Sandboxes.made()
    try:
        yield [*_rest(books), *_writes(written_to), *_services(services)]
    finally:
        for systems in (books, written_to, services):
            systems.close()


def _rest(books: Sandboxes) -> Iterator[Subject]:
    read = partial(_read, books)
    for answer in ANSWERS:
        yield Subject(f"GET {answer.path}", books.in_economic("GET", answer.path), partial(_rest_wrong, answer, read))


def _rest_wrong(answer: Answer, read: kinship.Read, body: Json) -> list[str]:
    found = problems(body, answer.schema) + left_out(body, answer.schema)
    return found + oddities(body) + kinship.strangers(body, read)


def _writes(books: Sandboxes) -> Iterator[Subject]:
    """What was answered to a write, and the same record as it was read right after."""
    for made in writes.written(books):
        read = [_read(books, body["self"]) for body in (made.body if made.write.is_array else [made.body])]
        about = partial(_write_wrong, made.write, read)
        yield Subject(f"{made.write.verb} {made.write.path}", made.body, about)


def _write_wrong(write: writes.Write, read: list[Json | None], body: Any) -> list[str]:
    found = writes.wrong(write, body)
    return found if body == (read if write.is_array else read[0]) else [*found, "not as it is read"]


def _read(books: Sandboxes, url: str) -> Json | None:
    parts = urlsplit(url)
    answer = books.economic.handle(Request("GET", parts.path, parts.query, TOKENS, host=parts.netloc))
    body = from_json(answer.body) if answer.status == 200 else None
    return body if isinstance(body, dict) else None


def _services(systems: Sandboxes) -> Iterator[Subject]:
    call = Caller(systems)
    prepare(call)
    answers = [(row, *ask(call, row)) for row in REQUESTS]
    for row, status, body in answers:
        yield Subject(f"{row.verb} {row.url}", body, partial(_service_wrong, row, status, answers))


def _service_wrong(row: Asked, status: int, answers: list[service_kinship.Answered], body: Any) -> list[str]:
    found = service_documents.complaints(body, row.document, row.verb, row.path, status)
    return found + service_kinship.strangers(row, body, answers)
