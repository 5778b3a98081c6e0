"""`lagerbro demo`: both sandboxes and the program as one process tree, a handful of invoices, and the books."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final, NoReturn

import httpx2
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from lagerbro.app.home import home
from lagerbro.demo.children import ChildEndedError, Children, lagerbro_command
from lagerbro.demo.isolation import demo_lock, install_signal_handlers, remove_operator_variables
from lagerbro.demo.sandbox_clients import SandboxClients, allow_plain_http_webhooks, is_up, sandbox_client
from lagerbro.demo.state import DemoState, load_state, running_pages_url, save_state

START_TIMEOUT_S: Final = 60
TRANSFER_TIMEOUT_S: Final = 120
CHOICES: Final = {
    "sales_enabled": True,
    "book_on_booking": True,
    "use_actual_quantity": True,
    "default_layout": 1,
    "layouts:1": 1,
    "layouts:2": 2,
    "layouts:3": 3,
}


class DemoFailedError(RuntimeError):
    """The demo did not come to its table; the text says why."""


def run(*, once: bool, fresh: bool) -> int:
    """Run the demo; the exit status is 0 when every invoice reached the ledger and the ledger balances."""
    folder, console = home(os.environ) / "demo", Console()
    install_signal_handlers()
    with demo_lock(folder) as is_alone:
        if not is_alone:
            at = running_pages_url(folder) or str(folder)
            console.print(f"The demo is already running at {at}\nStop it there with Ctrl-C first.", soft_wrap=True)
            return 1
        ignored_names = [name for name in remove_operator_variables(os.environ) if name != "LAGERBRO_HOME"]
        if ignored_names:
            named = ", ".join(ignored_names)
            console.print(f"The demo keeps to its own file in {folder}; not used: {named}", soft_wrap=True)
        return _run(console, folder, once=once, fresh=fresh)


def _run(console: Console, folder: Path, *, once: bool, fresh: bool) -> int:
    state = load_state(folder, fresh=fresh)
    try:
        with Children(folder / "logs") as children:
            _transfer_and_print(console, children, folder, state)
            if not once:
                _wait_for_interrupt(console, children, state)
    except KeyboardInterrupt:
        console.print("Stopped.")
    except (ChildEndedError, DemoFailedError, httpx2.HTTPError) as error:
        console.print(f"The demo failed: {error}", style="bold red", markup=False)
        return 1
    return 0


def _transfer_and_print(console: Console, children: Children, folder: Path, state: DemoState) -> None:
    with closing(_sandbox_clients(state)) as clients:
        numbers = _transfer_invoices(console, children, folder, state, clients)
        _print_books(console, clients, state.agreement, numbers)


def _transfer_invoices(
    console: Console, children: Children, folder: Path, state: DemoState, clients: SandboxClients
) -> list[int]:
    """Start everything, book the invoices and wait until they have arrived; answers their numbers."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        up = progress.add_task("Sandboxes and program", total=3)
        environment = _start_processes(children, folder, state, lambda: progress.advance(up))
        connected = progress.add_task("Connected and activated", total=1)
        _connect_agreement(folder, state, environment)
        progress.advance(connected)
        numbers = clients.book_invoices()
        moved = progress.add_task("Invoices booked in Rackbeat → e-conomic", total=len(numbers))
        _wait_for_transfers(
            children, environment, state.agreement, numbers, lambda count: progress.update(moved, completed=count)
        )
    return numbers


def _start_processes(
    children: Children, folder: Path, state: DemoState, advance: Callable[[], object]
) -> Mapping[str, str]:
    tokens = {
        "SANDBOX_APP_SECRET": state.app_secret,
        "SANDBOX_GRANT": state.grant,
        "SANDBOX_RACKBEAT_TOKEN": state.rackbeat_token,
    }
    ways_in = {
        "economic": ["--market-url", f"{_public_url(state)}/onboarding/economic/"],
        "rackbeat": ["--install-url", f"{_public_url(state)}/onboarding/begin"],
    }
    for system in ("economic", "rackbeat"):
        port = state.ports[system]
        path = folder / f"{system}.sqlite3"
        children.start(
            system,
            ["sandbox", system, "--port", str(port), "--state", str(path), "--second-company", *ways_in[system]],
            tokens,
        )
    for system in ("economic", "rackbeat"):
        children.wait_until(lambda port=state.ports[system]: is_up(port, "/_sandbox/health", "POST"), START_TIMEOUT_S)  # type: ignore[misc]
        advance()
    allow_plain_http_webhooks(state.ports["economic"])
    environment = _environment(folder, state)
    children.start("web", ["serve", "--port", str(state.ports["web"])], environment)
    children.wait_until(lambda: is_up(state.ports["web"], "/"), START_TIMEOUT_S)
    advance()
    return environment


def _environment(folder: Path, state: DemoState) -> Mapping[str, str]:
    economic = f"http://127.0.0.1:{state.ports['economic']}"
    return {
        "DJANGO_SETTINGS_MODULE": "lagerbro.app.settings",
        "LAGERBRO_HOME": str(folder / "program"),
        "LAGERBRO_ENVIRONMENT": "demo",
        "LAGERBRO_PUBLIC_URL": _public_url(state),
        "LAGERBRO_RACKBEAT_URL": f"http://127.0.0.1:{state.ports['rackbeat']}",
        "LAGERBRO_RACKBEAT_PAGES_URL": f"http://127.0.0.1:{state.ports['rackbeat']}/pages",
        "LAGERBRO_ECONOMIC_PAGES_URL": f"{economic}/pages",
        "LAGERBRO_RACKBEAT_APPS_URL": f"http://127.0.0.1:{state.ports['rackbeat']}/pages/apps",
        "LAGERBRO_ECONOMIC_GRANT_URL": f"{economic}/secure/api1/requestaccess.aspx",
        "LAGERBRO_ECONOMIC_APP_PUBLIC_TOKEN": "public-1180001",
        "LAGERBRO_EMAIL_VERIFICATION": "none",
        "LAGERBRO_ECONOMIC_REST_URL": economic,
        "LAGERBRO_ECONOMIC_API_URL": economic,
        "LAGERBRO_ECONOMIC_APP_SECRET": state.app_secret,
    }


def _public_url(state: DemoState) -> str:
    """Another site than the sandboxes' `127.0.0.1`, so that Rackbeat's frame is as strict as the real one."""
    return f"http://localhost:{state.ports['web']}"


def _connect_agreement(folder: Path, state: DemoState, environment: Mapping[str, str]) -> None:
    """Connect on the first start, and again when the program has moved to another port."""
    if state.agreement and state.connected_to == environment["LAGERBRO_PUBLIC_URL"]:
        return
    keys = {"rackbeat_token": state.rackbeat_token, "economic_grant_token": state.grant, "choices": CHOICES}
    done = subprocess.run(  # noqa: S603 - our own program
        lagerbro_command("connect"),
        input=json.dumps(keys).encode(),
        env={**os.environ, **environment},
        capture_output=True,
        timeout=START_TIMEOUT_S,
        check=False,
    )
    if done.returncode:
        raise DemoFailedError(done.stderr.decode("utf-8", "replace").strip()[-1500:])
    connected = json.loads(done.stdout)
    state.agreement, state.pages = connected["agreement"], connected["pages"]
    state.connected_to = environment["LAGERBRO_PUBLIC_URL"]
    save_state(folder, state)


def _sandbox_clients(state: DemoState) -> SandboxClients:
    tokens = {"X-AppSecretToken": state.app_secret, "X-AgreementGrantToken": state.grant}
    bearer = {"Authorization": f"Bearer {state.rackbeat_token}"}
    return SandboxClients(
        sandbox_client(state.ports["rackbeat"], bearer), sandbox_client(state.ports["economic"], tokens)
    )


def _wait_for_transfers(
    children: Children,
    environment: Mapping[str, str],
    agreement: str,
    numbers: list[int],
    report_progress: Callable[[int], object],
) -> None:
    """Watch the program's own rows until every invoice has come to rest."""
    os.environ.update(environment)
    import django  # only now is it known where the program's rows are

    django.setup()
    from lagerbro.demo.progress import transfer_progress

    ends_at = time.monotonic() + TRANSFER_TIMEOUT_S
    while True:
        children.raise_if_ended()
        arrived, failures = transfer_progress(agreement, numbers)
        report_progress(arrived)
        if failures:
            raise DemoFailedError(f"{len(failures)} of {len(numbers)} invoices did not arrive: {'; '.join(failures)}")
        if arrived == len(numbers):
            return
        if time.monotonic() > ends_at:
            raise DemoFailedError(f"{arrived} of {len(numbers)} invoices arrived within {TRANSFER_TIMEOUT_S} s")
        time.sleep(0.1)


def _print_books(console: Console, clients: SandboxClients, agreement: str, numbers: list[int]) -> None:
    from lagerbro.demo.progress import invoice_links
    from lagerbro.demo.table import books_table, voucher_balances

    links = invoice_links(agreement, numbers)
    year = str(time.localtime().tm_year)
    entries = clients.ledger_entries(year, [link.economic_key for link in links])
    console.print(books_table(links, entries, clients.account_names()))
    unbalanced = {voucher: total for voucher, total in voucher_balances(entries).items() if total}
    differing = [link.rackbeat_key for link in links if len(set(link.amounts())) > 1]
    if unbalanced or differing or not entries:
        raise DemoFailedError(f"vouchers out of balance: {unbalanced}; documents that differ: {differing}")
    console.print("Debit = credit on every voucher; every amount is the same on both sides.", style="green")


def _doors(state: DemoState) -> list[str]:
    """Where to look and what to try next, which company is which, and that nothing here has a password."""
    rackbeat, economic = (f"http://127.0.0.1:{state.ports[system]}" for system in ("rackbeat", "economic"))
    return [
        "\nNordlys Cykler ApS is connected: Rackbeat account 4711, e-conomic agreement 1180001. Open:",
        f"  Lagerbro               {state.pages}",
        f"  Rackbeat sandbox       {rackbeat}/",
        f"  e-conomic sandbox      {economic}/pages/",
        "Next, book an invoice in Rackbeat and watch it on Aktivitet in Lagerbro:",
        f"  {rackbeat}/pages/customer-invoices/new",
        "Havblik Surf ApS is not connected. Install it as a customer does, from either side:",
        f"  in Rackbeat            {rackbeat}/pages/apps  (sign in as Havblik, press Installér)",
        f"  in e-conomic's market  {economic}/secure/market",
        "These doors have no password and answer on this machine alone.",
    ]


def _wait_for_interrupt(console: Console, children: Children, state: DemoState) -> NoReturn:
    """Say where to look, then watch the processes until Ctrl-C, which leaves by `KeyboardInterrupt`."""
    for line in _doors(state):
        console.print(line, soft_wrap=True)
    console.print("Ctrl-C stops everything.")
    while True:
        children.raise_if_ended()
        time.sleep(0.5)
