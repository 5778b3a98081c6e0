"""Groups of suppliers: only the suppliers service makes and changes them (economic-api 3.1, 6.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lagerbro.economic.paths import segment
from lagerbro.economic.services import SUPPLIERS
from lagerbro.economic.surfaces import OpenApi
from lagerbro.wire.errors import NotFoundError


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
