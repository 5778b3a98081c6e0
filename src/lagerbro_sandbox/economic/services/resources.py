"""A resource of a service: its list in three forms, its items, and writing to it (economic-api 3.2, 3.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lagerbro_sandbox.economic.services.calls import NOTHING, Call, json_response
from lagerbro_sandbox.economic.services.lists import Listing, Source, shown
from lagerbro_sandbox.economic.services.problems import conflict, missing
from lagerbro_sandbox.economic.services.properties import VERSION, Shape, check
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.kernel.routing import Router

Handler = Callable[[Call, list[str]], Response]
ServiceRouter = Router[Handler]
Create = Callable[[Call, Record, list[str]], int | str]
Update = Callable[[Call, Record, Record, list[str]], None]
Delete = Callable[[Call, Record, list[str]], None]
One = Callable[[Call, list[str]], Record | None]


@dataclass(frozen=True, slots=True)
class Resource:
    """`one` finds an item by the values of its address; `create` answers the new identifier; `update` gets the present
    row and the new one. `at_item`: PUT goes to the item's address instead of the collection's.
    """

    path: str
    shape: Shape
    key: str
    rows: Source
    one: One
    create: Create | None = None
    update: Update | None = None
    delete: Delete | None = None
    at_item: bool = False
    by_cursor: bool = True
    counted: bool = True
    paged: str = ""
    created_key: str = ""
    write_shape: Shape | None = None

    def add_to(self, router: ServiceRouter) -> None:
        listing = Listing(self.shape, lambda row: row[self.key], self.rows, self.path.strip("/").lower())
        if self.by_cursor:
            router.add("GET", self.path, listing.by_cursor)
        router.add("GET", self.paged or f"{self.path}/paged", listing.by_page)
        if self.counted:
            router.add("GET", f"{self.path}/count", listing.count)
        item = f"{self.path}/{{}}"
        router.add("GET", item, self.read)
        if self.create is not None:
            router.add("POST", self.path, self.made)
        if self.update is not None:
            router.add("PUT", item if self.at_item else self.path, self.changed)
        if self.delete is not None:
            router.add("DELETE", item, self.removed)

    def read(self, call: Call, values: list[str]) -> Response:
        return json_response(shown(self._present(call, values), self.shape))

    def made(self, call: Call, values: list[str]) -> Response:
        assert self.create is not None
        key = self.create(call, check(call.body(), self.write_shape or self.shape), values)
        return call.created({self.created_key or self.key: key}, key)

    def changed(self, call: Call, values: list[str]) -> Response:
        """Form first, then whether it exists, then whether it is still what the caller saw."""
        assert self.update is not None
        body = call.body()
        new = check(body, self.write_shape or self.shape)
        assert isinstance(body, dict)
        place = values if self.at_item else [*values, str(body.get(self.key, ""))]
        row = self._present(call, place)
        if body.get(VERSION) != shown(row, self.shape).get(VERSION):
            raise conflict()
        self.update(call, row, new, values)
        return NOTHING

    def removed(self, call: Call, values: list[str]) -> Response:
        assert self.delete is not None
        self.delete(call, self._present(call, values), values[:-1])
        return NOTHING

    def _present(self, call: Call, values: list[str]) -> Record:
        row = self.one(call, values)
        if row is None:
            raise missing()
        return row
