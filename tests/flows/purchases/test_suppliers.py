"""Suppliers (A8, B2, H20): written behind their group, merged with what e-conomic knows, refused by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils.translation import override

from lagerbro.agreements.models import AgreementState
from lagerbro.sync.models import TransferState
from lagerbro.web.status.messages import message_for
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.purchases.buying import AGREEMENT, asked, new_group, new_supplier, supplier_of
from tests.sandboxes import nordlys
from tests.world import Company

NEEDS = TransferState.NEEDS_YOU
TRANSFERRED = TransferState.TRANSFERRED
Act = Callable[[Company], object]
SUPPLIER = 50101
ONE, OTHER = "99019409", "99019506"
"""Two right CVR numbers of made-up companies."""


def refused(company: Company) -> tuple[str, str]:
    """Where the supplier stands when it is asked for."""
    transfer = asked(company, "supplier", SUPPLIER)
    return transfer.state, transfer.code


def later(company: Company) -> None:
    """Some minutes, with a drain in each."""
    for _ in range(6):
        company.systems.clock.sleep_s(60)
        company.drain()


def changed(company: Company, **fields: Any) -> None:
    company.systems.in_rackbeat("PUT", f"suppliers/{SUPPLIER}", fields)


def rewritten(company: Company, **fields: Any) -> None:
    """Have Rackbeat tell something that nobody could write there."""
    store, account = company.systems.rackbeat.store, nordlys().rackbeat_account_id
    record = store.get(account, "suppliers", SUPPLIER)
    assert record is not None
    store.put(account, "suppliers", SUPPLIER, {**record, **fields})


def test_what_a_supplier_costs(buyer: Company) -> None:
    """With group and payment terms known: one read in either system, and one write; unchanged no write. One that stands
    there is read once more right before: e-conomic does not mind who wrote last."""
    asked(buyer, "supplier_group", 1)
    asked(buyer, "supplier", 50001)
    calls = buyer.calls(asked(buyer, "supplier", new_supplier(buyer)))
    reads = ["GET /api/suppliers/50101", "GET /suppliers/50101"]
    assert calls == [*reads, "PUT /suppliers/50101"]
    assert buyer.calls(asked(buyer, "supplier", SUPPLIER)) == reads
    changed(buyer, address_city="Kolding")
    assert buyer.calls(asked(buyer, "supplier", SUPPLIER)) == [*reads, "GET /suppliers/50101", "PUT /suppliers/50101"]


def test_a_group_that_only_rackbeat_has_comes_first(buyer: Company) -> None:
    transfer = asked(buyer, "supplier", new_supplier(buyer, group=new_group(buyer)))
    assert (transfer.state, transfer.code) == (TRANSFERRED, "")
    assert (supplier_of(buyer, SUPPLIER) or {})["supplierGroup"] == {"supplierGroupNumber": 7}


def test_what_is_economics_own_stays_as_it_is(buyer: Company) -> None:
    """Bank details, how it is paid, the cost account and the bar: Rackbeat has nothing to say of them."""
    asked(buyer, "supplier", new_supplier(buyer, contact_phone="12345678"))
    store = buyer.systems.economic.store
    own = {
        "bankAccount": "1234-0001234567",
        "remittanceAdvice": {"creditorId": "81234567", "paymentType": {"paymentTypeNumber": 2}},
        "costAccount": {"accountNumber": 1310},
        "defaultInvoiceText": "Varekøb",
        "barred": True,
    }
    store.put(AGREEMENT, "suppliers", SUPPLIER, {**(supplier_of(buyer, SUPPLIER) or {}), **own})
    changed(buyer, name="Havnens Grosserer ApS", contact_phone=None)
    assert refused(buyer) == (TRANSFERRED, "")
    found = supplier_of(buyer, SUPPLIER) or {}
    assert {name: found[name] for name in own} == own
    assert found["name"] == "Havnens Grosserer ApS"
    assert "phone" not in found  # Rackbeat decides that it has none


@pytest.mark.parametrize(
    ("zone", "number"), [("domestic", 1), ("eu", 2), ("abroad", 3), ("domestic_exempt", 1)], ids=str
)
def test_the_zone_of_a_supplier(buyer: Company, zone: str, number: int) -> None:
    assert asked(buyer, "supplier", new_supplier(buyer, vat_zone=zone)).state == TRANSFERRED
    assert (supplier_of(buyer, SUPPLIER) or {})["vatZone"] == {"vatZoneNumber": number}


@pytest.mark.parametrize("currency", ["DKK", "EUR"])
def test_the_currency_of_a_supplier(buyer: Company, currency: str) -> None:
    asked(buyer, "supplier", new_supplier(buyer, currency=currency))
    assert (supplier_of(buyer, SUPPLIER) or {})["currency"] == currency


def test_two_suppliers_with_one_cvr_number_are_two_suppliers(buyer: Company) -> None:
    """A company may deliver from two places: the number of the supplier tells them apart, nothing else."""
    for number in (SUPPLIER, SUPPLIER + 1):
        assert asked(buyer, "supplier", new_supplier(buyer, number, company_vat=ONE)).state == TRANSFERRED
        assert (supplier_of(buyer, number) or {})["corporateIdentificationNumber"] == ONE


def test_a_number_that_is_another_company_in_economic_is_not_written_over(buyer: Company) -> None:
    body = {
        "supplierNumber": SUPPLIER,
        "name": "Fynske Lygter ApS",
        "currency": "DKK",
        "supplierGroup": {"supplierGroupNumber": 1},
        "paymentTerms": {"paymentTermsNumber": 1},
        "vatZone": {"vatZoneNumber": 1},
        "corporateIdentificationNumber": OTHER,
    }
    buyer.systems.in_economic("PUT", f"/suppliers/{SUPPLIER}", body)
    before = supplier_of(buyer, SUPPLIER)
    new_supplier(buyer, company_vat=f"CVR {ONE}")
    transfer = asked(buyer, "supplier", SUPPLIER)
    assert (transfer.state, transfer.code) == (NEEDS, "supplier_number_taken")
    assert transfer.details == {"name": "Fynske Lygter ApS", "cvr": OTHER, "our_cvr": ONE}
    with override("da"):
        told = message_for(transfer, is_overdue=False)
    assert told is not None
    assert told.why == (
        f"Nummeret tilhører et andet firma i e-conomic: Fynske Lygter ApS med CVR-nummer {OTHER}, hvor Rackbeat har "
        f"{ONE}. Intet er overskrevet."
    )
    assert supplier_of(buyer, SUPPLIER) == before
    changed(buyer, company_vat=OTHER)  # it was Rackbeat's that was wrong
    assert refused(buyer) == (TRANSFERRED, "")
    changed(buyer, company_vat=ONE)  # and from then on it is the same supplier, whatever happens to its number
    assert refused(buyer) == (TRANSFERRED, "")
    assert (supplier_of(buyer, SUPPLIER) or {})["corporateIdentificationNumber"] == ONE


def terms(*, there: bool) -> Act:
    def act(company: Company) -> None:
        store = company.systems.economic.store
        company.systems.make_terms_unheard_of()
        if there:
            store.put(AGREEMENT, "payment-terms", 1, TERMS)
        else:
            store.delete(AGREEMENT, "payment-terms", 1)

    return act


TERMS = {"paymentTermsNumber": 1, "name": "Netto 8 dage", "paymentTermsType": "net", "daysOfCredit": 8}


def currency(code: str, *, there: bool) -> Act:
    def act(company: Company) -> None:
        store = company.systems.economic.store
        if there:
            store.put(AGREEMENT, "currencies", code, {"code": code, "name": code})
        else:
            store.delete(AGREEMENT, "currencies", code)

    return act


def both(one: Act, other: Act) -> Act:
    def act(company: Company) -> None:
        one(company)
        other(company)

    return act


def in_rackbeat(**fields: Any) -> Act:
    return lambda company: rewritten(company, **fields)


@pytest.mark.parametrize(
    ("code", "spoil", "mend", "danish", "english"),
    [
        (
            "supplier_without_name",
            in_rackbeat(name="  "),
            in_rackbeat(name="Havnen"),
            "Leverandør 50101 er ikke overført. Mangler navn i Rackbeat.",
            "Supplier 50101 is not transferred. It has no name in Rackbeat.",
        ),
        (
            "supplier_without_group",
            in_rackbeat(supplier_group_id=None),
            in_rackbeat(supplier_group_id=1),
            "Leverandør 50101 er ikke overført. Mangler leverandørgruppe i Rackbeat.",
            "Supplier 50101 is not transferred. It has no supplier group in Rackbeat.",
        ),
        (
            "supplier_without_terms",
            in_rackbeat(payment_terms_id=None),
            in_rackbeat(payment_terms_id=1),
            "Leverandør 50101 er ikke overført. Mangler betalingsbetingelse i Rackbeat.",
            "Supplier 50101 is not transferred. It has no payment terms in Rackbeat.",
        ),
        (
            "supplier_zone_unknown",
            in_rackbeat(vat_zone="mars"),
            in_rackbeat(vat_zone="eu"),
            "Leverandør 50101 er ikke overført. Rackbeat angiver momszonen “mars”, som e-conomic ikke har.",
            "Supplier 50101 is not transferred. Rackbeat names the VAT zone “mars”, which e-conomic does not have.",
        ),
        (
            "supplier_terms_missing",
            terms(there=False),
            terms(there=True),
            "Leverandør 50101 er ikke overført. Betalingsbetingelse 1 findes ikke i e-conomic.",
            "Supplier 50101 is not transferred. Payment terms 1 do not exist in e-conomic.",
        ),
        (
            "currency_missing",
            both(in_rackbeat(currency="EUR"), currency("EUR", there=False)),
            currency("EUR", there=True),
            "Leverandør 50101 er ikke overført. Den er i EUR, og den valuta har e-conomic ikke. "
            "e-conomic svarede: “Currency 'EUR' does not exist”.",
            "Supplier 50101 is not transferred. It is in EUR, and e-conomic does not have that currency. "
            "e-conomic answered: “Currency 'EUR' does not exist”.",
        ),
    ],
)
def test_refused_by_name_in_both_languages_then_mended(
    buyer: Company, code: str, spoil: Act, mend: Act, danish: str, english: str
) -> None:
    new_supplier(buyer)
    spoil(buyer)
    assert refused(buyer) == (NEEDS, code)
    assert refused(buyer) == (NEEDS, code)  # a retry before it is mended changes nothing
    assert supplier_of(buyer, SUPPLIER) is None
    for language, sentence in (("da", danish), ("en", english)):
        with override(language):
            told = message_for(buyer.transfer("supplier", SUPPLIER), is_overdue=False)
            assert told is not None
            assert f"{told.what} {told.why}" == sentence
            assert told.do
    mend(buyer)
    assert refused(buyer) == (TRANSFERRED, "")
    assert supplier_of(buyer, SUPPLIER) is not None


def test_one_that_rackbeat_does_not_know(buyer: Company) -> None:
    transfer = asked(buyer, "supplier", SUPPLIER)
    assert (transfer.state, transfer.code) == (TransferState.REFUSED, "supplier_unknown")
    new_supplier(buyer)
    assert refused(buyer) == (TRANSFERRED, "")


@pytest.mark.parametrize("number", ["L-77", None, "", 1.5])
def test_a_number_that_is_none_is_named_with_its_field(buyer: Company, number: object) -> None:
    """D16: e-conomic's numbers are digits."""
    new_supplier(buyer)
    rewritten(buyer, number=number)
    transfer = asked(buyer, "supplier", SUPPLIER)
    assert (transfer.state, transfer.code) == (NEEDS, "value_unusable" if number else "value_missing")
    assert transfer.details["field"] == "number"
    assert supplier_of(buyer, SUPPLIER) is None
    rewritten(buyer, number=SUPPLIER)
    assert refused(buyer) == (TRANSFERRED, "")


def test_texts_too_long_and_signs_that_are_none(buyer: Company) -> None:
    new_supplier(buyer)
    rewritten(buyer, name="L\x00" + "æ" * 400, address_street="Kajen\x07 3", address_zipcode="DK-5000 Odense")
    assert refused(buyer) == (TRANSFERRED, "")
    found = supplier_of(buyer, SUPPLIER) or {}
    assert found["name"] == "L�" + "æ" * 252 + "…"
    assert found["address"] == "Kajen� 3"
    assert found["zip"] == "DK-5000 O…"


@pytest.mark.parametrize("kept", [True, False], ids=["keys kept", "keys forgotten"])
@pytest.mark.parametrize("path", ["/suppliers/*", "/suppliersapi/v2.0.0/Groups"])
@pytest.mark.parametrize("how", ["lost", "dropped", "503", "429"])
def test_whatever_happens_to_a_write_it_is_made_once(buyer: Company, how: str, path: str, kept: bool) -> None:
    """D28, D21: what e-conomic has done is found, what it has not is done again, in the order of the chain."""
    buyer.systems.economic.switches.keys_are_kept = kept
    method = "PUT" if path.startswith("/suppliers/") else "POST"
    status = int(how) if how.isdigit() else None
    fault = Fault(
        "x", method=method, path=path, status=status, lose_answer=how == "lost", drop_connection=how == "dropped"
    )
    buyer.systems.economic.faults.set(fault)
    new_supplier(buyer, group=new_group(buyer))
    asked(buyer, "supplier", SUPPLIER)
    assert supplier_of(buyer, SUPPLIER) is None or path == "/suppliers/*"
    later(buyer)
    assert buyer.transfer("supplier_group", 7).state == TRANSFERRED
    assert buyer.transfer("supplier", SUPPLIER).state == TRANSFERRED
    rows = buyer.systems.economic.store.all(AGREEMENT, "suppliers")
    assert [row["supplierNumber"] for row in rows].count(SUPPLIER) == 1


def test_one_that_was_deleted_in_economic_is_made_again(buyer: Company) -> None:
    asked(buyer, "supplier", new_supplier(buyer))
    buyer.systems.economic.store.delete(AGREEMENT, "suppliers", SUPPLIER)
    assert refused(buyer) == (TRANSFERRED, "record_made_again")
    assert supplier_of(buyer, SUPPLIER) is not None


@pytest.mark.parametrize("path", ["/suppliers/*", "/suppliersapi/*"])
def test_a_right_that_the_app_lacks_is_told_and_given(buyer: Company, path: str) -> None:
    """D14: neither the supplier nor its group is written, and nothing is half-done."""
    new_supplier(buyer, group=new_group(buyer))
    buyer.systems.economic.faults.set(Fault("closed", path=path, times=99, status=403))
    asked(buyer, "supplier", SUPPLIER)
    later(buyer)  # a single 401 or 403 is asked for once more
    transfer = buyer.transfer("supplier", SUPPLIER)
    root = buyer.transfer("supplier_group", 7) if path == "/suppliersapi/*" else transfer
    assert (root.state, root.code) == (NEEDS, "access_denied")
    assert (transfer.state, transfer.code) == (
        (NEEDS, "supplier_group_not_transferred") if root.kind == "supplier_group" else (NEEDS, "access_denied")
    )
    assert supplier_of(buyer, SUPPLIER) is None
    buyer.systems.economic.faults.clear()
    asked(buyer, root.kind, root.key)
    assert buyer.transfer("supplier", SUPPLIER).state == TRANSFERRED


def test_a_revoked_grant_pauses_and_keeps_the_queue(buyer: Company) -> None:
    """D21: what was asked for meanwhile goes through when the grant is there again."""
    buyer.systems.admin("economic", "grants/revoke", agreement=AGREEMENT)
    new_supplier(buyer, group=new_group(buyer))
    asked(buyer, "supplier", SUPPLIER)
    later(buyer)
    buyer.agreement.refresh_from_db()
    assert buyer.agreement.state == AgreementState.GONE
    assert supplier_of(buyer, SUPPLIER) is None
    buyer.systems.admin("economic", "grants/revoke", agreement=AGREEMENT, revoked=False)
    buyer.agreement.state = AgreementState.ACTIVE
    buyer.agreement.save()
    later(buyer)
    assert buyer.transfer("supplier", SUPPLIER).state == TRANSFERRED
    assert supplier_of(buyer, SUPPLIER) is not None
