"""`python -m lagerbro_sandbox.rackbeat --port N --state FILE`: the local Rackbeat, listening on loopback."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from lagerbro_sandbox.company import Company
from lagerbro_sandbox.kernel.clock import SystemClock
from lagerbro_sandbox.kernel.shell import Shell, serve
from lagerbro_sandbox.kernel.storage import transaction
from lagerbro_sandbox.kernel.webhook_delivery import deliver
from lagerbro_sandbox.nordlys import company as nordlys
from lagerbro_sandbox.nordlys import second_company
from lagerbro_sandbox.rackbeat.core import RackbeatSandbox
from lagerbro_sandbox.rackbeat.load import load
from lagerbro_sandbox.rackbeat.platform import apps
from lagerbro_sandbox.rackbeat.platform.tokens import permit


def build(
    path: Path,
    company: Company,
    *,
    token: str,
    public_base: str | None = None,
    install_url: str = "",
    beside: Sequence[Company] = (),
) -> Shell:
    """A sandbox with the company in it, to which the token gives access, and others `beside` it.

    *Installér* leads to `install_url`.
    """
    core = RackbeatSandbox(path, SystemClock(), public_base=public_base)
    with transaction(core.store.connection):
        for each in (company, *beside):
            load(core.store, each)
        apps.register(core.store, "economic", "e-conomic", install_url)
        permit(core.store, company.rackbeat_account_id, token)
    return Shell(core, core.faults, public_base=public_base, background=lambda: deliver(core))


def main(arguments: list[str] | None = None) -> int:
    """Listen until told to stop. The token comes from the environment, so that no process list shows it."""
    parser = argparse.ArgumentParser(prog="lagerbro sandbox rackbeat", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--public-base")
    parser.add_argument("--install-url", default="", help="where installing the app e-conomic begins")
    parser.add_argument("--second-company", action="store_true", help="put another company beside the first")
    options = parser.parse_args(arguments)
    token = os.environ.get("SANDBOX_RACKBEAT_TOKEN", "demo-rackbeat-token")
    shell = build(
        options.state,
        nordlys(),
        token=token,
        public_base=options.public_base,
        beside=[second_company()] if options.second_company else [],
        install_url=options.install_url,
    )
    serve(shell, options.port)
    return 0


if __name__ == "__main__":
    sys.exit(main())
