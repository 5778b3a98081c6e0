"""The grid of purchase accounts as a flow asks it."""

from __future__ import annotations

import msgspec
import pytest

from lagerbro.books.choices import NO_ITEM_GROUP, NOT_USED, Choices, grid_cell
from lagerbro.books.zones import Zone


def test_a_cell_is_an_account_or_not_used_or_undecided() -> None:
    choices = Choices(purchase_accounts={grid_cell(7, Zone.EU): 1320, grid_cell(NO_ITEM_GROUP, Zone.EU): NOT_USED})
    assert choices.purchase_account("7", Zone.EU) == 1320
    assert choices.purchase_account(NO_ITEM_GROUP, Zone.EU) == NOT_USED
    assert choices.purchase_account("7", Zone.DOMESTIC) is None


def test_no_other_word_is_a_decision() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"purchase_accounts": {"7.eu": "perhaps"}}, Choices)
