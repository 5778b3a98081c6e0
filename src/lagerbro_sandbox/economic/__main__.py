"""`python -m lagerbro_sandbox.economic --port N --state FILE`: the local e-conomic, listening on loopback."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from lagerbro_sandbox.company import Company
from lagerbro_sandbox.economic.core import EconomicSandbox
from lagerbro_sandbox.economic.load import load, permit
from lagerbro_sandbox.kernel.clock import SystemClock
from lagerbro_sandbox.kernel.shell import Shell, serve
from lagerbro_sandbox.kernel.storage import transaction
from lagerbro_sandbox.kernel.webhook_delivery import deliver
from lagerbro_sandbox.nordlys import company as nordlys
from lagerbro_sandbox.nordlys import second_company


def build(
    path: Path,
    company: Company,
    *,
    app_secret: str,
    grant: str,
    public_base: str | None = None,
    beside: Sequence[Company] = (),
    market_address: str = "",
) -> Shell:
    """A sandbox with the company in it, to which the app has access, and others `beside` it."""
    core = EconomicSandbox(path, SystemClock(), public_base=public_base)
    core.market_address = market_address
    with transaction(core.store.connection):
        for each in (company, *beside):
            load(core.store, each)
        permit(
            core.store,
            company.agreement_number,
            app_secret=app_secret,
            public_token=f"public-{company.agreement_number}",
            grant=grant,
        )
    return Shell(core, core.faults, public_base=public_base, background=lambda: deliver(core))


def main(arguments: list[str] | None = None) -> int:
    """Listen until told to stop. The tokens come from the environment, so that no process list shows them."""
    parser = argparse.ArgumentParser(prog="lagerbro sandbox economic", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--public-base")
    parser.add_argument("--second-company", action="store_true", help="put another company beside the first")
    parser.add_argument("--market-url", default="", help="where the app of the market begins")
    options = parser.parse_args(arguments)
    shell = build(
        options.state,
        nordlys(),
        app_secret=os.environ.get("SANDBOX_APP_SECRET", "demo-app-secret"),
        grant=os.environ.get("SANDBOX_GRANT", "demo-grant"),
        public_base=options.public_base,
        beside=[second_company()] if options.second_company else [],
        market_address=options.market_url,
    )
    serve(shell, options.port)
    return 0


if __name__ == "__main__":
    sys.exit(main())
