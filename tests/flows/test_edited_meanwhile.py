"""Between our reading of a record in e-conomic and our writing of it somebody may edit it, and e-conomic may keep
something else than what was sent: theirs is not lost, and what is otherwise is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.agreements.approvals import DOCUMENT, approve
from lagerbro.agreements.models import Approval
from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.record_changes import EDITED, NOT_TAKEN, deviation_reasons, edit_reasons, needs_person
from lagerbro.sync.decisions.acknowledged import facts_of, record_of
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.web.status.messages import message_for
from lagerbro_sandbox.kernel.http import Core, Request, Response
from tests.sandboxes import nordlys
from tests.world import Company

AGREEMENT = nordlys().agreement_number
RECORDS = [("customer", "10001", "name", "address_city", "city"), ("product", "NL-100", "name", "barcode", "barCode")]


@dataclass
class WatchedCore:
    """Answers as `core` does; what is planned for the nth request `METHOD path` is done right after it was answered."""

    core: Core
    plans: dict[tuple[str, int], Callable[[], None]] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def handle(self, request: Request) -> Response:
        answer = self.core.handle(request)
        place = f"{request.method} {request.path}"
        self.seen[place] = self.seen.get(place, 0) + 1
        plan = self.plans.get((place, self.seen[place]))
        if plan is not None:
            plan()
        return answer

    def failing(self, request: Request, status: int) -> Response:
        return self.core.failing(request, status)

    def close(self) -> None:
        self.core.close()


def record_of_economic(company: Company, kind: str, key: str) -> dict[str, Any]:
    found = company.systems.economic.store.get(AGREEMENT, f"{kind}s", key)
    assert found is not None
    return found


def edit(company: Company, kind: str, key: str, **fields: Any) -> None:
    path = f"/{kind}s/{key}"
    company.systems.in_economic("PUT", path, {**company.systems.in_economic("GET", path), **fields})


def asked(company: Company, kind: str, key: str) -> Transfer:
    company.ask(kind, key)
    company.drain()
    return company.transfer(kind, key)


def watched(company: Company, plans: dict[tuple[str, int], Callable[[], None]]) -> None:
    company.systems.to_economic._core = WatchedCore(company.systems.economic, plans)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "key", "name", "ours", "theirs"), RECORDS)
def test_what_somebody_changes_meanwhile_is_kept_where_it_is_theirs(
    company: Company, kind: str, key: str, name: str, ours: str, theirs: str
) -> None:
    del name
    asked(company, kind, key)
    company.systems.in_rackbeat("PUT", f"{kind}s/{key}", {ours: "Kolding"})
    watched(company, {(f"GET /{kind}s/{key}", 1): lambda: edit(company, kind, key, barred=True)})
    after = asked(company, kind, key)
    assert (after.state, after.code, after.details) == (TransferState.TRANSFERRED, "", {})
    found = record_of_economic(company, kind, key)
    assert (found["barred"], found[theirs]) == (True, "Kolding")


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "key", "name", "ours", "theirs"), RECORDS)
def test_what_is_written_over_is_told_with_both_values(
    company: Company, kind: str, key: str, name: str, ours: str, theirs: str
) -> None:
    asked(company, kind, key)
    before = record_of_economic(company, kind, key)["name"]
    company.systems.in_rackbeat("PUT", f"{kind}s/{key}", {ours: "Kolding"})
    watched(company, {(f"GET /{kind}s/{key}", 1): lambda: edit(company, kind, key, name="Nyt navn")})
    after = asked(company, kind, key)
    assert (after.state, after.code) == (TransferState.TRANSFERRED, EDITED)
    assert after.details == {"changes": f"{name}\tNyt navn\t{before}"}
    found = record_of_economic(company, kind, key)
    assert (found["name"], found[theirs]) == (before, "Kolding")
    with override("da"):
        told = message_for(after, is_overdue=False)
    assert told is not None
    assert told.why == f"Før → som den står nu: navn: Nyt navn → {before}."
    again = asked(company, kind, key)
    assert (again.state, again.code) == (TransferState.TRANSFERRED, "")


@pytest.mark.django_db
def test_what_did_not_take_needs_somebody_where_postings_depend_on_it(company: Company) -> None:
    asked(company, "customer", "10001")
    store, groups = company.systems.economic.store, company.systems.in_economic("GET", "/customer-groups")
    numbers = [row["customerGroupNumber"] for row in groups["collection"]]
    present = record_of_economic(company, "customer", "10001")
    other = next(number for number in numbers if number != present["customerGroup"]["customerGroupNumber"])

    def undo() -> None:
        record = record_of_economic(company, "customer", "10001")
        store.put(AGREEMENT, "customers", "10001", {**record, "customerGroup": {"customerGroupNumber": other}})

    class Deaf(WatchedCore):
        def handle(self, request: Request) -> Response:
            answer = super().handle(request)
            if request.method == "PUT" and request.path == "/customers/10001":
                undo()
                return self.core.handle(Request("GET", request.path, "", request.headers, b"", request.host))
            return answer

    company.systems.in_rackbeat("PUT", "customers/10001", {"address_city": "Kolding"})
    company.systems.to_economic._core = Deaf(company.systems.economic)
    stuck = asked(company, "customer", "10001")
    wanted = present["customerGroup"]["customerGroupNumber"]
    assert (stuck.state, stuck.code) == (TransferState.TRANSFERRED, EDITED)  # another value than before: somebody's
    assert stuck.details == {"changes": f"customerGroup\t{wanted}\t{other}"}
    stuck = asked(company, "customer", "10001")  # and it stays so, whatever is sent
    assert (stuck.state, stuck.code) == (TransferState.NEEDS_YOU, NOT_TAKEN)
    assert stuck.details == {"changes": f"customerGroup\t{wanted}\t{other}"}
    with agreement_scope(company.agreement.pk):
        facts = facts_of(stuck.code, stuck.details)
        word = {"approved_by": "test", "approved_at": company.systems.clock.now(), "document": "10001"}
        approve(
            company.agreement,
            Approval(kind=DOCUMENT, key=record_of(stuck), facts=facts, code=NOT_TAKEN, details={}, **word),
        )
    assert asked(company, "customer", "10001").state == TransferState.TRANSFERRED
    company.systems.to_economic._core = company.systems.economic
    mended = asked(company, "customer", "10001")
    assert (mended.state, mended.code) == (TransferState.TRANSFERRED, "")
    assert record_of_economic(company, "customer", "10001")["customerGroup"]["customerGroupNumber"] == wanted


VALUES = st.one_of(st.none(), st.text(max_size=8), st.integers(-9, 9), st.decimals(-9, 9, places=2))
RECORD = st.dictionaries(st.sampled_from(["name", "city", "currency", "vatZone", "notes"]), VALUES)


@given(RECORD, RECORD)
def test_nothing_is_told_of_what_stands_as_it_was_sent(read: dict[str, Any], sent: dict[str, Any]) -> None:
    assert deviation_reasons(read, sent, sent, ()) == []
    assert edit_reasons(read, read, sent) == []


@given(RECORD, RECORD, RECORD)
def test_every_field_that_stands_otherwise_is_told_once(
    read: dict[str, Any], sent: dict[str, Any], standing: dict[str, Any]
) -> None:
    found = deviation_reasons(read, sent, standing, ())
    fields = [row.split("\t")[0] for one in found for row in one.details["changes"].split("\n")]
    same = {name for name in sent if deviation_reasons({}, {name: sent[name]}, standing, ()) == []}
    assert sorted(fields) == sorted(sent.keys() - same)
    lost = {row.split("\t")[0] for one in found if one.code == NOT_TAKEN for row in one.details["changes"].split("\n")}
    assert needs_person(found) == bool(lost & {"currency", "vatZone"})


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "key"), [("customer", "10001"), ("product", "NL-100")])
def test_what_is_not_changed_is_not_written(company: Company, kind: str, key: str) -> None:
    """References come back with more than their number, which is no difference."""
    asked(company, kind, key)
    again = asked(company, kind, key)
    assert company.calls(again)[-1] == f"GET /{kind}s/{key}"
