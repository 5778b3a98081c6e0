"""Suggestions for the grid: with a reason, only what fits, and nothing where nothing is like a purchase."""

from __future__ import annotations

import re

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.agreements.directory import Account, Directory, RackbeatGroup
from lagerbro.agreements.fitness import account_misfits
from lagerbro.agreements.suggestions import Suggestion, SuggestionReason, suggest
from tests.agreements.chart import CODES, GROUPS, P, directory


def test_the_suggestions_for_a_small_chart() -> None:
    assert suggest(directory()) == {
        "1.domestic": Suggestion(1310, SuggestionReason.NAME),
        "2.domestic": Suggestion(1311, SuggestionReason.NAME),
        "3.domestic": Suggestion(1310, SuggestionReason.NAME),
        "4.domestic": Suggestion(1310, SuggestionReason.FIRST),
        "no_item.domestic": Suggestion(1340, SuggestionReason.FREIGHT),
        "1.eu": Suggestion(1320, SuggestionReason.ONLY_ONE),
        "2.eu": Suggestion(1320, SuggestionReason.ONLY_ONE),
        "3.eu": Suggestion(1320, SuggestionReason.ONLY_ONE),
        "4.eu": Suggestion(1320, SuggestionReason.ONLY_ONE),
        "no_item.eu": Suggestion(1320, SuggestionReason.ONLY_ONE),
        "1.abroad": Suggestion(1330, SuggestionReason.NAME),
        "2.abroad": Suggestion(1331, SuggestionReason.NAME),
        "3.abroad": Suggestion(1330, SuggestionReason.NAME),
        "4.abroad": Suggestion(1330, SuggestionReason.FIRST),
        "no_item.abroad": Suggestion(1330, SuggestionReason.FIRST),
    }


def test_no_chart_no_suggestions() -> None:
    assert suggest(Directory()) == {}
    assert suggest(msgspec.structs.replace(directory(), accounts={})) == {}


NAMES = st.sampled_from(["Varekøb EU", "Varekøb", "Fragt", "Salg", "Løn", "Varekøb udland", "Varekøb Danmark, cykler"])
ACCOUNTS = st.builds(
    Account,
    number=st.integers(1000, 9999),
    name=NAMES,
    type=st.sampled_from([P, "status", "heading"]),
    vat_code=st.sampled_from(["", *(code.code for code in CODES)]),
    barred=st.booleans(),
    blocked=st.booleans(),
)


@given(st.lists(ACCOUNTS, max_size=12, unique_by=lambda account: account.number))
def test_nothing_speaks_against_a_suggestion(accounts: list[Account]) -> None:
    chart = Directory(
        accounts={row.number: row for row in accounts},
        vat_codes={code.code: code for code in CODES},
        rackbeat_groups={group.number: group for group in GROUPS},
    )
    for name, found in suggest(chart).items():
        assert name in chart.cells
        assert account_misfits(f"purchase_accounts:{name}", chart.accounts[found.account], chart) == ()


TELLING = st.lists(st.sampled_from(["cykler", "cykel", "el", "hjelme", "Hjelm", "dele", "reserve", "lås"]), max_size=3)


@given(st.lists(TELLING.map(" ".join), min_size=1, max_size=6), TELLING.map("".join) | TELLING.map(" ".join))
def test_the_first_account_that_has_a_telling_word_of_the_row(names: list[str], group: str) -> None:
    chart = Directory(
        accounts={number: Account(number, f"Varekøb {name}", P, "I25") for number, name in enumerate(names)},
        vat_codes={code.code: code for code in CODES},
        rackbeat_groups={1: RackbeatGroup(1, group)},
    )
    row = group.casefold()
    stems = {word[:4] for word in re.findall(r"\w{4,}", row)}
    like = [
        number
        for number, name in enumerate(names)
        if any(word in row or word[:4] in stems for word in re.findall(r"\w{4,}", name.casefold()))
    ]
    found = suggest(chart)["1.domestic"]
    assert found.account == (like or [0])[0]
    assert (found.reason is SuggestionReason.NAME) is bool(like)
