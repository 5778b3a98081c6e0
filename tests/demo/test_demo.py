"""The demo as a newcomer runs it: real processes, real HTTP, real signals."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import msgspec
import pytest

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.demo.children import lagerbro_command
from lagerbro.demo.progress import invoice_links, transfer_progress
from lagerbro.sync.models import Link, Transfer, TransferState
from tests.world import Company

pytestmark = pytest.mark.timeout(300)
WITHIN_S = 150


def run(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LAGERBRO_HOME": str(folder), "COLUMNS": "120", **more}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        lagerbro_command("demo", *arguments),
        env=environment,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )


def test_once_then_once_more_with_the_same_data(tmp_path: Path) -> None:
    elsewhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/books", "LAGERBRO_ENVIRONMENT": "production"}
    first = run(tmp_path, "--once", **elsewhere)
    assert first.returncode == 0, first.stdout + first.stderr
    assert "not used: DATABASE_URL, LAGERBRO_ENVIRONMENT" in first.stdout
    assert str(tmp_path / "demo") in first.stdout
    assert "Debit = credit on every voucher; every amount is the same on both sides." in first.stdout
    sums = re.search(r"Sum\s+│\s+│\s+([\d,.]+) │\s+([\d,.]+) │", first.stdout)
    assert sums is not None
    assert sums[1] == sums[2] != "0.00"
    second = run(tmp_path, "--once")
    assert second.returncode == 0, second.stdout + second.stderr
    assert "1012" in second.stdout  # the numbers go on where the first start ended
    fresh = run(tmp_path, "--once", "--fresh")
    assert fresh.returncode == 0
    assert "1012" not in re.sub(r"1012 Salg", "", fresh.stdout)


def _ignore_ctrl_c() -> None:
    """As a shell does for what it starts in the background."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def test_it_stays_up_and_ends_every_child(tmp_path: Path) -> None:
    environment = {**os.environ, "LAGERBRO_HOME": str(tmp_path), "COLUMNS": "200"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    with (tmp_path / "out").open("w") as out:
        demo = subprocess.Popen(
            lagerbro_command("demo"),
            env=environment,
            stdout=out,
            stderr=out,
            preexec_fn=_ignore_ctrl_c,  # noqa: PLW1509 - no threads here
        )
    try:
        ends_at = time.monotonic() + WITHIN_S
        while "Ctrl-C stops everything." not in (tmp_path / "out").read_text():
            assert demo.poll() is None, (tmp_path / "out").read_text()
            assert time.monotonic() < ends_at
            time.sleep(0.2)
        ports = msgspec.json.decode((tmp_path / "demo" / "demo.json").read_bytes())["ports"]
        assert len(set(listeners(ports.values()))) == 3
        kept = (tmp_path / "demo" / "demo.json").read_bytes()
        for arguments in (("--once",), ("--once", "--fresh")):
            second = run(tmp_path, *arguments)
            assert second.returncode == 1
            assert f"already running at {msgspec.json.decode(kept)['pages']}" in second.stdout
            assert (tmp_path / "demo" / "demo.json").read_bytes() == kept
        assert len(set(listeners(ports.values()))) == 3
        demo.send_signal(signal.SIGINT)
        assert demo.wait(60) == 0
        assert listeners(ports.values()) == []
    finally:
        if demo.poll() is None:
            demo.terminate()
            demo.wait(60)


@pytest.mark.django_db
def test_invoices_are_counted_in_the_agreement_that_the_demo_connects(company: Company) -> None:
    """A second company has been installed by hand, and its invoices have the same numbers."""
    number = company.systems.invoice()
    company.invoiced(number)
    now = company.systems.clock.now()
    other = Agreement.objects.create(public_id="havblik", company_name="X", rackbeat_account_id=9, created_at=now)
    with agreement_scope(other.pk):
        values = {"agreement": other, "kind": "customer_invoice", "created_at": now, "changed_at": now}
        Transfer.in_scope.create(key=str(number), state=TransferState.NEEDS_YOU, code="x", **values)
        Link.in_scope.create(
            epoch=1, rackbeat_key=str(number), economic_kind="draft", economic_key="9", version="1", **values
        )
    assert transfer_progress(company.agreement.public_id, [number]) == (1, [])
    assert [link.economic_key for link in invoice_links(company.agreement.public_id, [number])] == [str(number)]


def listeners(ports: object) -> list[int]:
    import socket

    found = []
    for port in ports:  # type: ignore[attr-defined]  # decoded JSON
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                found.append(port)
    return found
