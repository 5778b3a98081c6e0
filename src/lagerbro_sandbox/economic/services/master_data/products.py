"""productsapi: products, the same that REST has (economic-api 6.4). Their pages are at an address of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lagerbro_sandbox.economic.registers import writing
from lagerbro_sandbox.economic.registers.definitions import REGISTERS
from lagerbro_sandbox.economic.rows import StoredRows
from lagerbro_sandbox.economic.services.calls import Call
from lagerbro_sandbox.economic.services.master_data import product_groups, product_prices
from lagerbro_sandbox.economic.services.problems import INVALID, raise_if_any, refuse
from lagerbro_sandbox.economic.services.resources import Resource, ServiceRouter
from lagerbro_sandbox.economic.services.shapes.products import PRODUCT
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.economic.wire.extras import EXTRAS, with_extras
from lagerbro_sandbox.kernel.records import Record

KIND: Final = "products"
NAMES: Final = {"productGroupId": "productGroup.productGroupNumber", "unitId": "unit.unitNumber"}
PLAIN: Final = ("productNumber", "name", "description", "barCode", "salesPrice", "costPrice", "recommendedPrice")


def add_to(router: ServiceRouter) -> None:
    Resource(
        "/products",
        PRODUCT,
        "productNumber",
        _rows,
        _read,
        _create,
        _update,
        _delete,
        at_item=True,
        counted=False,
        paged="/productspaged/paged",
    ).add_to(router)
    product_groups.add_to(router)
    product_prices.add_to(router)


def _rows(call: Call, _values: list[str]) -> StoredRows:
    return StoredRows(call.session, KIND, "productNumber", shown, NAMES)


def _read(call: Call, values: list[str]) -> Record | None:
    row = call.session.get(KIND, values[0])
    return None if row is None else shown(row)


def shown(row: Record) -> Record:
    """The product as this surface tells it."""
    body: Record = {
        **{name: row.get(name) for name in PLAIN},
        "productGroupId": row["productGroup"]["productGroupNumber"],
        "unitId": (row.get("unit") or {}).get("unitNumber"),
        "isAccessible": not row.get("barred"),
        "lastUpdated": row.get("lastUpdated"),
    }
    return with_extras(body, row)


def _create(call: Call, new: Record, _values: list[str]) -> str:
    if call.session.get(KIND, new["productNumber"]) is not None:
        raise refuse("ProductNumberAlreadyExists", "The number is already in use.", "productNumber")
    _store(call.session, new)
    return str(new["productNumber"])


def _update(call: Call, row: Record, new: Record, _values: list[str]) -> None:
    """Another number in the body would rename it, which takes a setting of the agreement."""
    if new["productNumber"] != row["productNumber"]:
        text = "The agreement does not let product numbers be changed."
        raise refuse("ProductNumberChangeSettingNotEnabled", text, "productNumber")
    _store(call.session, new)


def _delete(call: Call, row: Record, _values: list[str]) -> None:
    for kind, code in (("drafts", "ProductUsedOnDraftInvoiceLines"), ("booked", "ProductUsedOnInvoiceLines")):
        for document in call.session.all(kind):
            lines = document.get("lines", ())
            if any((line.get("product") or {}).get("productNumber") == row["productNumber"] for line in lines):
                raise refuse(code, "The product is used on invoices.", "productNumber")
    writing.delete(call.session, REGISTERS[KIND], row["productNumber"])


def _store(session: Session, new: Record) -> None:
    raise_if_any(list(_complaints(session, new)))
    old = session.get(KIND, new["productNumber"]) or {}
    body: Record = {name: old[name] for name in ("inventory", "departmentalDistribution") if name in old}
    body |= {name: new[name] for name in PLAIN if name in new}
    body["productGroup"] = {"productGroupNumber": new["productGroupId"]}
    if "unitId" in new:
        body["unit"] = {"unitNumber": new["unitId"]}
    if not new["isAccessible"]:
        body["barred"] = True
    writing.replace(session, REGISTERS[KIND], new["productNumber"], body)
    record = session.get(KIND, new["productNumber"]) or {}
    record[EXTRAS] = {"unit2Id": new["unit2Id"]} if "unit2Id" in new else {}
    session.put(KIND, new["productNumber"], record)


def _complaints(session: Session, new: Record) -> Iterator[Complaint]:
    if session.get("product-groups", new["productGroupId"]) is None:
        yield Complaint("ProductGroupDoesNotExist", "The product group does not exist.", "productGroupId")
    for name in ("unitId", "unit2Id"):
        if name in new and session.get("units", new[name]) is None:
            yield Complaint(INVALID, f"Unit {new[name]} does not exist.", name)
