"""`lagerbro sandbox generate`: an invented company and its history, in a state file for `lagerbro sandbox rackbeat`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from lagerbro_sandbox.company import Company
from lagerbro_sandbox.economic import load as economic_load
from lagerbro_sandbox.economic.storage.store import Store as EconomicStore
from lagerbro_sandbox.kernel.storage import transaction
from lagerbro_sandbox.rackbeat.platform import tokens
from lagerbro_sandbox.rackbeat.stock.costing import Costing
from lagerbro_sandbox.rackbeat.stock.micro import decimal
from lagerbro_sandbox.rackbeat.stock.queries import Reading
from lagerbro_sandbox.rackbeat.storage.write_behind import WriteBehind
from lagerbro_sandbox.worlds import history, ledger
from lagerbro_sandbox.worlds.company import company
from lagerbro_sandbox.worlds.history import Step
from lagerbro_sandbox.worlds.size import LAST_MONTH, Size


def main(arguments: list[str] | None = None) -> int:
    """Write the files, which must not be there yet, and say what is in them."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        size = Size(
            seed=options.seed,
            products=options.products,
            months=options.months,
            customers=options.customers,
            suppliers=options.suppliers,
            sales=options.sales,
            costing=Costing(options.costing),
            last_month=options.last_month,
        )
    except ValueError as error:
        parser.error(str(error))
    for path in (options.state, options.economic_state):
        if path is not None and path.exists():
            parser.error(f"{path} is there already; a world begins with an empty file")
    facts = company(size)
    in_rackbeat(options.state, size, facts)
    if options.economic_state is not None:
        in_economic(options.economic_state, size, facts)
    return 0


def in_rackbeat(path: Path, size: Size, facts: Company) -> None:
    """The account with its history; the token of the environment opens it."""
    store = WriteBehind(path)
    _print_progress(history.write(store, size, facts))
    with transaction(store.connection):
        token = os.environ.get("SANDBOX_RACKBEAT_TOKEN", "demo-rackbeat-token")
        tokens.permit(store, facts.rackbeat_account_id, token)
    _sum_up(store, facts)
    store.close()


def in_economic(path: Path, size: Size, facts: Company) -> None:
    """The agreement with its registers; the app and the grant of the environment open it."""
    store = EconomicStore(path)
    _print_progress(ledger.write(store, size, facts))
    with transaction(store.connection):
        economic_load.permit(
            store,
            facts.agreement_number,
            app_secret=os.environ.get("SANDBOX_APP_SECRET", "demo-app-secret"),
            public_token=f"public-{facts.agreement_number}",
            grant=os.environ.get("SANDBOX_GRANT", "demo-grant"),
        )
    store.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lagerbro sandbox generate", description=__doc__)
    parser.add_argument("--seed", type=int, required=True, help="the same seed and sizes make the same world")
    parser.add_argument("--state", type=Path, required=True, help="Rackbeat's state file, which is made")
    parser.add_argument("--economic-state", type=Path, help="e-conomic's state file, made to fit")
    parser.add_argument("--products", type=int, default=500)
    parser.add_argument(
        "--months", type=int, default=12, help="how long the history is; 0 for registers and stock alone"
    )
    parser.add_argument("--customers", type=int, default=0, help="a fifth of the products, unless said")
    parser.add_argument("--suppliers", type=int, default=0, help="a hundredth of the products, unless said")
    parser.add_argument("--sales", type=int, default=-1, help="sales a month: a tenth of the products, unless said")
    parser.add_argument("--costing", choices=[each.value for each in Costing], default=Costing.AVERAGE.value)
    parser.add_argument("--last-month", default=LAST_MONTH, metavar="YYYY-MM")
    return parser


def _print_progress(steps: Iterable[Step]) -> None:
    began = time.monotonic()
    for step in steps:
        say(f"{time.monotonic() - began:8.1f} s  {step.what}: {step.count}")


def _sum_up(store: WriteBehind, facts: Company) -> None:
    """What is in the account now."""
    account = facts.rackbeat_account_id
    rows = store.connection.execute("SELECT kind, total FROM tally WHERE tenant=? ORDER BY kind", (account,))
    totals = Counter({row["kind"]: row["total"] for row in rows})
    movements = store.connection.execute("SELECT COUNT(*) FROM movement WHERE account=?", (account,)).fetchone()[0]
    value = decimal(Reading(store.connection, account).total())
    say(f"{facts.name}, account {account}, {facts.costing}: {totals.total()} records")
    say(", ".join(f"{kind} {total}" for kind, total in totals.items()))
    say(f"{movements} movements; the stock is worth {value:.2f} {facts.base_currency}")


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - what the command is for


if __name__ == "__main__":
    sys.exit(main())
