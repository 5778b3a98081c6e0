"""Either sandbox with several companies in it, each with keys of its own; started as `lagerbro sandbox` is."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import cast

from lagerbro_sandbox.company import Company
from lagerbro_sandbox.economic import __main__ as economic
from lagerbro_sandbox.economic import load as economic_load
from lagerbro_sandbox.economic.core import EconomicSandbox
from lagerbro_sandbox.kernel.shell import Shell, serve
from lagerbro_sandbox.kernel.storage import transaction
from lagerbro_sandbox.nordlys import company as nordlys
from lagerbro_sandbox.nordlys.parties import cvr
from lagerbro_sandbox.rackbeat import __main__ as rackbeat
from lagerbro_sandbox.rackbeat.core import RackbeatSandbox
from lagerbro_sandbox.rackbeat.platform import tokens

COUNT = 4


def key(first: str, number: int) -> str:
    """The key of the company with that number, counted from nought, made of the first one's."""
    return f"{first}-{number}" if number else first


def company(number: int) -> Company:
    facts = nordlys()
    return replace(
        facts,
        name=f"{facts.name} {number}",
        agreement_number=facts.agreement_number + number,
        rackbeat_account_id=facts.rackbeat_account_id + number,
        cvr=cvr(950 + number),
    )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("system", choices=("economic", "rackbeat"))
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True)
    options, _ = parser.parse_known_args(sys.argv[2:])
    serve({"economic": _economic, "rackbeat": _rackbeat}[options.system](options.state), options.port)
    return 0


def _beside() -> list[Company]:
    return [company(number) for number in range(1, COUNT)]


def _economic(path: Path) -> Shell:
    secret, grant = os.environ["SANDBOX_APP_SECRET"], os.environ["SANDBOX_GRANT"]
    shell = economic.build(path, nordlys(), app_secret=secret, grant=grant, beside=_beside())
    store = cast(EconomicSandbox, shell.core).store
    with transaction(store.connection):
        for number, each in enumerate(_beside(), start=1):
            economic_load.permit(
                store, each.agreement_number, app_secret=secret, public_token="", grant=key(grant, number)
            )
    return shell


def _rackbeat(path: Path) -> Shell:
    token = os.environ["SANDBOX_RACKBEAT_TOKEN"]
    shell = rackbeat.build(path, nordlys(), token=token, beside=_beside())
    store = cast(RackbeatSandbox, shell.core).store
    with transaction(store.connection):
        for number, each in enumerate(_beside(), start=1):
            tokens.permit(store, each.rackbeat_account_id, key(token, number))
    return shell
