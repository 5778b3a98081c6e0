"""Groups of customers, of products and of suppliers: only the first can be made on the older surface (economic-api 3.1,
6.2, 6.3, 6.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from lagerbro.economic.paths import segment
from lagerbro.economic.services import SUPPLIERS
from lagerbro.economic.surfaces import OpenApi, Rest
from lagerbro.wire.errors import NotFoundError

PRODUCTS: Final = "/productsapi/v2.0.0"


class ZoneAccount(msgspec.Struct):
    """The sales account of a product group in a VAT zone."""

    id: int
    accountId: int


@dataclass(frozen=True, slots=True)
class CustomerGroups:
    rest: Rest

    def raw(self, number: str | int) -> dict[str, Any] | None:
        """The whole group; None when there is none."""
        try:
            return self.rest.raw(f"/customer-groups/{segment(number)}")
        except NotFoundError:
            return None

    def create(self, record: Mapping[str, Any], key: str) -> None:
        self.rest.write("POST", "/customer-groups", record, key)

    def put(self, number: str | int, record: Mapping[str, Any], key: str) -> None:
        """Replace the group that was read."""
        self.rest.write("PUT", f"/customer-groups/{segment(number)}", record, key)


@dataclass(frozen=True, slots=True)
class ProductGroups:
    api: OpenApi

    def raw(self, number: str | int) -> dict[str, Any] | None:
        """The whole group; None when there is none."""
        try:
            return self.api.raw(f"{PRODUCTS}/productgroups/{segment(number)}")
        except NotFoundError:
            return None

    def create(self, number: int, name: str, domestic_account: int, key: str) -> None:
        record = {"id": number, "name": name, "domesticAccountId": domestic_account}
        self.api.write("POST", f"{PRODUCTS}/productgroups", record, key)

    def put(self, number: str | int, record: Mapping[str, Any], key: str) -> None:
        """Change the group that was read; raises `ConflictError` when somebody has changed it since."""
        del number  # stands in the record
        self.api.write("PUT", f"{PRODUCTS}/productgroups", record, key)

    def accounts(self, number: int) -> dict[int, int]:
        """By VAT zone; empty for a group that is not there."""
        rows = self.api.all(f"{PRODUCTS}/productgroups/{segment(number)}/zones", ZoneAccount)
        return {row.id: row.accountId for row in rows}

    def add_account(self, number: int, zone: int, account: int, key: str) -> None:
        record = {"id": zone, "accountId": account}
        self.api.write("POST", f"{PRODUCTS}/productgroups/{segment(number)}/zones", record, key)


@dataclass(frozen=True, slots=True)
class SupplierGroups:
    """Records of `number`, `name` and `accountNumber`. One that was read is written back with its `objectVersion`."""

    api: OpenApi

    def raw(self, number: str | int) -> dict[str, Any] | None:
        """The whole group; None when there is none."""
        try:
            return self.api.raw(f"{SUPPLIERS}/Groups/{segment(number)}")
        except NotFoundError:
            return None

    def put(self, number: str | int, record: Mapping[str, Any], key: str) -> None:
        """Change the group that was read, or make a new one; raises `ConflictError` when somebody has changed it."""
        del number  # stands in the record
        self.api.write("PUT" if "objectVersion" in record else "POST", f"{SUPPLIERS}/Groups", record, key)
