"""A record with any field missing or too long goes through or is told by name, and nothing of it is half-written."""

from __future__ import annotations

from typing import Any, Final

import pytest
from django.utils.translation import override

from lagerbro.sync.models import TransferState
from lagerbro.web.status.messages import message_for
from tests.sandboxes import Json, nordlys
from tests.world import Company

AGREEMENT, ACCOUNT = nordlys().agreement_number, nordlys().rackbeat_account_id
KEYS: Final = {"customer": "10001", "product": "NL-100"}
LONG: Final = "x" * 5000
BAD: Final = {"missing": None, "empty": "", "too long": LONG}
NAMED: Final = frozenset(
    {"customer_without_name", "customer_without_group", "payment_terms_not_chosen", "zone_unknown", "ean_unusable"}
    | {"product_without_group", "value_unusable", "value_missing", "asked_by_another_number"}
)
pytestmark = pytest.mark.django_db


def asked(company: Company, kind: str) -> Any:
    company.ask(kind, KEYS[kind])
    company.drain()
    company.systems.clock.sleep_s(5)
    return company.transfer(kind, KEYS[kind])


def in_economic(company: Company, kind: str) -> Json | None:
    found = company.systems.economic.store.get(AGREEMENT, f"{kind}s", KEYS[kind])
    return None if found is None else {name: value for name, value in found.items() if name != "lastUpdated"}


@pytest.mark.parametrize("how", BAD)
@pytest.mark.parametrize("kind", KEYS)
def test_any_field(company: Company, kind: str, how: str) -> None:
    store = company.systems.rackbeat.store
    whole = store.get(ACCOUNT, f"{kind}s", KEYS[kind])
    assert whole is not None
    assert asked(company, kind).state == TransferState.TRANSFERRED
    for name in [one for one in whole if one not in ("number", "id", "updated_at", "created_at")]:
        before = in_economic(company, kind)
        store.put(ACCOUNT, f"{kind}s", KEYS[kind], {**whole, name: BAD[how]})
        transfer = asked(company, kind)
        if transfer.state != TransferState.TRANSFERRED:
            assert transfer.code in NAMED, (name, transfer.code, transfer.details)
            assert in_economic(company, kind) == before, name
            for language in ("da", "en"):
                with override(language):
                    told = message_for(transfer, is_overdue=False)
                assert told is not None
                assert told.why
                assert told.do
        store.put(ACCOUNT, f"{kind}s", KEYS[kind], whole)
        assert asked(company, kind).state == TransferState.TRANSFERRED, name


@pytest.mark.parametrize("country", ["Ruritanien", "??", LONG])
def test_a_country_that_nobody_knows_is_sent_as_it_is_written_and_holds_nothing(company: Company, country: str) -> None:
    store = company.systems.rackbeat.store
    whole = store.get(ACCOUNT, "customers", KEYS["customer"])
    assert whole is not None
    store.put(ACCOUNT, "customers", KEYS["customer"], {**whole, "address_country": country})
    assert asked(company, "customer").state == TransferState.TRANSFERRED
    record = in_economic(company, "customer")
    assert record is not None
    assert record["country"] == (country if len(country) <= 50 else f"{country[:49]}…")
