"""e-conomic's two surfaces: the older REST one and the OpenAPI services; reading, writing and listing on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl, urlsplit

import msgspec

from lagerbro.wire.errors import UnreadableAnswerError, unreadable_answer
from lagerbro.wire.numbers import UnreadableError, decode, decode_answer, encode, read
from lagerbro.wire.transport import Answer, ApiClient, Call
from lagerbro.wire.unreadable import shown

T = TypeVar("T")

PAGE_SIZE: Final = 1000
PAGES_MAX: Final = 10_000  # ten million records: more is a list without an end
LINK_FIELDS_MAX: Final = 50
PORTS: Final = {"http": 80, "https": 443}
"""What an address means that names none."""
CURSOR_PAGES_MAX: Final = 100_000


class ForeignAddressError(UnreadableAnswerError):
    """A link to another host: tokens are never sent there (economic-api 16.23)."""

    code = "foreign_address"


class Pagination(msgspec.Struct):
    results: int = 0
    nextPage: str | None = None


class _Page(msgspec.Struct):
    collection: list[Any]
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a collection, as it was sent. `results`: how many records there are in all."""

    records: list[Any]
    results: int
    is_last: bool


class _CursorPage(msgspec.Struct):
    items: list[Any]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Surface:
    """What both surfaces have in common: a line, and answers read as shapes."""

    client: ApiClient

    def get(self, path: str, shape: type[T], query: Mapping[str, str] | None = None) -> T:
        return self.read(self.client.call(Call("GET", path, query=query or {})), shape)

    def raw(self, path: str) -> dict[str, Any]:
        """A record with every field, known to us or not: the start of a read-merge-write."""
        answer = self.client.call(Call("GET", path))
        try:
            return dict(read(decode_answer(answer.body, mend=False), dict))
        except UnreadableError as fault:
            raise unreadable_answer(self.client.system, fault) from fault

    def write(self, method: str, path: str, body: object, key: str) -> Answer:
        return self.client.call(Call(method, path, None if body is None else encode(body), key=key))

    def send(self, method: str, path: str, content_type: str, body: bytes, key: str) -> Answer:
        """Write what is not JSON."""
        return self.client.call(Call(method, path, body, key=key, content_type=content_type))

    def write_and_read(self, method: str, path: str, body: object, key: str, shape: type[T]) -> T:
        """Write, and read what was made."""
        return self.read(self.write(method, path, body, key), shape, wrote=True)

    def read(self, answer: Answer, shape: type[T], *, wrote: bool = False) -> T:
        try:
            return decode(answer.body, shape)
        except UnreadableError as fault:
            raise unreadable_answer(self.client.system, fault, wrote=wrote) from fault

    def items(self, items: Iterable[object], shape: type[T]) -> Iterator[T]:
        """The records of a page, each read as `shape`."""
        for item in items:
            try:
                yield read(item, shape)
            except UnreadableError as fault:
                raise unreadable_answer(self.client.system, fault) from fault


class Rest(Surface):
    """The REST surface: collections with links to the next page."""

    def all(
        self, path: str, shape: type[T], query: Mapping[str, str] | None = None, *, page_size: int = PAGE_SIZE
    ) -> Iterator[T]:
        """Every record of a collection, page by page. Links are followed on our own host only."""
        query = {**(query or {}), "skippages": "0", "pagesize": str(page_size)}
        followed: set[str] = set()
        for _ in range(PAGES_MAX):
            page = self.get(path, _Page, query)
            yield from self.items(page.collection, shape)
            link = page.pagination.nextPage
            # an empty page may name a next one: following it would never end
            if not link or not page.collection:
                return
            if link in followed:
                raise UnreadableAnswerError(f"{self.client.system} sent the same link twice")
            followed.add(link)
            path, query = self._path_on_our_host(link)
        raise UnreadableAnswerError(f"{self.client.system} sent more than {PAGES_MAX} pages")

    def page(self, path: str, number: int, sort: str = "") -> ListPage:
        """One page of a collection, counted from nought: for lists that are read a page at a time."""
        query = {"skippages": str(number), "pagesize": str(PAGE_SIZE), **({"sort": sort} if sort else {})}
        page = self.get(path, _Page, query)
        results = page.pagination.results
        return ListPage(page.collection, results, (number + 1) * PAGE_SIZE >= results or not page.collection)

    def first(self, path: str, shape: type[T], query: Mapping[str, str]) -> T | None:
        """The first record that a filter finds."""
        return next(self.all(path, shape, query, page_size=1), None)

    def _path_on_our_host(self, link: str) -> tuple[str, dict[str, str]]:
        base = self.client.http.base_url
        try:
            parts = urlsplit(link)
            host = (parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme))
            query = dict(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=LINK_FIELDS_MAX))
        except ValueError as fault:
            raise ForeignAddressError(f"{self.client.system} sent a link that is no address") from fault
        if host != (base.scheme, base.host, base.port or PORTS.get(base.scheme)):
            raise ForeignAddressError(f"{self.client.system} sent a link to {shown(parts.hostname)}")
        if not (parts.path.isascii() and parts.path.isprintable()):
            raise ForeignAddressError(f"{self.client.system} sent a link that is no address")
        return parts.path, query


class OpenApi(Surface):
    """The OpenAPI services: cursors, counts, identifiers as the only answer to a POST (economic-api 3)."""

    def all(self, path: str, shape: type[T], query: Mapping[str, str] | None = None) -> Iterator[T]:
        """Every record of a listing, up to 1000 a call; a page without a cursor is the last one."""
        query = dict(query or {})
        for _ in range(CURSOR_PAGES_MAX):
            page = self.get(path, _CursorPage, query)
            yield from self.items(page.items, shape)
            if not page.cursor:
                return
            if page.cursor == query.get("cursor"):
                raise UnreadableAnswerError(f"{self.client.system} sent the same cursor twice")
            query = {**query, "cursor": page.cursor}
        raise UnreadableAnswerError(f"{self.client.system} sent more than {CURSOR_PAGES_MAX} pages")

    def count(self, path: str, query: Mapping[str, str] | None = None) -> int:
        return self.get(f"{path}/count", int, query)
