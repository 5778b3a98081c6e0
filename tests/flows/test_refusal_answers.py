"""What e-conomic said when it refused is kept beside our own name for the cause: one may be right where the other is
not, and whoever reads sees both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.flows.economic_refusals import MESSAGE_MAX, economic_refused, refusal_with_cause, with_answer
from lagerbro.sync.models import TransferState
from lagerbro.sync.outcome import Refusal
from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.details import QUOTED_MAX
from lagerbro.web.sentences.words import message_of
from lagerbro.web.status.messages import message_for
from lagerbro.wire.errors import ErrorAnswer, FailureKind, FieldError, InvalidError
from lagerbro_sandbox.kernel.http import Core, Request, Response
from lagerbro_sandbox.kernel.json import to_json
from tests.sandboxes import nordlys
from tests.world import Company

AGREEMENT = nordlys().agreement_number
SAYS = {"da": "e-conomic svarede: “{}”.", "en": "e-conomic answered: “{}”."}


def why(company: Company, kind: str, key: object, language: str) -> str:
    with override(language):
        told = message_for(company.transfer(kind, key), is_overdue=False)
    assert told is not None
    return told.why


def asked(company: Company, kind: str, key: object) -> Any:
    company.ask(kind, key)
    company.drain()
    return company.transfer(kind, key)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "key", "register", "field", "code"),
    [
        ("customer", "10001", "customer-groups", "customerGroup.customerGroupNumber", "customer_group_missing"),
        ("product", "NL-100", "product-groups", "productGroup.productGroupNumber", "product_group_missing"),
    ],
)
def test_both_reasons_stand_and_go_when_the_cause_does(
    company: Company, kind: str, key: str, register: str, field: str, code: str
) -> None:
    asked(company, kind, key)
    economic = company.systems.economic.store
    outer, inner = field.split(".")
    record = economic.get(AGREEMENT, f"{kind}s", key)
    assert record is not None
    number = str(record[outer][inner])
    saved = economic.get(AGREEMENT, register, number)
    assert saved is not None
    economic.delete(AGREEMENT, register, number)
    company.systems.in_rackbeat("PUT", f"{kind}s/{key}", {"name": "Et andet navn"})
    stuck = asked(company, kind, key)
    assert (stuck.state, stuck.code) == (TransferState.NEEDS_YOU, code)
    said = stuck.details["said"]
    assert said
    assert stuck.details["system"] == "e-conomic"
    for language, form in SAYS.items():
        told = why(company, kind, key, language)
        assert number in told
        assert told.endswith(f" {form.format(said.rstrip('.'))}")
    economic.put(AGREEMENT, register, number, saved)
    after = asked(company, kind, key)
    assert (after.state, after.code, after.details) == (TransferState.TRANSFERRED, "", {})


@pytest.mark.django_db
def test_a_number_that_is_taken_is_told_with_what_economic_said(company: Company) -> None:
    number = company.systems.invoice()
    company.systems.economic.store.put(AGREEMENT, "booked", number, {"bookedInvoiceNumber": number})
    stuck = company.invoiced(number)
    assert stuck.code == "number_taken"
    assert "E06010" in stuck.details["message"]
    for language, form in SAYS.items():
        assert why(company, "customer_invoice", number, language).endswith(
            form.format(stuck.details["said"].rstrip("."))
        )


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["The customer may not be invoiced.", ""])
def test_a_server_error_at_booking_whose_cause_we_found_keeps_its_own_words(company: Company, said: str) -> None:
    """Some refusals of a booking come as a bare 500 (economic-api 7.2)."""
    company.ask("customer", 10001)
    company.drain()
    company.systems.admin("economic", "bar", agreement=AGREEMENT, kind="customers", key=10001, barred=True)
    core = company.systems.to_economic._core
    company.systems.to_economic._core = Failing(core, said)
    number = company.systems.invoice()
    stuck = company.invoiced(number)
    assert (stuck.state, stuck.code, stuck.details.get("said", "")) == (
        TransferState.NEEDS_YOU,
        "customer_barred",
        said,
    )
    assert said in stuck.details.get("message", "")
    assert company.systems.booked() == []
    assert said.rstrip(".") in why(company, "customer_invoice", number, "da")
    company.systems.to_economic._core = core
    company.systems.admin("economic", "bar", agreement=AGREEMENT, kind="customers", key=10001, barred=False)
    company.systems.clock.sleep_s(120)
    after = company.invoiced(number)
    assert (after.state, after.code, after.details) == (TransferState.TRANSFERRED, "", {})
    assert len(company.systems.booked()) == 1


@dataclass(frozen=True)
class Failing:
    """e-conomic that answers every booking with 500, and does nothing."""

    core: Core
    said: str

    def handle(self, request: Request) -> Response:
        if request.path.startswith("/invoices/booked") and request.method in ("PUT", "POST"):
            body = {"message": self.said, "errorCode": "E00500", "httpStatusCode": 500} if self.said else {}
            return Response(500, {"content-type": "application/json"}, to_json(body))
        return self.core.handle(request)

    def failing(self, request: Request, status: int) -> Response:
        return self.core.failing(request, status)

    def close(self) -> None:
        self.core.close()


def refusal(said: str) -> InvalidError:
    return InvalidError("PUT /customers/1: 400", ErrorAnswer(status=400, message=said))


@given(st.text(max_size=400), st.sampled_from(sorted(SENTENCES)), st.sampled_from(["da", "en"]))
def test_whatever_was_said_stands_once_and_quoted_in_every_sentence(said: str, code: str, language: str) -> None:
    named = with_answer(Refusal(code, FailureKind.CONFIG, group="7"), refusal(said))
    assert (named.code, named.kind, named.details["group"]) == (code, FailureKind.CONFIG, "7")
    assert named.details.get("said", "") == said
    with override(language):
        told = message_of(SENTENCES[code], code, "10001", named.details)
    shown = " ".join(said.split()).rstrip(".")[: QUOTED_MAX - 1].rstrip()
    assert shown in f"{told.what} {told.why}"
    if not shown:
        assert "e-conomic svarede" not in told.why
        assert "e-conomic answered" not in told.why


def test_the_first_name_wins_and_without_any_its_own_words_stand() -> None:
    first, second = Refusal("zone_unknown"), Refusal("year_missing")
    error = InvalidError("x", ErrorAnswer(status=400, errors=(FieldError("a", "Nej."), FieldError("b", "Nej."))))
    found = refusal_with_cause(error, FailureKind.CONFIG, None, first, second)
    assert (found.code, found.details["said"]) == ("zone_unknown", "Nej.")
    bare = refusal_with_cause(error, FailureKind.REFUSED, None)
    assert (bare.code, bare.kind, bare.details["said"]) == ("economic_refused", FailureKind.REFUSED, "Nej.")
    long = economic_refused(refusal("x" * 5000), FailureKind.CONFIG)
    assert len(with_answer(first, refusal("x" * 5000)).details["said"]) == MESSAGE_MAX
    assert long.details["system"] == "e-conomic"
