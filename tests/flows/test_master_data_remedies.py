"""Every reason for which a customer or a product stands still has a remedy that mends it: what its sentence names is
done, and the record goes through, by itself or by the button that the sentence names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pytest
from django.utils.translation import override

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.acts import retry
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.web.sentences import SENTENCES
from lagerbro.web.status.messages import message_for
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.sandboxes import nordlys
from tests.web.words import codes
from tests.world import Company

Act = Callable[[Company], None]
FACTS: Final = nordlys()
HOUR_S: Final = 3601
KEYS: Final = {"customer": "10001", "product": "NL-100"}
STOPPED: Final = (TransferState.NEEDS_YOU, TransferState.REFUSED)


def written(kind: str, **fields: Any) -> Act:
    """Rackbeat has it so, however it came to."""

    def act(company: Company) -> None:
        store = company.systems.rackbeat.store
        record = store.get(FACTS.rackbeat_account_id, f"{kind}s", KEYS[kind])
        assert record is not None
        store.put(FACTS.rackbeat_account_id, f"{kind}s", KEYS[kind], {**record, **fields})

    return act


def corrected(kind: str, **fields: Any) -> Act:
    """A person corrects it in Rackbeat."""

    def act(company: Company) -> None:
        company.systems.in_rackbeat("PUT", f"{kind}s/{KEYS[kind]}", fields)

    return act


class Gone:
    """A record of one of the systems that is taken away and put back."""

    def __init__(self, system: str, register: str, key: str) -> None:
        self.system, self.register, self.key = system, register, key
        self.owner = FACTS.agreement_number if system == "economic" else FACTS.rackbeat_account_id

    def away(self, company: Company) -> None:
        store = getattr(company.systems, self.system).store
        self.kept = store.get(self.owner, self.register, self.key)
        assert self.kept is not None
        store.delete(self.owner, self.register, self.key)

    def back(self, company: Company) -> None:
        getattr(company.systems, self.system).store.put(self.owner, self.register, self.key, self.kept)


def both(*acts: Act) -> Act:
    def act(company: Company) -> None:
        for one in acts:
            one(company)

    return act


def refusing(kind: str) -> Act:
    fault = Fault("no", method="PUT", path=f"/{kind}s/{KEYS[kind]}", status=400, times=None)
    return lambda company: company.systems.economic.faults.set(fault)


def willing(company: Company) -> None:
    company.systems.economic.faults.clear("no")


@dataclass(frozen=True)
class Case:
    kind: str
    code: str
    spoil: Act
    mend: Act
    is_new: bool = False
    """It has never been transferred."""


def of_economic(kind: str, code: str, register: str, key: str, **fields: Any) -> Case:
    """It refers to something that e-conomic lacks, until it is made there."""
    gone = Gone("economic", register, key)
    return Case(kind, code, both(gone.away, corrected(kind, name="Et nyt navn", **fields)), gone.back)


def matched(case: Case) -> Case:
    """The same with Rackbeat's layout 2 matched with e-conomic's 3."""
    return replace(case, spoil=both(lambda company: company.decide(layouts__2=3), case.spoil))


def unheard_of(case: Case) -> Case:
    """The same with payment terms of a kind that is never made in e-conomic."""
    return replace(case, spoil=both(lambda company: company.systems.make_terms_unheard_of(), case.spoil))


def unknown(kind: str) -> Case:
    gone = Gone("rackbeat", f"{kind}s", KEYS[kind])
    return Case(kind, f"{kind}_unknown", gone.away, gone.back, is_new=True)


CASES: Final = (
    unknown("customer"),
    unknown("product"),
    Case("customer", "customer_without_name", written("customer", name=""), corrected("customer", name="Nyt navn")),
    Case(
        "customer",
        "customer_without_group",
        written("customer", customer_group_id=None),
        corrected("customer", customer_group_id=1),
    ),
    Case(
        "customer",
        "payment_terms_not_chosen",
        written("customer", payment_terms_id=None),
        corrected("customer", payment_terms_id=1),
    ),
    Case("customer", "ean_unusable", written("customer", ean="57980098ABCDE"), corrected("customer", ean=None)),
    Case("customer", "zone_unknown", written("customer", vat_zone="mars"), corrected("customer", vat_zone="domestic")),
    of_economic("customer", "customer_group_missing", "customer-groups", "1"),
    unheard_of(of_economic("customer", "payment_terms_missing", "payment-terms", "1")),
    matched(of_economic("customer", "layout_missing", "layouts", "3", layout_id=2)),
    of_economic("customer", "currency_missing", "currencies", "SEK", currency="SEK"),
    Case("customer", "economic_refused", both(refusing("customer"), corrected("customer", name="Nyt")), willing),
    Case("product", "product_without_group", written("product", group_id=None), corrected("product", group_id=1)),
    of_economic("product", "product_group_missing", "product-groups", "1"),
    Case("product", "economic_refused", both(refusing("product"), corrected("product", name="Nyt")), willing),
)
ELSEWHERE: Final = {
    "sales_off": "tests/flows/settings/test_sales.py: a switch of ours",
    "customer_number_unusable": "another number is another record",
    "product_number_unusable": "another number is another record",
}


def later(company: Company) -> None:
    company.systems.clock.sleep_s(HOUR_S)
    while company.drain().more:
        pass


def pressed(company: Company, kind: str, key: object) -> None:
    with agreement_scope(company.agreement.pk):
        retry(Transfer.in_scope.filter(kind=kind, key=str(key)), company.agreement.pk, company.systems.clock.now())
    company.drain()


def test_every_reason_of_these_flows_is_walked() -> None:
    files = [path for name in KEYS for path in sorted((codes.SOURCE / "flows" / f"{name}s").glob("*.py"))]
    files.append(Path(codes.SOURCE / "flows" / "economic_refusals.py"))
    named = {code for path in files for code, _details in codes._of_file(path)}
    walked = {case.code for case in CASES}
    assert named - walked - ELSEWHERE.keys() == set()


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}-{case.code}")
def test_what_the_sentence_names_mends_it(company: Company, case: Case) -> None:
    key = KEYS[case.kind]
    if not case.is_new:
        company.ask(case.kind, key)
        company.drain()
        later(company)
    case.spoil(company)
    company.ask(case.kind, key)
    company.drain()
    stuck = company.transfer(case.kind, key)
    assert (stuck.state in STOPPED, stuck.code) == (True, case.code)
    with override("en"):
        told = message_for(stuck, is_overdue=False)
    assert told is not None
    pressed(company, case.kind, key)  # before it is mended the button changes nothing
    assert company.transfer(case.kind, key).code == case.code
    case.mend(company)
    if "by itself" in told.do:
        later(company)
    else:
        assert "“Try again”" in told.do
        pressed(company, case.kind, key)
    after = company.transfer(case.kind, key)
    assert (after.state, after.code, after.details) == (TransferState.TRANSFERRED, "", {})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "odd", "usable"), [("customer", 1_000_000_000, 20001), ("product", "N" * 26, "N" * 25)]
)
def test_one_with_a_number_that_cannot_be_used_follows_under_another(
    company: Company, kind: str, odd: object, usable: object
) -> None:
    store, account = company.systems.rackbeat.store, FACTS.rackbeat_account_id
    record = store.get(account, f"{kind}s", KEYS[kind])
    assert record is not None
    store.put(account, f"{kind}s", str(odd), {**record, "number": odd})
    company.ask(kind, odd)
    company.drain()
    stuck = company.transfer(kind, odd)
    assert (stuck.state, stuck.code) == (TransferState.NEEDS_YOU, f"{kind}_number_unusable")
    with override("en"):
        assert "by itself" in str(SENTENCES[stuck.code].do)
    company.systems.clock.sleep_s(5)
    store.delete(account, f"{kind}s", str(odd))
    now = company.systems.clock.now().isoformat()
    store.put(account, f"{kind}s", str(usable), {**record, "number": usable, "updated_at": now})
    later(company)
    assert company.transfer(kind, usable).state == TransferState.TRANSFERRED
    pressed(company, kind, odd)
    assert company.transfer(kind, odd).state == TransferState.REFUSED  # asks for nobody any more
