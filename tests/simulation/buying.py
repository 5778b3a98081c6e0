"""The buying of a company in a history: suppliers and their groups, made and renamed, while the account that groups are
made with is changed, barred and opened again; at the end e-conomic's own records as the oracle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from tests.sandboxes import nordlys
from tests.world import Company

AGREEMENT: Final = nordlys().agreement_number
RACKBEAT: Final = nordlys().rackbeat_account_id
ACCOUNTS: Final = (6800, 6805)
OWN_ACCOUNTS: Final = {1: 6800, 2: 6805}
"""The groups that e-conomic has from the beginning, each with its account (domain-rules A9)."""
GROUPS: Final = (1, 2, 11, 12, 13)
SUPPLIERS: Final = (50001, 50006, 50101, 50102)
"""Two that e-conomic has, and two that Rackbeat will have."""
IN_DENMARK: Final = {"vat_zone": "domestic", "currency": "DKK"}
OURS: Final = {"supplier": "suppliers", "supplier_group": "supplier-groups"}
FAULTY: Final = (
    ("economic", "PUT", "/suppliers/*"),
    ("economic", "POST", "/suppliersapi/*"),
    ("economic", "PUT", "/suppliersapi/*"),
)


@dataclass
class Buying:
    """`was_barred`: whether the account was ever barred, so that somebody may have to press *Prøv igen*."""

    company: Company
    random: Random
    was_barred: bool = False

    def open(self) -> None:
        """The section is switched on, and e-conomic knows where the suppliers want their money."""
        self.company.decide(suppliers_enabled=True, supplier_group_account=ACCOUNTS[0], supplier_journal=4)
        store = self.company.systems.economic.store
        for number in SUPPLIERS[:2]:
            record = store.get(AGREEMENT, "suppliers", number)
            assert record is not None
            store.put(AGREEMENT, "suppliers", number, {**record, "bankAccount": _bank(number)})

    def acts(self) -> dict[str, Callable[[], None]]:
        return {
            "supplier": self._supplier,
            "supplier group": self._group,
            "group account": self._account,
        }

    def calm(self) -> None:
        self._bar(barred=False)

    def judge(self, *, is_soiled: bool) -> None:
        """What Rackbeat has and asked for is in e-conomic, once, with what is e-conomic's own; dirt may have left a
        name that nobody has corrected yet."""
        theirs, here = self.company.systems.economic.store, self.company.systems.rackbeat.store
        groups = {row["supplierGroupNumber"]: row for row in theirs.all(AGREEMENT, "supplier-groups")}
        suppliers = {row["supplierNumber"]: row for row in theirs.all(AGREEMENT, "suppliers")}
        for number, account in OWN_ACCOUNTS.items():
            assert groups[number]["account"] == {"accountNumber": account}, "a group lost its account"
        for number in SUPPLIERS[:2]:
            assert suppliers[number].get("bankAccount") == _bank(number), "bank details were lost"
        for number in GROUPS[2:]:
            if number in groups:
                assert groups[number]["account"]["accountNumber"] in ACCOUNTS
        for number in SUPPLIERS[2:]:
            record = here.get(RACKBEAT, "suppliers", number)
            assert (record is None) == (number not in suppliers), "a supplier was lost"
            if record is not None and not is_soiled:
                assert suppliers[number]["name"] == record["name"], "a supplier has an older name"
                assert suppliers[number]["supplierGroup"] == {"supplierGroupNumber": record["supplier_group_id"]}

    def _supplier(self) -> None:
        """A new one, or another name and another group for one that is there."""
        self._make_supplier(self.random.choice(SUPPLIERS))

    def has_supplier(self, number: int) -> None:
        """Rackbeat has it from now on."""
        if self.company.systems.rackbeat.store.get(RACKBEAT, "suppliers", number) is None:
            self._make_supplier(number)

    def _make_supplier(self, number: int) -> None:
        group = self.random.choice(GROUPS)
        self._has_group(group)
        body = {"name": f"Grosserer {self.random.randrange(5)}", "supplier_group_id": group, "payment_terms_id": 1}
        self._told("supplier", number, {**body, **(IN_DENMARK if number in SUPPLIERS[2:] else {})})

    def _group(self) -> None:
        self._has_group(self.random.choice(GROUPS), ask=True)

    def _has_group(self, number: int, *, ask: bool = False) -> None:
        if ask or self.company.systems.rackbeat.store.get(RACKBEAT, "supplier-groups", number) is None:
            self._told("supplier_group", number, {"name": f"Gruppe {self.random.randrange(5)}"}, ask=ask)

    def _told(self, kind: str, number: int, body: dict[str, Any], *, ask: bool = True) -> None:
        path, systems = OURS[kind], self.company.systems
        if systems.rackbeat.store.get(RACKBEAT, path, number) is None:
            systems.in_rackbeat("POST", path, {"number": number, **body})
        else:
            systems.in_rackbeat("PUT", f"{path}/{number}", body)
        if ask:
            self.company.ask(kind, number)

    def _account(self) -> None:
        """Somebody chooses another one, or bars one in e-conomic for a while."""
        if self.random.random() < 0.5:
            self.company.decide(supplier_group_account=self.random.choice(ACCOUNTS))
        else:
            self._bar(barred=self.random.random() < 0.5)

    def _bar(self, *, barred: bool) -> None:
        self.was_barred |= barred
        store = self.company.systems.economic.store
        for number in ACCOUNTS:
            record = store.get(AGREEMENT, "accounts", number)
            assert record is not None
            store.put(AGREEMENT, "accounts", number, {**record, "barred": barred})


def _bank(number: int) -> str:
    return f"1234-{number:010d}"
