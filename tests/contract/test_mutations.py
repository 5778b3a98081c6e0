"""The contract's checks notice faults: a sample of what `make mutate-contract` plants, and each kind of check alone."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from random import Random

import pytest

from tests.contract.completeness import left_out
from tests.contract.mutate import MUTATIONS, WANTED_PERCENT, tries
from tests.contract.mutations import KINDS, mutated
from tests.contract.schemas import present
from tests.contract.subjects import Subject, subjects
from tests.sandboxes import Json

pytestmark = present
SAMPLE = 100


@pytest.fixture(scope="module")
def about() -> Iterator[list[Subject]]:
    with subjects() as found:
        yield found


def test_every_answer_passes_all_that_it_is_held_to(about: list[Subject]) -> None:
    assert {subject.name: wrong for subject in about if (wrong := subject.wrong(subject.body))} == {}


def test_planted_faults_are_noticed(about: list[Subject]) -> None:
    tried = list(tries(about, range(MUTATIONS, MUTATIONS + SAMPLE)))
    missed = [f"seed {one.seed}: {one.fault} in {one.subject}" for one in tried if not one.noticed]
    assert len(missed) <= SAMPLE * (100 - WANTED_PERCENT) // 100, missed


def test_a_published_property_may_not_be_lost(about: list[Subject]) -> None:
    customer = _body(about, "GET /customers/10001")
    assert left_out(customer, "customers.customerNumber.get") == []
    del customer["vatZone"]["self"]
    del customer["lastUpdated"]
    lost = left_out(customer, "customers.customerNumber.get")
    assert lost == [".lastUpdated: published and not answered", ".vatZone.self: published and not answered"]


def test_a_record_may_not_differ_from_what_its_own_link_answers(about: list[Subject]) -> None:
    subject = next(one for one in about if one.name == "GET /customers")
    body = subject.body
    before, body["collection"][0]["city"] = body["collection"][0]["city"], "Odense"
    assert subject.wrong(body) == [".collection[].city: differs from what its own address answers"]
    body["collection"][0]["city"] = before
    assert subject.wrong(body) == []


def test_every_kind_of_fault_is_planted_and_the_answer_itself_left_alone() -> None:
    body = {"number": 1, "lines": [{"text": "a", "barred": False}]}
    made = [mutated(body, Random(seed)) for seed in range(60)]
    faults = {fault.split()[0] for one in made if one is not None for fault in [one[1]]}
    assert faults == set(KINDS)
    assert all(one is not None and one[0] != body for one in made)
    assert body == {"number": 1, "lines": [{"text": "a", "barred": False}]}
    assert mutated([1, 2], Random(0)) is None


def _body(about: list[Subject], name: str) -> Json:
    found: Json = deepcopy(next(one.body for one in about if one.name == name))
    return found
