"""What is known of a write, for every try that may stand behind it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lagerbro.sync.models import Intent, IntentState
from lagerbro.sync.write_state import WriteState, write_state
from tests.sandboxes import START

REFUSED, SETTLED = IntentState.REFUSED, IntentState.SETTLED
OPEN, CONFIRMED = IntentState.OPEN, IntentState.CONFIRMED
SECOND = timedelta(seconds=1)


def state(
    stands: IntentState | None,
    *,
    version: str = "v1",
    rests: timedelta = SECOND,
    is_once_only: bool,
    lost: bool = False,
) -> WriteState:
    latest = None if stands is None else Intent(state=str(stands), version="v1", in_flight_until=START + rests)
    return write_state(latest, version, START, is_once_only=is_once_only, is_memory_lost=lost)


@pytest.mark.parametrize("version", ["v1", "v2"])
@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("is_once_only", [False, True])
def test_every_state_that_can_be(is_once_only: bool, lost: bool, version: str) -> None:
    made = WriteState.MADE if version == "v1" else WriteState.MADE_FOR_ANOTHER
    forgotten = WriteState.PERHAPS_FORGOTTEN
    known = {
        stands: state(stands, version=version, is_once_only=is_once_only, lost=lost)
        for stands in (None, REFUSED, SETTLED, OPEN, CONFIRMED)
    }
    assert known == {
        None: forgotten if is_once_only and lost else WriteState.NOTHING,
        REFUSED: WriteState.NOTHING,
        SETTLED: forgotten if is_once_only else WriteState.NOTHING,
        OPEN: WriteState.IN_FLIGHT,
        CONFIRMED: made,
    }


@pytest.mark.parametrize("is_once_only", [False, True])
def test_nobody_has_it_on_the_wire_when_its_rest_is_over(is_once_only: bool) -> None:
    assert state(OPEN, rests=timedelta(0), is_once_only=is_once_only) == WriteState.UNANSWERED
    assert state(OPEN, rests=-SECOND, is_once_only=is_once_only) == WriteState.UNANSWERED
