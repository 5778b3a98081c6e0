"""productsapi: product groups with their accounts by VAT zone, accruals and projects (economic-api 6.5, 9.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lagerbro_sandbox.economic.services.calls import NOTHING, Call, json_response
from lagerbro_sandbox.economic.services.lists import shown as with_version
from lagerbro_sandbox.economic.services.problems import INVALID, conflict, missing, refuse
from lagerbro_sandbox.economic.services.properties import VERSION, Shape, check
from lagerbro_sandbox.economic.services.resources import Resource, ServiceRouter
from lagerbro_sandbox.economic.services.shapes.products import ACCRUAL_SETTINGS, PRODUCT_GROUP, PROJECT_SETTINGS, ZONE
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.extras import EXTRAS
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record

KIND: Final = "product-groups"
DOMESTIC: Final = "1"


def add_to(router: ServiceRouter) -> None:
    Resource("/productgroups", PRODUCT_GROUP, "id", _rows, _read, _create, _update, _delete).add_to(router)
    Resource("/productgroups/{}/zones", ZONE, "id", _zones, _zone, _add_zone, _change_zone, _drop_zone).add_to(router)
    for name, shape in (("accrualsettings", ACCRUAL_SETTINGS), ("projectsettings", PROJECT_SETTINGS)):
        settings = _Settings(name, shape)
        router.add("GET", f"/productgroups/{{}}/{name}", settings.read)
        router.add("PUT", f"/productgroups/{{}}/{name}", settings.write)


def _rows(call: Call, _values: list[str]) -> Iterator[Record]:
    return (_shown(row) for row in call.session.all(KIND))


def _read(call: Call, values: list[str]) -> Record | None:
    row = call.session.get(KIND, values[0])
    return None if row is None else _shown(row)


def _shown(row: Record) -> Record:
    return {
        "id": row["productGroupNumber"],
        "name": row["name"],
        "domesticAccountId": row.get("accounts", {}).get(DOMESTIC),
    }


def _create(call: Call, new: Record, _values: list[str]) -> int:
    if call.session.get(KIND, new["id"]) is not None:
        raise refuse(INVALID, "The number is already in use.", "id")
    _store(call.session, {"productGroupNumber": new["id"], "inventoryEnabled": False, "accounts": {}}, new)
    return int(new["id"])


def _update(call: Call, row: Record, new: Record, _values: list[str]) -> None:
    _store(call.session, call.session.get(KIND, row["id"]) or {}, new)


def _store(session: Session, record: Record, new: Record) -> None:
    _check_account(session, new["domesticAccountId"], "domesticAccountId")
    accounts = {**record["accounts"], DOMESTIC: new["domesticAccountId"]}
    session.put(KIND, new["id"], {**record, "name": new["name"], "accounts": accounts})


def _delete(call: Call, row: Record, _values: list[str]) -> None:
    key = {"productGroupNumber": row["id"]}
    if any((product.get("productGroup") or {}).items() >= key.items() for product in call.session.all("products")):
        raise refuse(INVALID, "The group has products.", "id")
    call.session.store.delete(call.session.agreement, KIND, row["id"])


def _check_account(session: Session, number: int, name: str) -> None:
    account = session.get("accounts", number)
    if account is None or account["accountType"] not in ("profitAndLoss", "status") or account.get("barred"):
        raise refuse(INVALID, f"Account {number} cannot be posted to.", name)


def _group(call: Call, values: list[str]) -> Record | None:
    return call.session.get(KIND, values[0])


def _zones(call: Call, values: list[str]) -> Iterator[Record]:
    """A group that is not there has no zones: 200 with no items (economic-api 3.2)."""
    accounts = (_group(call, values) or {}).get("accounts", {})
    return ({"id": int(zone), "accountId": accounts[zone]} for zone in sorted(accounts, key=int))


def _zone(call: Call, values: list[str]) -> Record | None:
    return next((row for row in _zones(call, values) if str(row["id"]) == values[1]), None)


def _add_zone(call: Call, new: Record, values: list[str]) -> int:
    if _zone(call, [values[0], str(new["id"])]) is not None:
        raise refuse(INVALID, "The group has an account for the zone.", "id")
    _set_zone(call, new, values)
    return int(new["id"])


def _change_zone(call: Call, _row: Record, new: Record, values: list[str]) -> None:
    _set_zone(call, new, values)


def _set_zone(call: Call, new: Record, values: list[str]) -> None:
    group = _group(call, values)
    if group is None:
        raise missing("The product group")
    if call.session.get("vat-zones", new["id"]) is None:
        raise refuse(INVALID, f"VAT zone {new['id']} does not exist.", "id")
    _check_account(call.session, new["accountId"], "accountId")
    group["accounts"] = {**group["accounts"], str(new["id"]): new["accountId"]}
    call.session.put(KIND, values[0], group)


def _drop_zone(call: Call, row: Record, values: list[str]) -> None:
    """The domestic account must be there."""
    if str(row["id"]) == DOMESTIC:
        raise refuse(INVALID, "The domestic zone must have an account.", "id")
    group = _group(call, values)
    assert group is not None
    del group["accounts"][str(row["id"])]
    call.session.put(KIND, values[0], group)


class _Settings:
    """One sheet of settings of a product group."""

    def __init__(self, name: str, shape: Shape) -> None:
        self.name = name
        self.shape = shape

    def read(self, call: Call, values: list[str]) -> Response:
        return json_response(self._shown(call, values))

    def write(self, call: Call, values: list[str]) -> Response:
        body = call.body()
        new = check(body, self.shape)
        present = self._shown(call, values)
        assert isinstance(body, dict)
        if body.get(VERSION) != present[VERSION]:
            raise conflict()
        for name in ("accrualAccountId", "projectAccountId"):
            if name in new:
                _check_account(call.session, new[name], name)
        group = _group(call, values) or {}
        extras = {name: value for name, value in new.items() if name != VERSION}
        group[EXTRAS] = {**group.get(EXTRAS, {}), self.name: extras}
        call.session.put(KIND, values[0], group)
        return NOTHING

    def _shown(self, call: Call, values: list[str]) -> Record:
        group = _group(call, values)
        if group is None:
            raise missing("The product group")
        extras = group.get(EXTRAS, {}).get(self.name, {})
        empty = {"isInProject": False} if "isInProject" in self.shape else {}
        return with_version({**empty, **extras}, self.shape)
