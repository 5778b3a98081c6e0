"""What a draft entry does to the ledger: amounts with VAT in them, split on both sides (economic-api 8.2, 9.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.money import ZERO, cents, in_base
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.kernel.records import Record

REVERSE_CHARGE: Final = 3


@dataclass(frozen=True, slots=True)
class Posting:
    """One amount on one account, debit positive, in the entry's currency and in base currency. `is_partys`: it stands
    on the control account of the customer or supplier."""

    account: int
    amount: Decimal
    base_amount: Decimal
    vat_code: str | None = None
    is_partys: bool = False


def postings(session: Session, entry: Record) -> list[Posting]:
    """The own side first, then the contra side with the opposite sign. Each side may be missing; each is whole in
    itself, so an entry with both sides always balances."""
    side = Side(Decimal(entry["amount"]), Decimal(entry["exchangeRate"]))
    own, is_partys = own_account(session, entry), entry["entryType"] != "financeVoucher"
    result: list[Posting] = []
    if own is not None:
        result += side.postings(session, own, entry.get("vatCode"), entry.get("vatAmount"), is_partys=is_partys)
    contra = entry.get("contraAccount")
    if contra is not None:
        vat = entry.get("contraVatAmount")
        result += side.other().postings(session, contra, entry.get("contraVatCode"), vat, is_partys=False)
    return result


def own_account(session: Session, entry: Record) -> int | None:
    """A finance voucher names its account; a party's is the control account of its group (economic-api 6.1, 8.4)."""
    if entry["entryType"] == "financeVoucher":
        number: int | None = entry.get("account")
        return number
    for party, kind, group in (("customer", "customers", "customerGroup"), ("supplier", "suppliers", "supplierGroup")):
        if entry.get(party) is not None:
            return _control_account(session, session.get(kind, entry[party]) or {}, group)
    return None


def _control_account(session: Session, party: Record, group: str) -> int | None:
    kind = "customer-groups" if group == "customerGroup" else "supplier-groups"
    party_group = session.get(kind, party.get(group, {}).get(f"{group}Number", 0))
    return None if party_group is None else int(party_group["account"]["accountNumber"])


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of an entry comes to."""

    amount: Decimal
    rate: Decimal

    def other(self) -> Side:
        return Side(-self.amount, self.rate)

    def postings(
        self, session: Session, account: int, code: str | None, given_vat: Decimal | None, *, is_partys: bool
    ) -> Iterator[Posting]:
        """The amount on the account, and its VAT on the accounts of the VAT code."""
        base = in_base(self.amount, self.rate)
        vat_account = session.get("vat-accounts", code) if code else None
        percentage = Decimal(vat_account["ratePercentage"]) if vat_account else ZERO
        if vat_account is None or (not percentage and not given_vat):
            yield Posting(account, self.amount, base, code, is_partys)
            return
        reverse = vat_account["vatType"]["vatTypeNumber"] == REVERSE_CHARGE and "contraAccount" in vat_account
        vat = _vat(self.amount, percentage, given_vat, within=not reverse)
        base_vat = in_base(vat, self.rate)
        if reverse:
            yield Posting(account, self.amount, base, code, is_partys)
            yield Posting(vat_account["contraAccount"]["accountNumber"], -vat, -base_vat)
        else:
            yield Posting(account, self.amount - vat, base - base_vat, code, is_partys)
        yield Posting(vat_account["account"]["accountNumber"], vat, base_vat)


def _vat(amount: Decimal, percentage: Decimal, given: Decimal | None, *, within: bool) -> Decimal:
    """The VAT with the sign of the amount: what was given, else out of the amount, or on top of it for a reverse
    charge, which the supplier did not ask for."""
    if given is not None:
        return abs(Decimal(given)).copy_sign(amount)
    divisor = 100 + percentage if within else Decimal(100)
    return cents(amount * percentage / Decimal(divisor))


def balances(rows: list[Posting]) -> list[tuple[int, Decimal]]:
    """By account in base currency, as a draft's effect is kept."""
    sums: dict[int, Decimal] = {}
    for row in rows:
        sums[row.account] = sums.get(row.account, ZERO) + row.base_amount
    return list(sums.items())
