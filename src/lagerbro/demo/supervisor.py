"""`lagerbro demo`: both sandboxes and the program as one process tree, a handful of invoices, and the books."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

import httpx2
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from lagerbro.app.home import home
from lagerbro.demo.children import ChildEndedError, Children, command
from lagerbro.demo.hands import Hands, client, hear_without_https, is_up
from lagerbro.demo.isolation import alone, end_when_told, without_the_operators
from lagerbro.demo.state import DemoState, opened, present_pages, save

UP_WITHIN_S: Final = 60
TRANSFERRED_WITHIN_S: Final = 120
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
    end_when_told()
    with alone(folder) as is_alone:
        if not is_alone:
            at = present_pages(folder) or str(folder)
            console.print(f"The demo is already running at {at}\nStop it there with Ctrl-C first.", soft_wrap=True)
            return 1
        passed_over = [name for name in without_the_operators(os.environ) if name != "LAGERBRO_HOME"]
        if passed_over:
            named = ", ".join(passed_over)
            console.print(f"The demo keeps to its own file in {folder}; not used: {named}", soft_wrap=True)
        return _run(console, folder, once=once, fresh=fresh)


def _run(console: Console, folder: Path, *, once: bool, fresh: bool) -> int:
    state = opened(folder, fresh=fresh)
    try:
        with Children(folder / "logs") as children:
            _show(console, children, folder, state)
            if not once:
                _stay(console, children, state)
    except KeyboardInterrupt:
        console.print("Stopped.")
    except (ChildEndedError, DemoFailedError, httpx2.HTTPError) as error:
        console.print(f"The demo failed: {error}", style="bold red", markup=False)
        return 1
    return 0


def _show(console: Console, children: Children, folder: Path, state: DemoState) -> None:
    with closing(_hands(state)) as hands:
        numbers = _bring_about(console, children, folder, state, hands)
        _picture(console, hands, state.agreement, numbers)


def _bring_about(console: Console, children: Children, folder: Path, state: DemoState, hands: Hands) -> list[int]:
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
        environment = _start(children, folder, state, lambda: progress.advance(up))
        connected = progress.add_task("Connected and activated", total=1)
        _connect(folder, state, environment)
        progress.advance(connected)
        numbers = hands.book_invoices()
        moved = progress.add_task("Invoices booked in Rackbeat → e-conomic", total=len(numbers))
        _wait(children, environment, state.agreement, numbers, lambda count: progress.update(moved, completed=count))
    return numbers


def _start(children: Children, folder: Path, state: DemoState, advance: Callable[[], object]) -> Mapping[str, str]:
    tokens = {
        "SANDBOX_APP_SECRET": state.app_secret,
        "SANDBOX_GRANT": state.grant,
        "SANDBOX_RACKBEAT_TOKEN": state.rackbeat_token,
    }
    for system in ("economic", "rackbeat"):
        port = state.ports[system]
        path = folder / f"{system}.sqlite3"
        more = ["--install-url", f"{_public(state)}/onboarding/begin"] if system == "rackbeat" else []
        children.start(
            system, ["sandbox", system, "--port", str(port), "--state", str(path), "--second-company", *more], tokens
        )
    for system in ("economic", "rackbeat"):
        children.wait_until(lambda port=state.ports[system]: is_up(port, "/_sandbox/health", "POST"), UP_WITHIN_S)  # type: ignore[misc]
        advance()
    hear_without_https(state.ports["economic"])
    environment = _environment(folder, state)
    children.start("web", ["serve", "--port", str(state.ports["web"])], environment)
    children.wait_until(lambda: is_up(state.ports["web"], "/"), UP_WITHIN_S)
    advance()
    return environment


def _environment(folder: Path, state: DemoState) -> Mapping[str, str]:
    economic = f"http://127.0.0.1:{state.ports['economic']}"
    return {
        "DJANGO_SETTINGS_MODULE": "lagerbro.app.settings",
        "LAGERBRO_HOME": str(folder / "program"),
        "LAGERBRO_ENVIRONMENT": "demo",
        "LAGERBRO_PUBLIC_URL": _public(state),
        "LAGERBRO_RACKBEAT_URL": f"http://127.0.0.1:{state.ports['rackbeat']}",
        "LAGERBRO_RACKBEAT_APPS_URL": f"http://127.0.0.1:{state.ports['rackbeat']}/pages/apps",
        "LAGERBRO_ECONOMIC_GRANT_URL": f"{economic}/secure/api1/requestaccess.aspx",
        "LAGERBRO_ECONOMIC_APP_PUBLIC_TOKEN": "public-1180001",
        "LAGERBRO_EMAIL_VERIFICATION": "none",
        "LAGERBRO_ECONOMIC_REST_URL": economic,
        "LAGERBRO_ECONOMIC_API_URL": economic,
        "LAGERBRO_ECONOMIC_APP_SECRET": state.app_secret,
    }


def _public(state: DemoState) -> str:
    """Another site than the sandboxes' `127.0.0.1`, so that Rackbeat's frame is as strict as the real one."""
    return f"http://localhost:{state.ports['web']}"


def _connect(folder: Path, state: DemoState, environment: Mapping[str, str]) -> None:
    """Connect on the first start, and again when the program has moved to another port."""
    if state.agreement and state.connected_to == environment["LAGERBRO_PUBLIC_URL"]:
        return
    keys = {"rackbeat_token": state.rackbeat_token, "economic_grant_token": state.grant, "choices": CHOICES}
    done = subprocess.run(  # noqa: S603 - our own program
        command("connect"),
        input=json.dumps(keys).encode(),
        env={**os.environ, **environment},
        capture_output=True,
        timeout=UP_WITHIN_S,
        check=False,
    )
    if done.returncode:
        raise DemoFailedError(done.stderr.decode("utf-8", "replace").strip()[-1500:])
    connected = json.loads(done.stdout)
    state.agreement, state.pages = connected["agreement"], connected["pages"]
    state.connected_to = environment["LAGERBRO_PUBLIC_URL"]
    save(folder, state)


def _hands(state: DemoState) -> Hands:
    tokens = {"X-AppSecretToken": state.app_secret, "X-AgreementGrantToken": state.grant}
    bearer = {"Authorization": f"Bearer {state.rackbeat_token}"}
    return Hands(client(state.ports["rackbeat"], bearer), client(state.ports["economic"], tokens))


def _wait(
    children: Children,
    environment: Mapping[str, str],
    agreement: str,
    numbers: list[int],
    tell: Callable[[int], object],
) -> None:
    """Watch the program's own rows until every invoice has come to rest."""
    os.environ.update(environment)
    import django  # only now is it known where the program's rows are

    django.setup()
    from lagerbro.demo.progress import standing

    ends_at = time.monotonic() + TRANSFERRED_WITHIN_S
    while True:
        children.check()
        done, failed = standing(agreement, numbers)
        tell(done)
        if failed:
            raise DemoFailedError(f"{len(failed)} of {len(numbers)} invoices did not arrive: {'; '.join(failed)}")
        if done == len(numbers):
            return
        if time.monotonic() > ends_at:
            raise DemoFailedError(f"{done} of {len(numbers)} invoices arrived within {TRANSFERRED_WITHIN_S} s")
        time.sleep(0.1)


def _picture(console: Console, hands: Hands, agreement: str, numbers: list[int]) -> None:
    from lagerbro.demo.progress import links_of
    from lagerbro.demo.table import balances, picture

    links = links_of(agreement, numbers)
    year = str(time.localtime().tm_year)
    entries = hands.entries(year, [link.economic_key for link in links])
    console.print(picture(links, entries, hands.account_names()))
    crooked = {voucher: total for voucher, total in balances(entries).items() if total}
    differing = [link.rackbeat_key for link in links if len(set(link.amounts())) > 1]
    if crooked or differing or not entries:
        raise DemoFailedError(f"vouchers out of balance: {crooked}; documents that differ: {differing}")
    console.print("Debit = credit on every voucher; every amount is the same on both sides.", style="green")


def _stay(console: Console, children: Children, state: DemoState) -> None:
    console.print("\nOpen:")
    console.print(f"  Lagerbro, Nordlys      {state.pages}", soft_wrap=True)
    apps = f"http://127.0.0.1:{state.ports['rackbeat']}/pages/apps"
    console.print(f"  Install it by hand     {apps}  (as Havblik Surf ApS: press Installér)", soft_wrap=True)
    console.print(f"  e-conomic sandbox      http://127.0.0.1:{state.ports['economic']}/pages/")
    console.print(f"  Rackbeat sandbox       http://127.0.0.1:{state.ports['rackbeat']}/")
    console.print("Ctrl-C stops everything.")
    while True:
        children.check()
        time.sleep(0.5)
