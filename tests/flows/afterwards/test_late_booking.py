"""A booking that comes later than its draft: only what we made is booked by us (domain-rules H29)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.agreements.approvals import DOCUMENT, approve
from lagerbro.agreements.models import Approval
from lagerbro.agreements.scope import agreement_scope
from lagerbro.books.totals import Amounts
from lagerbro.economic.invoice_types import NewDraft
from lagerbro.flows.customer_invoices.changes import changes_in, is_significant
from lagerbro.flows.field_changes import SHOWN_MAX, TEXT_MAX, FieldChange, listed_changes
from lagerbro.sync.decisions.acknowledged import facts_of, record_of
from lagerbro.sync.decisions.making_again import make_again
from lagerbro.sync.models import Intent, Link, TransferState
from lagerbro.sync.runtime import Runtime
from lagerbro.wire.numbers import decode, decode_builtins, encode
from lagerbro_sandbox.kernel.faults.dirt import Dirt, Kind
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.sandboxes import Sandboxes, nordlys
from tests.simulation.scene import PERSONS_DRAFT
from tests.world import Company

NEEDS = TransferState.NEEDS_YOU
AGREEMENT = nordlys().agreement_number
Edit = Callable[[dict[str, Any]], None]


def bar(company: Company, *, barred: bool) -> None:
    company.systems.admin("economic", "bar", agreement=AGREEMENT, kind="customers", key="10001", barred=barred)


def held(company: Company) -> tuple[int, str]:
    """A draft of ours that waits for its barred customer: the invoice's number and the draft's path."""
    company.invoiced(
        company.systems.invoice({"item_id": "NL-100", "quantity": 1}, {"item_id": "BK-101", "quantity": 1})
    )
    bar(company, barred=True)
    company.systems.economic.faults.set(Fault("bar", method="PUT", path="/invoices/booked/*", status=400))
    number = company.systems.invoice()
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    return number, f"/invoices/drafts/{draft['draftInvoiceNumber']}"


def edit(company: Company, path: str, change: Edit) -> None:
    body = company.systems.in_economic("GET", path)
    change(body)
    company.systems.in_economic("PUT", path, body)


def set_zone(body: dict[str, Any]) -> None:
    body["recipient"]["vatZone"] = {"vatZoneNumber": 3}


def other_product(body: dict[str, Any]) -> None:
    body["lines"][0]["product"] = {"productNumber": "BK-101"}


def next_year(body: dict[str, Any]) -> None:
    body["date"] = "2027-01-04"


def other_terms(body: dict[str, Any]) -> None:
    body["paymentTerms"] = {"paymentTermsNumber": 2}


def discount_and_price(body: dict[str, Any]) -> None:
    line = body["lines"][0]
    line["unitNetPrice"], line["discountPercentage"] = line["unitNetPrice"] * 2, 50


def other_text(body: dict[str, Any]) -> None:
    body["lines"][0]["description"] = "Noget andet"


def text_line(body: dict[str, Any]) -> None:
    body["lines"].append({"lineNumber": 2, "description": "Tak for handlen"})


EDITED = ("date", "recipient", "lines", "paymentTerms")
EDITS = {
    "recipient.vatZone.vatZoneNumber": set_zone,
    "lines.1.product.productNumber": other_product,
    "date": next_year,
    "paymentTerms.paymentTermsNumber": other_terms,
    "lines.1.discountPercentage": discount_and_price,
    "lines.1.description": other_text,
    "lines": text_line,
}


@pytest.mark.parametrize("field", EDITS)
def test_a_held_draft_that_somebody_changed_is_never_booked_by_itself(company: Company, field: str) -> None:
    number, path = held(company)
    before = company.systems.in_economic("GET", path)
    edit(company, path, EDITS[field])
    bar(company, barred=False)
    entries = company.systems.entries()
    for _ in range(2):
        transfer = company.invoiced(number)
        assert (transfer.state, transfer.code) == (NEEDS, "draft_changed")
        assert field in [row.split("\t")[0] for row in transfer.details["changes"].split("\n")]
    assert company.systems.entries() == entries
    edit(
        company, path, lambda body: body.update({k: before[k] for k in ("date", "recipient", "lines", "paymentTerms")})
    )
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert [row["bookedInvoiceNumber"] for row in company.systems.booked()] == [number - 1, number]
    assert company.systems.drafts() == []


def test_another_rate_at_the_same_amount_is_a_change(company: Company) -> None:
    company.systems.economic.faults.set(Fault("down", method="PUT", path="/invoices/booked/*", status=400))
    number = company.systems.invoice({"item_id": "NL-100", "quantity": 1, "line_price": "250.00"}, customer=10050)
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    edit(company, f"/invoices/drafts/{draft['draftInvoiceNumber']}", lambda body: body.update(exchangeRate=500))
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (NEEDS, "draft_changed")
    assert transfer.details["changes"].startswith("exchangeRate\t746\t500")
    assert company.systems.booked() == []


def test_an_untouched_draft_is_booked_as_soon_as_what_held_it_is_mended(company: Company) -> None:
    number, _ = held(company)
    bar(company, barred=False)
    transfer = company.invoiced(number)
    assert transfer.state == TransferState.TRANSFERRED
    read = [call for call in company.calls(transfer) if call.startswith("GET /invoices/drafts/")]
    assert len(read) == 1  # the draft, whole, once


def test_a_draft_that_is_found_after_a_lost_answer_is_compared_too(company: Company) -> None:
    company.invoiced(company.systems.invoice({"item_id": "BK-101", "quantity": 1}))
    company.systems.economic.faults.set(Fault("lost", method="POST", path="/invoices/drafts", lose_answer=True))
    number = company.systems.invoice()
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    edit(company, f"/invoices/drafts/{draft['draftInvoiceNumber']}", other_product)
    for _ in range(3):
        company.systems.clock.sleep_s(60)
        company.drain()
    transfer = company.transfer("customer_invoice", number)
    assert (transfer.state, transfer.code) == (NEEDS, "draft_changed")
    assert (len(company.systems.booked()), len(company.systems.drafts())) == (1, 1)


def test_a_strangers_draft_under_our_number_is_not_told_as_ours(company: Company) -> None:
    """Within the moment between draft and booking somebody deletes ours and gets its number: the answer tells."""
    systems = company.systems

    def between(name: str) -> None:
        if name == "customer_invoice.book.decided":
            (draft,) = systems.drafts()
            systems.in_economic("DELETE", f"/invoices/drafts/{draft['draftInvoiceNumber']}")
            lines = [{"product": {"productNumber": "NL-100"}, "quantity": 1, "unitNetPrice": 5}]
            theirs = {**PERSONS_DRAFT, "customer": {"customerNumber": 10002}, "lines": lines}
            systems.in_economic("POST", "/invoices/drafts", theirs)

    company.invoiced(systems.invoice(customer=10002))
    whole = company.runtime
    company.runtime = replace(whole, failpoint=between)
    number = systems.invoice()
    transfer = company.invoiced(number)
    company.runtime = whole
    assert (transfer.state, transfer.code) == (NEEDS, "foreign_draft_booked")
    assert transfer.details == {"draft": "1", "booked": str(number), "customer": "10002"}
    with agreement_scope(company.agreement.pk):
        assert not Link.in_scope.filter(kind="customer_invoice", rackbeat_key=str(number)).exists()
    entries = company.systems.entries()
    assert company.invoiced(number).code == "foreign_draft_booked"
    assert company.systems.entries() == entries


def booked_by_a_person(company: Company, draft: dict[str, Any]) -> dict[str, Any]:
    ours = {"draftInvoiceNumber": draft["draftInvoiceNumber"]}
    return company.systems.in_economic("POST", "/invoices/booked", {"draftInvoice": ours})


def between_draft_and_booking(company: Company, act: Callable[[dict[str, Any]], object]) -> Runtime:
    """Something is done to our draft in the moment before we book it; answers the runtime without that."""

    def between(name: str) -> None:
        if name == "customer_invoice.book.decided":
            (draft,) = company.systems.drafts()
            act(draft)

    whole = company.runtime
    company.runtime = replace(whole, failpoint=between)
    return whole


def test_a_draft_that_a_person_books_in_the_very_moment_is_adopted_and_not_told_as_deleted(company: Company) -> None:
    company.invoiced(company.systems.invoice())
    whole = between_draft_and_booking(company, lambda draft: booked_by_a_person(company, draft))
    number = company.systems.invoice()
    transfer = company.invoiced(number)
    company.runtime = whole
    (_, booked) = company.systems.booked()
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    entries = company.systems.entries()
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert (company.systems.entries(), len(company.systems.booked())) == (entries, 2)
    assert booked["netAmount"] == 3196


def test_a_draft_that_is_deleted_in_the_very_moment_is_told_as_gone_and_made_again_when_asked(company: Company) -> None:
    company.invoiced(company.systems.invoice())
    whole = between_draft_and_booking(
        company,
        lambda draft: company.systems.in_economic("DELETE", f"/invoices/drafts/{draft['draftInvoiceNumber']}"),
    )
    number = company.systems.invoice()
    assert company.invoiced(number).code == "draft_gone"
    company.runtime = whole
    assert len(company.systems.booked()) == 1
    with agreement_scope(company.agreement.pk):
        now = company.systems.clock.now()
        assert make_again(company.agreement, company.transfer("customer_invoice", number), by="Mette", at=now)
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    assert [row["bookedInvoiceNumber"] for row in company.systems.booked()] == [number - 1, number]


def other_customer(body: dict[str, Any]) -> None:
    body["customer"] = {"customerNumber": 10002}


@pytest.mark.parametrize("held_back", [True, False], ids=["held", "to be a draft"])
def test_a_draft_whose_reference_was_written_over_is_not_told_as_gone(company: Company, held_back: bool) -> None:
    """Told so, it would be made a second time, and billed twice when somebody books the first."""
    company.decide(book_on_booking=held_back)
    company.invoiced(company.systems.invoice(customer=10002))
    if held_back:
        company.systems.economic.faults.set(Fault("no", method="PUT", path="/invoices/booked/*", status=400))
    number = company.systems.invoice()
    company.invoiced(number)
    draft = company.systems.drafts()[-1]
    path = f"/invoices/drafts/{draft['draftInvoiceNumber']}"
    entries, drafts = company.systems.entries(), len(company.systems.drafts())
    edit(company, path, lambda body: body["references"].update(other="Rekvisition 88"))
    for _ in range(2):
        transfer = company.invoiced(number)
        assert (transfer.state, transfer.code) == (NEEDS, "draft_unmarked")
        assert transfer.details == {"draft": str(draft["draftInvoiceNumber"]), "mark": f"RB-{number}"}
    with agreement_scope(company.agreement.pk):
        assert not make_again(company.agreement, transfer, by="Mette", at=company.systems.clock.now())
    assert (company.systems.entries(), len(company.systems.drafts())) == (entries, drafts)
    edit(company, path, lambda body: body["references"].update(other=f"Rekvisition 88 · RB-{number}"))
    transfer = company.invoiced(number)
    if held_back:  # its text is another than we sent, so a person has to say that it is right
        assert (transfer.state, transfer.code) == (NEEDS, "draft_changed")
        edit(company, path, lambda body: body["references"].update(other=f"RB-{number}"))
        transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == ("transferred" if held_back else "drafted", "")


@pytest.mark.parametrize("held_back", [True, False], ids=["held", "to be a draft"])
def test_another_customer_on_our_draft_is_a_change_and_not_a_draft_that_is_gone(
    company: Company, held_back: bool
) -> None:
    company.decide(book_on_booking=held_back)
    company.invoiced(company.systems.invoice(customer=10002))
    if held_back:
        company.systems.economic.faults.set(Fault("no", method="PUT", path="/invoices/booked/*", status=400))
    number = company.systems.invoice()
    company.invoiced(number)
    draft = company.systems.drafts()[-1]
    edit(company, f"/invoices/drafts/{draft['draftInvoiceNumber']}", other_customer)
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (NEEDS, "draft_changed" if held_back else "draft_edited")
    assert "customer.customerNumber\t10001\t10002" in transfer.details["changes"]
    booked = booked_by_a_person(company, draft)
    entries = company.systems.entries()
    for _ in range(2):
        transfer = company.invoiced(number)
        assert (transfer.state, transfer.code) == (NEEDS, "booked_for_another")
    told = {"number": str(booked["bookedInvoiceNumber"]), "wanted": "10001", "customer": "10002"}
    assert {name: value for name, value in transfer.details.items() if name in told} == told
    assert company.systems.entries() == entries


def test_a_held_draft_that_a_person_books_or_changes_is_noticed_by_the_look_at_the_drafts(company: Company) -> None:
    number, path = held(company)
    edit(company, path, lambda body: body["lines"][0].update(unitNetPrice=180))
    company.systems.clock.sleep_s(3601)
    company.drain()
    assert company.transfer("customer_invoice", number).code == "draft_changed"
    bar(company, barred=False)
    booked_by_a_person(company, company.systems.drafts()[0])
    company.systems.clock.sleep_s(3601)
    company.drain()
    transfer = company.transfer("customer_invoice", number)
    assert (transfer.state, transfer.code) == (NEEDS, "booked_otherwise")
    asked = transfer.asked
    company.systems.clock.sleep_s(7300)
    company.drain()
    assert company.transfer("customer_invoice", number).asked == asked


def test_a_draft_that_is_changed_is_noticed_by_the_look_at_the_drafts_and_told_with_both_amounts(
    company: Company,
) -> None:
    company.decide(book_on_booking=False)
    number = company.systems.invoice()
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    edit(company, f"/invoices/drafts/{draft['draftInvoiceNumber']}", lambda b: b["lines"][0].update(unitNetPrice=180))
    for _ in range(3):
        company.systems.clock.sleep_s(3601)
        company.drain()
    transfer = company.transfer("customer_invoice", number)
    assert (transfer.state, transfer.code, transfer.asked) == (NEEDS, "net_differs", 2)
    with agreement_scope(company.agreement.pk):
        assert Link.in_scope.get(kind="customer_invoice").amounts()[1].net == 180
    edit(company, f"/invoices/drafts/{draft['draftInvoiceNumber']}", lambda b: b["lines"][0].update(unitNetPrice=3196))
    company.systems.clock.sleep_s(3601)
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.DRAFTED


@pytest.mark.parametrize("how", ["missing", "null"])
@pytest.mark.parametrize("field", ["other", "bookedInvoiceNumber"])
def test_an_answer_that_lost_a_field_on_the_way_is_no_strangers(company: Company, field: str, how: Kind) -> None:
    """What stands in e-conomic decides, not one garbled answer."""
    company.systems.economic.faults.set(
        Fault("dirt", method="PUT", path="/invoices/booked/*", dirt=Dirt(how, field=field))
    )
    number = company.systems.invoice()
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert [row["bookedInvoiceNumber"] for row in company.systems.booked()] == [number]
    with agreement_scope(company.agreement.pk):
        assert Link.in_scope.get(kind="customer_invoice").economic_key == str(number)


def test_what_a_person_changed_and_booked_is_told_with_both_sides_as_they_are(company: Company) -> None:
    company.decide(book_on_booking=False)
    number = company.systems.invoice()
    assert company.invoiced(number).state == TransferState.DRAFTED
    (draft,) = company.systems.drafts()
    path = f"/invoices/drafts/{draft['draftInvoiceNumber']}"
    edit(company, path, lambda body: body["lines"][0].update(unitNetPrice=180))
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (NEEDS, "net_differs")
    with agreement_scope(company.agreement.pk):
        ours, theirs = Link.in_scope.get(kind="customer_invoice").amounts()
    assert (ours.net, theirs.net) == (Decimal("3196.00"), Decimal("180.00"))
    company.systems.in_economic("POST", "/invoices/booked", {"draftInvoice": draft})
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (NEEDS, "booked_otherwise")
    assert (transfer.details["ours"], transfer.details["theirs"]) == ("3995.00", "225.00")
    assert company.invoiced(number).code == "booked_otherwise"


def test_a_draft_that_is_booked_by_hand_is_told_so(company: Company) -> None:
    company.decide(book_on_booking=False, number_taken="next")
    number = company.systems.invoice()
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    company.systems.in_economic("POST", "/invoices/booked", {"draftInvoice": draft, "bookWithNumber": 5001})
    for _ in range(2):
        transfer = company.invoiced(number)
        assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "booked_by_hand")
        assert (transfer.details["wanted"], transfer.details["got"]) == (str(number), "5001")


def test_a_polished_text_does_not_trouble_whoever_books_by_hand(company: Company) -> None:
    company.decide(book_on_booking=False)
    number = company.systems.invoice()
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    edit(company, f"/invoices/drafts/{draft['draftInvoiceNumber']}", other_text)
    assert company.invoiced(number).state == TransferState.DRAFTED


def test_a_limit_that_is_raised_lets_the_held_draft_through(company: Company) -> None:
    company.decide(vat_rounding_limit="0.00")
    line = {"item_id": "NL-100", "quantity": 1, "line_price": "50.00", "vat_percentage": "24.99"}
    number = company.systems.invoice(line, line)
    assert company.invoiced(number).code == "vat_rounding_too_large"
    company.decide(vat_rounding_limit="0.50")
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "vat_rounding")
    assert [row["bookedInvoiceNumber"] for row in company.systems.booked()] == [number]


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)
cents = st.decimals(-9999, 9999, places=2)


@pytest.fixture(scope="module")
def standing() -> Iterator[Sandboxes]:
    """Both systems with a customer and a product in e-conomic."""
    made = Sandboxes.made()
    group, terms, zone = {"customerGroupNumber": 1}, {"paymentTermsNumber": 1}, {"vatZoneNumber": 1}
    customer = {"name": "X", "currency": "DKK", "customerGroup": group, "paymentTerms": terms, "vatZone": zone}
    made.in_economic("PUT", "/customers/10001", {"customerNumber": 10001, **customer})
    product = {"name": "Y", "productGroup": {"productGroupNumber": 1}}
    made.in_economic("PUT", "/products/NL-100", {"productNumber": "NL-100", **product})
    yield made
    made.close()


@given(data=st.data())
def test_what_we_send_is_what_stands_until_somebody_changes_it(standing: Sandboxes, data: st.DataObject) -> None:
    """Whatever lines and texts: e-conomic's own answer never looks like a change."""
    systems = standing
    lines = data.draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "description": texts,
                    "product": st.just({"productNumber": "NL-100"}),
                    "quantity": cents,
                    "unitNetPrice": cents,
                },
                optional={"discountPercentage": st.decimals(0, 100, places=2)},
            ),
            max_size=5,
        )
    )
    numbered = [{"lineNumber": position, **line} for position, line in enumerate(lines, 1)]
    body = {
        **PERSONS_DRAFT,
        "customer": {"customerNumber": 10001},
        "recipient": {"name": data.draw(texts), "vatZone": {"vatZoneNumber": 1}, "address": data.draw(texts)},
        "references": {"other": data.draw(texts)},
        "lines": numbered,
    }
    sent = decode(encode(body), NewDraft)
    made = systems.in_economic("POST", "/invoices/drafts", decode_builtins(encode(sent)))
    record = decode_builtins(encode(systems.in_economic("GET", f"/invoices/drafts/{made['draftInvoiceNumber']}")))
    systems.in_economic("DELETE", f"/invoices/drafts/{made['draftInvoiceNumber']}")
    exact = {key: Decimal(str(value)) for key, value in record.items() if isinstance(value, float | int | Decimal)}
    answered = Amounts(exact["netAmount"], exact["vatAmount"], exact["grossAmount"])
    assert changes_in(sent, answered, record) == []


@given(st.lists(st.builds(FieldChange, st.text(), st.text(), st.text()), max_size=30))
def test_changes_fit_into_the_details_and_come_apart_again(found: list[FieldChange]) -> None:
    rows = [row.split("\t") for row in listed_changes(found).split("\n")] if found else []
    assert all(len(row) == 3 and all(len(part) <= TEXT_MAX for part in row) for row in rows)
    assert len(rows) <= SHOWN_MAX


def test_texts_do_not_matter_to_the_books() -> None:
    assert not is_significant(FieldChange("lines.1.description", "a", "b"))
    assert all(
        is_significant(FieldChange(field, "1", "2")) for field in ("date", "lines.1.quantity", "exchangeRate", "lines")
    )


def test_the_body_that_was_sent_is_what_is_compared(company: Company) -> None:
    """A setting that was changed since is no change of somebody's in e-conomic."""
    number, _ = held(company)
    with agreement_scope(company.agreement.pk):
        made = Intent.in_scope.get(transfer__key=str(number), step="draft")
    company.decide(use_actual_quantity=False, default_layout=2)
    bar(company, barred=False)
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert '"layoutNumber":1' in made.request


DECIDING: dict[str, tuple[Edit, str]] = {
    "zone": (
        lambda body: body["recipient"]["vatZone"].update(vatZoneNumber=3),
        "recipient.vatZone.vatZoneNumber\t1\t3",
    ),
    "date": (lambda body: body.update(date="2026-11-23"), "date\t2026-11-24\t2026-11-23"),
    "product": (
        lambda body: body["lines"][0].update(product={"productNumber": "BK-101"}),
        "lines.1.product.productNumber\tNL-100\tBK-101",
    ),
}


@pytest.mark.parametrize("name", sorted(DECIDING))
def test_a_draft_that_was_changed_at_the_same_amount_and_booked_by_hand_is_told(company: Company, name: str) -> None:
    company.invoiced(company.systems.invoice({"item_id": "BK-101", "quantity": 1}))
    company.decide(book_on_booking=False)
    free = {"item_id": "NL-100", "quantity": 1, "line_price": "0.00", "vat_percentage": "0"}
    number = company.systems.invoice(free)
    assert company.invoiced(number).state == TransferState.DRAFTED
    (draft,) = company.systems.drafts()
    change, row = DECIDING[name]
    edit(company, f"/invoices/drafts/{draft['draftInvoiceNumber']}", change)
    company.systems.in_economic("POST", "/invoices/booked", {"draftInvoice": draft})
    for _ in range(2):  # asked for again, it is told again
        transfer = company.invoiced(number)
        assert (transfer.state, transfer.code) == (NEEDS, "booked_edited")
        assert row in transfer.details["changes"].split("\n")
    assert len(company.systems.booked()) == 2


def test_what_was_called_right_as_a_draft_is_not_asked_about_when_it_is_booked(company: Company) -> None:
    company.decide(book_on_booking=False)
    free = {"item_id": "NL-100", "quantity": 1, "line_price": "0.00", "vat_percentage": "0"}
    number = company.systems.invoice(free)
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    edit(company, f"/invoices/drafts/{draft['draftInvoiceNumber']}", DECIDING["date"][0])
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (NEEDS, "draft_edited")
    with agreement_scope(company.agreement.pk):
        word = {"approved_by": "test", "approved_at": company.systems.clock.now(), "document": str(number)}
        facts = facts_of(transfer.code, transfer.details)
        kept = Approval(kind=DOCUMENT, key=record_of(transfer), facts=facts, code=transfer.code, details={}, **word)
        approve(company.agreement, kept)
    assert company.invoiced(number).state == TransferState.DRAFTED
    company.systems.in_economic("POST", "/invoices/booked", {"draftInvoice": draft})
    transfer = company.invoiced(number)
    assert transfer.state == TransferState.TRANSFERRED
    assert transfer.code in ("", "booked_by_hand")


def test_one_that_nobody_changed_is_taken_over_without_a_word(company: Company) -> None:
    company.decide(book_on_booking=False)
    number = company.systems.invoice()
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    edit(company, f"/invoices/drafts/{draft['draftInvoiceNumber']}", other_text)
    company.systems.in_economic("PUT", f"/invoices/booked/{number}", {"draftInvoice": draft})
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code, transfer.details) == (TransferState.TRANSFERRED, "", {})
