"""What becomes of each record, and that nothing on either side is overwritten unasked (domain-rules F9)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.flows.startup.choices import DEFAULT, OnConflict, StartupChoices
from lagerbro.flows.startup.kinds import GROUP_OF, OPTIONAL, ORDER, Kind
from lagerbro.flows.startup.mapping import candidate
from lagerbro.flows.startup.plan import Action, Known, Planned, changes, is_blank, is_ours, plan_record
from tests.flows.startup.records import CONTEXT, KNOWN, whole


def planned(kind: Kind, existing: dict[str, Any] | None = None, known: Known = KNOWN, **fields: Any) -> Planned:
    return plan_record(candidate(kind, whole(kind, 1, **fields), CONTEXT), existing, known)


@pytest.mark.parametrize("kind", ORDER)
def test_what_rackbeat_has_not_is_made_and_what_it_has_is_linked(kind: Kind) -> None:
    new = planned(kind)
    assert (new.action, new.number, new.fields["name"]) == (Action.MAKE, "1", "Cykelhjørnet")
    same = planned(kind, {"number": 1, "name": "CYKELHJØRNET ", "type": "product"})
    assert (same.action, same.existing_name) == (Action.SAME, "CYKELHJØRNET")
    other = planned(kind, {"number": 1, "name": "En anden", "type": "product"})
    assert other.action is (Action.CANNOT if kind is Kind.UNIT else Action.CONFLICT)


def test_a_number_taken_by_another_record_is_not_linked() -> None:
    lot = planned(Kind.PRODUCT, {"number": "1", "name": "Cykelhjørnet", "type": "lot"})
    assert (lot.action, lot.code, lot.details) == (Action.CANNOT, "number_taken", {"other": "Cykelhjørnet"})
    unit = planned(Kind.UNIT, {"number": 1, "name": "kg"})
    assert (unit.action, unit.code, unit.details) == (Action.CANNOT, "number_taken", {"other": "kg"})


@pytest.mark.parametrize(("kind", "group"), GROUP_OF.items())
def test_the_group_has_to_be_there(kind: Kind, group: Kind) -> None:
    without = planned(kind, known={one: number for one, number in KNOWN.items() if one[0] is not group})
    assert (without.action, without.code, without.details) == (Action.CANNOT, "group_not_transferred", {"named": "1"})


def test_payment_terms_have_to_be_there_and_a_layout_may_be_left_out() -> None:
    some = {record: "1" for record in KNOWN if record[0] in (Kind.CUSTOMER_GROUP, Kind.PAYMENT_TERMS)}
    found = planned(Kind.CUSTOMER, known=some)
    assert (found.action, found.left_out) == (Action.MAKE, ("layout_id", "employee_id"))
    assert {"layout_id", "employee_id"} & found.fields.keys() == set()
    without = planned(Kind.CUSTOMER, known={(Kind.CUSTOMER_GROUP, "1"): "1"})
    assert (without.code, without.details) == ("payment_terms_missing", {"named": "1"})


def test_references_bear_rackbeats_numbers() -> None:
    known = {**KNOWN, (Kind.UNIT, "1"): "1004"}
    assert planned(Kind.PRODUCT, known=known).fields["unit_id"] == 1004


STANDING = {"name": "En anden", "address_city": "Odense", "contact_phone": " ", "contact_email": None}
WANTED = {"name": "Vores", "address_city": "Aarhus", "contact_phone": "20", "contact_email": "a@b.dk", "ean": "579"}


@pytest.mark.parametrize(
    ("choice", "action", "expected"),
    [
        (OnConflict.FILL, Action.CONFLICT, {"contact_phone": "20", "contact_email": "a@b.dk"}),
        (OnConflict.FILL, Action.SAME, {"contact_phone": "20", "contact_email": "a@b.dk"}),
        (OnConflict.LINK, Action.CONFLICT, {}),
        (OnConflict.LEAVE_OUT, Action.CONFLICT, None),
        (OnConflict.LEAVE_OUT, Action.SAME, {"contact_phone": "20", "contact_email": "a@b.dk"}),
        (OnConflict.OVERWRITE, Action.CONFLICT, {name: value for name, value in WANTED.items() if name != "ean"}),
    ],
)
def test_what_is_written_to_a_record_that_rackbeat_has(
    choice: OnConflict, action: Action, expected: dict[str, str] | None
) -> None:
    assert changes(WANTED, STANDING, choice, action) == expected


VALUES = st.none() | st.sampled_from(["", " ", "a", "b"]) | st.sampled_from([0, 1, Decimal("1.5"), False, True])
NAMES = st.sampled_from(["name", "address_city", "sales_price", "vat_zone", "has_inventory", "ean"])


@given(
    st.dictionaries(NAMES, VALUES.filter(lambda value: not is_blank(value))),
    st.dictionaries(NAMES, VALUES),
    st.sampled_from(OnConflict),
    st.sampled_from([Action.SAME, Action.CONFLICT]),
)
def test_nothing_that_is_filled_is_changed_unasked(
    fields: dict[str, Any], existing: dict[str, Any], choice: OnConflict, action: Action
) -> None:
    found = changes(fields, existing, choice, action)
    if found is None:
        assert (choice, action) == (OnConflict.LEAVE_OUT, Action.CONFLICT)
        return
    after = {**existing, **found}
    if choice is not OnConflict.OVERWRITE:
        assert all(after[name] == value for name, value in existing.items() if not is_blank(value))
    assert found.keys() <= fields.keys() & existing.keys() - {"has_inventory"}
    assert not changes(fields, after, choice, action)  # and doing it again changes nothing


def test_what_stands_under_a_number_is_ours_only_by_its_name() -> None:
    assert is_ours({"name": "Bycykel 28"}, {"name": " bycykel  28"})
    assert not is_ours({"name": "Bycykel 28"}, {"name": "Bycykel 29"})
    assert not is_ours({"name": "Bycykel 28"}, {})


def test_optional_kinds_are_carried_by_choice() -> None:
    assert set(ORDER) - set(DEFAULT.carried) == {Kind.EMPLOYEE}
    none = StartupChoices(optional_kinds=())
    assert set(ORDER) - set(none.carried) == set(OPTIONAL)
    assert none.on_conflict_of(Kind.CUSTOMER) is OnConflict.FILL
