"""The program put together."""

from __future__ import annotations

import gc

from lagerbro.app.program import settle


def test_what_has_been_loaded_is_not_walked_again() -> None:
    before = len(gc.get_objects())
    settle()
    try:
        assert gc.get_freeze_count() > before // 2
        assert len(gc.get_objects()) < before // 100
    finally:
        gc.unfreeze()
