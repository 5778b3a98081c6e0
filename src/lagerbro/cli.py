"""The `lagerbro` command."""

from __future__ import annotations

import argparse
import atexit
import faulthandler
import json
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from lagerbro.app.configuration import ConfigurationError
from lagerbro.app.home import make_new_files_private

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - the type has no other name

KEYS_LIMIT_BYTES = 64 * 1024
_SANDBOX_EXTRA: Final = ("lagerbro_sandbox", "rich")
"""What `pip install lagerbro` leaves out, because no company's books need it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; answers the exit status."""
    make_new_files_private()
    faulthandler.enable()  # a process that dies in foreign code leaves a line in its log that says where
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.command != "sandbox":
        _parser().error(f"unknown arguments: {' '.join(rest)}")
    options.rest = rest
    try:
        status: int = options.run(options)
    except ConfigurationError as error:
        return _error_exit(str(error), error.status)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lagerbro",
        description="Rackbeat's stock side and e-conomic's books, in agreement.",
        epilog="Exit status: 0 done, 1 it could not be done, 2 unknown arguments or a"
        " database file that cannot be used, 78 a setting cannot be right, or"
        " the keys are missing, damaged or not those of the database, so that nothing was started or changed.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    _add_running(commands)
    _add_companies(commands)
    _add_keys(commands)
    _add_local_systems(commands)
    return parser


def _add_running(commands: _Commands) -> None:
    serve = commands.add_parser("serve", help="serve the pages and transfer documents, in one process")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)

    worker = commands.add_parser("worker", help="transfer documents, as one of many workers on PostgreSQL")
    worker.set_defaults(run=_worker)

    restored = commands.add_parser("restored", help="say that the database was put back from a copy")
    restored.set_defaults(run=_restored)


def _add_companies(commands: _Commands) -> None:
    connect = commands.add_parser("connect", help="connect a company by its keys, read as JSON from standard input")
    connect.add_argument("--administrator", metavar="EMAIL", help="print an address that makes them administrator, too")
    connect.set_defaults(run=_connect)

    administrator = commands.add_parser(
        "administrator", help="print an address that makes somebody administrator of a company, once, within an hour"
    )
    administrator.add_argument("email")
    administrator.add_argument("--agreement", default="", help="which company, where there are several")
    administrator.set_defaults(run=_administrator)


def _add_keys(commands: _Commands) -> None:
    rotate = commands.add_parser("rotate-keys", help="put everything that is stored sealed under the newest key")
    files = rotate.add_mutually_exclusive_group()
    files.add_argument("--new", action="store_true", help="first of all: put a new key in front in the key file")
    files.add_argument("--drop-older", action="store_true", help="last of all: take the older keys out of the key file")
    rotate.set_defaults(run=_rotate)

    lost = commands.add_parser("keys-lost", help="the way on when the key to what is stored sealed is gone for good")
    lost.add_argument("--empty", action="store_true", help="empty what no key opens; without it, only count it")
    lost.set_defaults(run=_keys_lost)


def _add_local_systems(commands: _Commands) -> None:
    demo = commands.add_parser("demo", help="both sandboxes, the program, and a handful of invoices")
    demo.add_argument("--once", action="store_true", help="end after the table")
    demo.add_argument("--fresh", action="store_true", help="begin anew instead of going on with the same data")
    demo.set_defaults(run=_demo)

    sandbox = commands.add_parser(
        "sandbox", help="one of the sandboxes by itself, or a world to put into it", add_help=False
    )
    # where none can be started, not even the name of one is asked for before the line that says what to install
    sandbox.add_argument(
        "system", choices=("economic", "rackbeat", "generate"), nargs="?" if _is_sandbox_absent() else None
    )
    sandbox.set_defaults(run=_sandbox)


def _django() -> None:
    """Only the commands that need the database pay for Django's start."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lagerbro.app.settings")
    import django

    from lagerbro.app import logs

    logs.configure()
    atexit.register(logs.count_again, ending=True)
    django.setup()


def _database() -> None:
    """For a command that begins with the database at once."""
    _django()
    from lagerbro.app.keys.opening import open_database

    open_database()


def _serve(options: argparse.Namespace) -> int:
    _django()
    from lagerbro.app.program import serve
    from lagerbro.sync.runners.embedded import AlreadyRunningError

    try:
        return serve(options.host, options.port)
    except AlreadyRunningError as error:
        return _error_exit(str(error))


def _worker(_options: argparse.Namespace) -> int:
    _django()
    from lagerbro.app.working import NoPostgresError, work

    try:
        return work()
    except NoPostgresError as error:
        return _error_exit(str(error))


def _connect(options: argparse.Namespace) -> int:
    _database()
    import msgspec
    from django.utils import timezone

    from lagerbro.agreements.choices import UnknownSettingError
    from lagerbro.app.administrators import UnknownCompanyError, address_for, check_email
    from lagerbro.connections.binding import LedgerChangedError
    from lagerbro.connections.plain_keys import BlockedError, ConnectionKeys, connect, connection_report
    from lagerbro.sync.clients import ClientFactory
    from lagerbro.web.views.activation.findings import finding_lines
    from lagerbro.wire.clock import SystemClock
    from lagerbro.wire.errors import RemoteError

    try:
        if options.administrator:
            check_email(options.administrator)  # first: the company would be connected and nobody told its address
        keys = msgspec.json.decode(sys.stdin.buffer.read(KEYS_LIMIT_BYTES), type=ConnectionKeys)
        agreement, capability = connect(keys, ClientFactory.from_settings(SystemClock()), by="lagerbro connect")
        report = dict(connection_report(agreement, capability))
        if options.administrator:
            _, report["administrator"] = address_for(options.administrator, agreement.public_id, timezone.now())
    except BlockedError as error:
        return _error_exit("\n".join(["the integration is not activated yet:", *finding_lines(error.findings)]))
    except (msgspec.MsgspecError, LedgerChangedError, UnknownSettingError, UnknownCompanyError, RemoteError) as error:
        return _error_exit(str(error))
    print(json.dumps(report))  # noqa: T201 - what the command is for
    return 0


def _administrator(options: argparse.Namespace) -> int:
    _database()
    from django.utils import timezone

    from lagerbro.app.administrators import UnknownCompanyError, address_for

    try:
        agreement, address = address_for(options.email, options.agreement, timezone.now())
    except UnknownCompanyError as error:
        return _error_exit(str(error))
    print(f"{agreement.company_name}: let {options.email} open this within an hour, once:\n{address}")  # noqa: T201 - what the command is for
    return 0


def _rotate(options: argparse.Namespace) -> int:
    _database()
    from lagerbro.app.keys.command import NotRotatedError, add_key, drop_older_keys, report
    from lagerbro.app.keys.rotation import rotate

    try:
        if options.new or options.drop_older:
            print(add_key() if options.new else drop_older_keys())  # noqa: T201 - what the command is for
            return 0
    except NotRotatedError as error:
        return _error_exit(str(error))
    done = rotate()
    print("\n".join(report(done)))  # noqa: T201 - what the command is for
    return 1 if done.older or done.unreadable else 0


def _keys_lost(options: argparse.Namespace) -> int:
    _django()
    from django.utils import timezone

    from lagerbro.app.keys.lost import report, start_over, unreadable_rows
    from lagerbro.app.sqlite.checking import check_database_file
    from lagerbro.web.email_notices import notify_of_lost_connection

    check_database_file()
    lost = start_over(timezone.now()) if options.empty else unreadable_rows()
    print(report(lost, emptied=options.empty))  # noqa: T201 - what the command is for
    if options.empty and lost.agreements:
        print(f"{notify_of_lost_connection(lost.agreements)} letters were sent.")  # noqa: T201 - what the command is for
    return 0 if options.empty or lost.is_nothing else 1


def _restored(_options: argparse.Namespace) -> int:
    _database()
    from django.utils import timezone

    from lagerbro.app.generation import mark_lost

    count = mark_lost(timezone.now())
    print(f"{count} agreements look in e-conomic before they make anything.")  # noqa: T201 - what the command is for
    return 0


def _demo(options: argparse.Namespace) -> int:
    if _is_sandbox_absent():
        return _without_sandbox("demo")
    from lagerbro.demo.supervisor import run

    return run(once=options.once, fresh=options.fresh)


def _sandbox(options: argparse.Namespace) -> int:
    if _is_sandbox_absent():
        return _without_sandbox("sandbox")
    from lagerbro.demo.sandboxes import main as sandbox

    return sandbox(options.system, options.rest)


def _is_sandbox_absent() -> bool:
    return any(find_spec(name) is None for name in _SANDBOX_EXTRA)


def _without_sandbox(command: str) -> int:
    return _error_exit(
        f"'{command}' needs the local Rackbeat and the local e-conomic, which are not installed:"
        " pip install 'lagerbro[sandbox]'"
    )


def _error_exit(reason: str, status: int = 1) -> int:
    print(f"lagerbro: {reason}", file=sys.stderr)  # noqa: T201 - the way out
    return status
