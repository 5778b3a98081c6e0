"""The lines of sales documents (economic-api 7.1, 9.1)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.money import ZERO, cents, in_base, line_total
from lagerbro_sandbox.economic.platform.modules import ACCRUALS, DIMENSION, has_module
from lagerbro_sandbox.economic.registers.writing import check_decimals
from lagerbro_sandbox.economic.rest.references import Path, plain, resolved
from lagerbro_sandbox.economic.sales.document_forms import DISTRIBUTION, LINE, PRODUCT, UNIT
from lagerbro_sandbox.economic.sales.sales_postings import SaleAccount, sale_account
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.errors import Problems
from lagerbro_sandbox.kernel.records import Record

AMOUNT_MOST: Final = Decimal(10) ** 13
"""Of one line, so that the sums of a document and of the ledger stay exact."""
Sales = list[tuple[SaleAccount, Decimal]]


def read_lines(
    session: Session, lines: list[Record], zone: Record, rate: Decimal, problems: Problems
) -> tuple[Sales, list[Record]]:
    """What the lines come to by sales account, and the lines as they are kept."""
    sales: Sales = []
    rows: list[Record] = []
    for index, line in enumerate(lines):
        path: Path = ("lines", index)
        check_decimals(line, LINE, path, problems)
        row = {"lineNumber": line.get("lineNumber", index + 1), "sortKey": line.get("sortKey", index + 1)}
        _add_extras(session, line, row, path, problems)
        if "product" in line:
            sale = _product_line(session, line, row, zone, rate, path, problems)
            if sale is not None:
                sales.append(sale)
        elif "quantity" in line or "unitNetPrice" in line:
            problems.add((*path, "product"), "E04720", "A line with quantity or price needs a product.")
        rows.append(row)
    return sales, rows


def _add_extras(session: Session, line: Record, row: Record, path: Path, problems: Problems) -> None:
    if "description" in line:
        row["description"] = line["description"]
    if "unit" in line:
        unit = resolved(session, line["unit"], UNIT, (*path, "unit"), problems)
        if unit is not None:
            row["unit"] = {"unitNumber": unit["unitNumber"], "name": unit["name"]}
    if "departmentalDistribution" in line:
        _add_distribution(session, line, row, path, problems)
    if "accrual" in line:
        _add_accrual(session, line, row, path, problems)


def _add_distribution(session: Session, line: Record, row: Record, path: Path, problems: Problems) -> None:
    path = (*path, "departmentalDistribution")
    if not has_module(session, DIMENSION):
        problems.add(path, "E04860", "The agreement has no dimension module.")
        return
    distribution = resolved(session, line["departmentalDistribution"], DISTRIBUTION, path, problems)
    if distribution is not None:
        row["departmentalDistribution"] = plain(DISTRIBUTION, distribution, line["departmentalDistribution"])


def _add_accrual(session: Session, line: Record, row: Record, path: Path, problems: Problems) -> None:
    path, accrual = (*path, "accrual"), line["accrual"]
    if not has_module(session, ACCRUALS):
        problems.add(path, "E04850", "The agreement has no accruals module.")
    elif "startDate" not in accrual or "endDate" not in accrual or accrual["endDate"] < accrual["startDate"]:
        problems.add(path, "E04851", "An accrual needs a start date and an end date after it.")
    else:
        row["accrual"] = {"startDate": accrual["startDate"], "endDate": accrual["endDate"]}


def _product_line(
    session: Session, line: Record, row: Record, zone: Record, rate: Decimal, path: Path, problems: Problems
) -> tuple[SaleAccount, Decimal] | None:
    product = resolved(session, line["product"], PRODUCT, (*path, "product"), problems)
    if "quantity" not in line:
        problems.add((*path, "quantity"), "E04730", "Quantity is required when a product is set.")
        return None
    if product is None or not zone:
        return None
    group = product["productGroup"]["productGroupNumber"]
    account = sale_account(session, group, zone["vatZoneNumber"], (*path, "product"), problems)
    if account is None:
        return None
    row["product"] = {"productNumber": product["productNumber"]}
    cost = line["unitCostPrice"] if "unitCostPrice" in line else product.get("costPrice", 0)
    share = max(Decimal(1), abs(100 - Decimal(line.get("discountPercentage", 0))) / Decimal(100))
    if is_too_large(Decimal(line["quantity"]), max(abs(line.get("unitNetPrice", 0)) * share, abs(cost)), rate):
        problems.add(path, "E04741", "The line comes to more than can be kept.")
        return None
    row |= _figures(line, Decimal(cost), rate)
    return account, row["totalNetAmount"]


def is_too_large(quantity: Decimal, price: Decimal | int, rate: Decimal) -> bool:
    """Whether a line passes `AMOUNT_MOST` in its own or in base currency."""
    return abs(quantity) * price * max(Decimal(1), Decimal(rate) / Decimal(100)) > AMOUNT_MOST


def _figures(line: Record, unit_cost: Decimal, rate: Decimal) -> Record:
    """A price that is not sent is not looked up: the line comes to nothing (economic-api 7.1)."""
    quantity, discount = Decimal(line["quantity"]), Decimal(line.get("discountPercentage", 0))
    net = line_total(quantity, Decimal(line.get("unitNetPrice", 0)), discount)
    base_net, cost = in_base(net, rate), cents(quantity * unit_cost)
    price = {"unitNetPrice": Decimal(line["unitNetPrice"])} if "unitNetPrice" in line else {}
    return {
        "quantity": quantity,
        **price,
        "discountPercentage": discount,
        "unitCostPrice": unit_cost,
        "totalNetAmount": net,
        "marginInBaseCurrency": base_net - cost,
        "marginPercentage": cents((base_net - cost) / Decimal(base_net) * 100) if base_net else ZERO,
    }
