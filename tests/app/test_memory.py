"""How a long-running command keeps house with memory."""

from __future__ import annotations

import gc

from lagerbro.app.memory import THRESHOLDS, settle


def test_what_has_been_loaded_is_not_walked_again() -> None:
    gc.unfreeze()
    before = len(gc.get_objects())
    settle()
    assert gc.get_freeze_count() > before // 2
    assert len(gc.get_objects()) < before // 100
    assert gc.get_threshold() == THRESHOLDS
