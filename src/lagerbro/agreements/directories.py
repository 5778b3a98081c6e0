"""Reading the directory of an agreement from both systems, and keeping the copy that pages are made from.

Few calls: pages of 1000, and one call per product group of e-conomic for its sales accounts, which only a full reading
makes. Raises a `RemoteError` when a system does not answer; the kept copy stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar

import msgspec

from lagerbro.agreements.directory import (
    Account,
    CustomerGroup,
    Directory,
    Item,
    Journal,
    Layout,
    ProductGroup,
    RackbeatGroup,
    RackbeatLayout,
    RackbeatLocation,
    SupplierGroup,
    VatCode,
    VatKind,
    VatZone,
)
from lagerbro.agreements.models import Agreement, DirectoryCopy
from lagerbro.economic.client import Economic
from lagerbro.economic.services import ServiceJournal
from lagerbro.economic.types import Account as AccountRow
from lagerbro.economic.types import VatAccount as VatAccountRow
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.rackbeat.types import ListedProduct
from lagerbro.wire.errors import ForbiddenError, NotFoundError
from lagerbro.wire.shapes import ready

ROWS_MAX: Final = 20_000
"""Records of one register. A longer one is not a register that a person picks from."""

_ENTRY_TYPES: Final = {
    2: "customerPayment",
    3: "supplierInvoice",
    4: "supplierPayment",
    5: "financeVoucher",
    10: "manualCustomerInvoice",
}
_KINDS: Final = {kind.value: kind for kind in VatKind}


class Numbered(Protocol):
    """A record that is known by its number."""

    @property
    def number(self) -> int: ...


KnownGroups = Mapping[int, ProductGroup]
T = TypeVar("T")
N = TypeVar("N", bound=Numbered)


class TooManyRowsError(ValueError):
    """A register has more records than a directory holds; the text names it."""


def stored_directory(agreement: Agreement) -> tuple[Directory, datetime] | None:
    """The copy of the agreement whose scope this is and when it was read; None before the first reading."""
    copy = DirectoryCopy.in_scope.filter(agreement=agreement).first()
    if copy is None:
        return None
    return msgspec.json.decode(bytes(copy.content), type=ready(Directory)), copy.read_at


def read_and_store_all(
    agreement: Agreement, rackbeat: Rackbeat, economic: Economic, now: datetime, items: Iterable[str] = ()
) -> Directory:
    """Read everything, with the named items of Rackbeat's catalogue, and keep it."""
    return _store(agreement, read_directory(rackbeat, economic, items=items), now)


def read_and_store_for_form(
    agreement: Agreement, rackbeat: Rackbeat, economic: Economic, now: datetime, items: Iterable[str] = ()
) -> Directory:
    """Read what a saved form is checked against and keep it; sales accounts are carried over from the last copy."""
    before = stored_directory(agreement)
    if before is None:
        return read_and_store_all(agreement, rackbeat, economic, now, items)
    return _store(agreement, read_directory(rackbeat, economic, known=before[0].product_groups, items=items), now)


def read_and_store_registers(
    agreement: Agreement, rackbeat: Rackbeat, economic: Economic, now: datetime, registers: Iterable[str]
) -> Directory:
    """Read only these registers and keep them; when the whole was read stays as it is."""
    before = stored_directory(agreement)
    if before is None:
        return read_and_store_for_form(agreement, rackbeat, economic, now)
    known = before[0].product_groups
    fresh = {name: READERS[name](rackbeat, economic, known) for name in registers}
    return _store(agreement, msgspec.structs.replace(before[0], **fresh), before[1])


def read_directory(
    rackbeat: Rackbeat, economic: Economic, *, known: KnownGroups | None = None, items: Iterable[str] = ()
) -> Directory:
    """The directory as it is; with `known`, the sales accounts of those groups are not read again."""
    registers = {name: reader(rackbeat, economic, known or {}) for name, reader in READERS.items()}
    groups = registers["rackbeat_groups"]
    products = (rackbeat.listed_product(number) for number in items)
    named = {product.number: item_of(product, groups) for product in products if product is not None}
    return Directory(**registers, items=named)


def item_of(product: ListedProduct, groups: Mapping[int, RackbeatGroup]) -> Item:
    """A product as the settings see it; whether it is stocked is its own word, else its group's."""
    group = groups.get(product.in_group or 0)
    stocked = product.inventory_enabled
    if stocked is None:
        stocked = group is not None and group.has_inventory
    return Item(product.number, product.name, product.is_barred, stocked)


def _store(agreement: Agreement, directory: Directory, now: datetime) -> Directory:
    DirectoryCopy.in_scope.update_or_create(
        agreement=agreement, defaults={"content": msgspec.json.encode(directory), "read_at": now}
    )
    return directory


def _account(row: AccountRow) -> Account:
    code = row.vatAccount.vatCode if row.vatAccount else ""
    return Account(row.accountNumber, row.name, row.accountType, code, row.barred, row.blockDirectEntries)


def _vat_code(row: VatAccountRow) -> VatCode:
    number = row.vatType.vatTypeNumber if row.vatType else 0
    kind = _KINDS.get(number, VatKind.UNKNOWN)
    accounts = (ref.accountNumber if ref is not None else 0 for ref in (row.account, row.contraAccount))
    return VatCode(row.vatCode, row.name, format(row.ratePercentage.normalize(), "f"), kind, row.barred, *accounts)


def _journal(row: ServiceJournal) -> Journal:
    # A number that nobody has published must not read as "any entry type".
    only = _ENTRY_TYPES.get(row.allowedEntryType, "other") if row.allowedEntryType else ""
    return Journal(row.number, row.name, only, row.lockVatCodes, row.requireAdminApproval, row.isStandingJournal)


def _with_sales_accounts(economic: Economic, known: KnownGroups) -> Iterator[ProductGroup]:
    for group in list(economic.registers.product_groups()):
        number = group.productGroupNumber
        accounts = known[number].sales_accounts if number in known else sales_accounts(economic, number)
        yield ProductGroup(number, group.name, accounts, group.inventoryEnabled)


def sales_accounts(economic: Economic, group: int) -> dict[int, int]:
    """A product group's sales account in each VAT zone that has one."""
    rows = economic.registers.sales_accounts(group)
    return {row.vatZone.vatZoneNumber: row.salesAccount.accountNumber for row in rows}


def _numbered(register: str, rows: Iterable[N]) -> dict[int, N]:
    """By number, in the order of the numbers."""
    return {row.number: row for row in sorted(_bounded(register, rows), key=lambda row: row.number)}


def _bounded(register: str, rows: Iterable[T]) -> Iterator[T]:
    for count, row in enumerate(rows):
        if count == ROWS_MAX:
            raise TooManyRowsError(f"more than {ROWS_MAX} {register}")
        yield row


def _accounts(_: Rackbeat, economic: Economic, __: KnownGroups) -> dict[int, Account]:
    return _numbered("accounts", map(_account, economic.registers.accounts()))


def _vat_codes(_: Rackbeat, economic: Economic, __: KnownGroups) -> dict[str, VatCode]:
    return {code.code: code for code in _bounded("VAT accounts", map(_vat_code, economic.registers.vat_accounts()))}


def _journals(_: Rackbeat, economic: Economic, __: KnownGroups) -> dict[int, Journal]:
    return _numbered("journals", map(_journal, economic.services.journals()))


def _layouts(_: Rackbeat, economic: Economic, __: KnownGroups) -> dict[int, Layout]:
    return _numbered("layouts", (Layout(x.layoutNumber, x.name, x.deleted) for x in economic.registers.layouts()))


def _customer_groups(_: Rackbeat, economic: Economic, __: KnownGroups) -> dict[int, CustomerGroup]:
    rows = economic.registers.customer_groups()
    return _numbered(
        "customer groups",
        (CustomerGroup(x.customerGroupNumber, x.name, x.account.accountNumber if x.account else 0) for x in rows),
    )


def _supplier_groups(_: Rackbeat, economic: Economic, __: KnownGroups) -> dict[int, SupplierGroup]:
    rows = economic.services.supplier_groups()
    return _numbered("supplier groups", (SupplierGroup(x.number, x.name, x.accountNumber) for x in rows))


def _product_groups(_: Rackbeat, economic: Economic, known: KnownGroups) -> dict[int, ProductGroup]:
    return _numbered("product groups", _with_sales_accounts(economic, known))


def _vat_zones(_: Rackbeat, economic: Economic, __: KnownGroups) -> dict[int, VatZone]:
    rows = economic.registers.vat_zones()
    return _numbered(
        "VAT zones",
        (VatZone(x.vatZoneNumber, x.name, x.enabledForCustomer, x.enabledForSupplier) for x in rows),
    )


def _rackbeat_groups(rackbeat: Rackbeat, _: Economic, __: KnownGroups) -> dict[int, RackbeatGroup]:
    return _numbered(
        "product groups in Rackbeat",
        (RackbeatGroup(x.number, x.name, x.has_inventory, x.vat_domestic) for x in rackbeat.product_groups()),
    )


def _rackbeat_layouts(rackbeat: Rackbeat, _: Economic, __: KnownGroups) -> dict[int, RackbeatLayout]:
    return _numbered("layouts in Rackbeat", (RackbeatLayout(x.number, x.name) for x in rackbeat.layouts()))


def _rackbeat_locations(rackbeat: Rackbeat, _: Economic, __: KnownGroups) -> dict[int, RackbeatLocation]:
    """A plan without locations has none (rackbeat-api 3.12); nobody is kept from the settings by that."""
    try:
        rows = list(_bounded("locations in Rackbeat", rackbeat.locations()))
    except (ForbiddenError, NotFoundError):
        return {}
    return _numbered("locations in Rackbeat", (RackbeatLocation(x.number, x.name, x.parent_id) for x in rows))


READERS: Final[Mapping[str, Callable[[Rackbeat, Economic, KnownGroups], Any]]] = {
    "accounts": _accounts,
    "vat_codes": _vat_codes,
    "journals": _journals,
    "layouts": _layouts,
    "customer_groups": _customer_groups,
    "supplier_groups": _supplier_groups,
    "product_groups": _product_groups,
    "vat_zones": _vat_zones,
    "rackbeat_groups": _rackbeat_groups,
    "rackbeat_layouts": _rackbeat_layouts,
    "rackbeat_locations": _rackbeat_locations,
}
"""How each register of the directory is read, by its field: one by one, for whoever can do with a part of them."""
