"""What only the embedded runner promises: one process."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagerbro.sync.runners.embedded import AlreadyRunningError, SingleProcess


def test_there_is_one_process(tmp_path: Path) -> None:
    lock = SingleProcess(tmp_path / "runner.lock")
    with pytest.raises(AlreadyRunningError, match="LAGERBRO_HOME"):
        SingleProcess(tmp_path / "runner.lock")
    lock.close()
    SingleProcess(tmp_path / "runner.lock").close()
