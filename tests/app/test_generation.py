"""A database that is older than what was done with it is noticed at the start and while the program runs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from lagerbro.agreements.models import Agreement, DatabaseGeneration
from lagerbro.app.generation import FILE, advance, follow

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


@pytest.fixture
def agreement(db: None) -> Agreement:
    return Agreement.objects.create(public_id="a", company_name="A", rackbeat_account_id=1, created_at=NOW)


def is_lost(agreement: Agreement) -> bool:
    agreement.refresh_from_db()
    return agreement.memory_lost_at is not None


def test_a_first_start_and_the_next_trust_what_they_find(agreement: Agreement, tmp_path: Path) -> None:
    assert [advance(tmp_path, NOW) for _ in range(3)] == [False] * 3
    assert (tmp_path / FILE).read_text("ascii") == "3"
    assert not is_lost(agreement)


def test_a_copy_that_is_put_back_is_noticed_and_then_trusted_again(agreement: Agreement, tmp_path: Path) -> None:
    for _ in range(5):
        advance(tmp_path, NOW)
    DatabaseGeneration.objects.update(number=2)  # the copy is of then
    assert advance(tmp_path, NOW)
    assert is_lost(agreement)
    Agreement.objects.update(memory_lost_at=None)
    assert not advance(tmp_path, NOW)
    assert not is_lost(agreement)


@pytest.mark.parametrize("content", [None, b"", b"\xff", b"-1", b"9" * 30])
def test_a_used_database_without_what_was_remembered_beside_it_is_not_trusted(
    agreement: Agreement, tmp_path: Path, content: bytes | None
) -> None:
    advance(tmp_path, NOW)
    if content is None:
        (tmp_path / FILE).unlink()
    else:
        (tmp_path / FILE).write_bytes(content)
    assert advance(tmp_path, NOW)
    assert is_lost(agreement)
    assert not advance(tmp_path, NOW)


def test_a_crash_between_database_and_file_is_no_loss(agreement: Agreement, tmp_path: Path) -> None:
    advance(tmp_path, NOW)
    DatabaseGeneration.objects.update(number=2)  # counted, and then the machine stopped
    assert not advance(tmp_path, NOW)
    assert not is_lost(agreement)


def test_several_homes_on_one_database_trust_each_other(agreement: Agreement, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    advance(one, NOW)
    (other / FILE).write_text("0", "ascii")
    assert [advance(home, NOW) for home in (other, one, other, one)] == [False] * 4
    assert not is_lost(agreement)


def test_a_worker_notices_too_and_leaves_it_to_the_others_what_an_absent_file_means(
    agreement: Agreement, tmp_path: Path
) -> None:
    advance(tmp_path, NOW)
    advance(tmp_path, NOW)
    elsewhere = tmp_path / "worker"
    elsewhere.mkdir()
    assert not follow(elsewhere, NOW)
    assert not (elsewhere / FILE).exists()
    DatabaseGeneration.objects.update(number=1)
    assert follow(tmp_path, NOW)
    assert is_lost(agreement)
